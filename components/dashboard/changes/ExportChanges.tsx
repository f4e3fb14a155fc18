import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react/menu';
import { i18n } from '#i18n';
import { formatsFor } from '../../../lib/export/formats.ts';
import { exportIdSchema } from '../../../lib/export/jobs/job.ts';
import { expectFiles } from '../../../lib/export/jobs/requesting-page.ts';
import { send } from '../../../lib/messages/send.ts';
import type { Changes } from '../../../lib/sets/summary.ts';
import { listInReceipt } from '../../lists/list-reference.ts';
import { buttonClass } from '../../shared/Button.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { showMessage } from '../../shared/page-message.ts';

/** Starts the export of a file with all changes. */
async function startExport({ older, newer, shared }: Changes, format: string): Promise<void> {
  const id = exportIdSchema.parse(crypto.randomUUID());
  await expectFiles(id);
  await send('export.start', {
    id,
    snapshotId: newer.id,
    format,
    columns: null,
    exact: false,
    chosen: null,
    changesSince: { list: older.id, rows: older.rows + newer.rows - shared },
    filter: i18n.t('changes.receipt', { older: listInReceipt(older.id), newer: listInReceipt(newer.id) }),
    sort: null,
  });
}

/** Saves what changed as a file, in every format. */
export function ExportChanges({ changes }: { readonly changes: Changes }) {
  return (
    <MenuProvider placement="bottom-end">
      <MenuButton className={buttonClass()}>
        {i18n.t('changes.save')}
        <Icon name="down" />
      </MenuButton>
      <Menu className="menu" gutter={4} fitViewport unmountOnHide aria-label={i18n.t('changes.save')}>
        {formatsFor().map(({ id, name }) => (
          <MenuItem
            key={id}
            className="menu-item"
            onClick={() => {
              startExport(changes, id).catch((error: unknown) => {
                const why = error instanceof Error ? error.message : String(error);
                showMessage(i18n.t('export.failed', { why }), 'error');
              });
            }}
          >
            {name}
          </MenuItem>
        ))}
      </Menu>
    </MenuProvider>
  );
}
