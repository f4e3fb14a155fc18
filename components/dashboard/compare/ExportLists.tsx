import { Menu, MenuButton, MenuGroup, MenuGroupLabel, MenuItem, MenuProvider } from '@ariakit/react/menu';
import { useState } from 'react';
import { i18n } from '#i18n';
import { formatsFor, graphFormats, type ExportFormat } from '../../../lib/export/formats.ts';
import { exportIdSchema } from '../../../lib/export/jobs/job.ts';
import { expectFiles } from '../../../lib/export/jobs/requesting-page.ts';
import { send } from '../../../lib/messages/send.ts';
import { MOST_SAVED_LISTS } from '../../../lib/model/most-lists.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { COLUMN_NAMES, LISTS_COLUMN_NAMES } from '../../lists/export-columns.ts';
import { ExportOptions, showExportFailure } from '../../lists/ExportOptions.tsx';
import { buttonClass } from '../../shared/Button.tsx';
import { Icon } from '../../shared/Icon.tsx';
import '../../styles/exports.css';

interface FileOptions {
  readonly format: string;
  /** `null` is every column. */
  readonly columns: string[] | null;
  readonly exact: boolean;
  /** Whether each list gets a file of its own. */
  readonly each: boolean;
}

/** Starts the export of one file of several lists. */
async function startExport(lists: readonly SnapshotId[], { each, ...options }: FileOptions): Promise<void> {
  const [first] = lists;
  if (first === undefined) return;
  const id = exportIdSchema.parse(crypto.randomUUID());
  await expectFiles(id);
  await send('export.start', {
    id,
    // The background replaces it with the newest list.
    snapshotId: first,
    ...options,
    chosen: null,
    lists: [...lists],
    ...(each ? { each } : {}),
    filter: null,
    sort: null,
  });
}

interface ExportListsProps {
  readonly ids: readonly SnapshotId[];
  /** Whether they are the lists of a batch. */
  readonly isBatch?: boolean;
}

interface FormatsProps {
  readonly title: string;
  readonly formats: readonly ExportFormat[];
  readonly disabled: boolean;
  readonly onFormat: (format: string) => void;
}

function Formats({ title, formats, disabled, onFormat }: FormatsProps) {
  return (
    <MenuGroup className="menu-group">
      <MenuGroupLabel className="menu-label meta">{title}</MenuGroupLabel>
      {formats.map(({ id, name }) => (
        <MenuItem
          key={id}
          className="menu-item"
          disabled={disabled}
          onClick={() => {
            onFormat(id);
          }}
        >
          {name}
        </MenuItem>
      ))}
    </MenuGroup>
  );
}

/**
 * Saves several lists of a platform as one file: a table with each account once, or a graph; those of a batch also in one
 * file each.
 * @param props.ids at most {@link MOST_SAVED_LISTS}; with more, nothing can be saved
 */
export function ExportLists({ ids, isBatch = false }: ExportListsProps) {
  const [columns, setColumns] = useState<readonly string[]>(LISTS_COLUMN_NAMES);
  const [exact, setExact] = useState(false);
  const isEmpty = columns.length === 0;
  const start = (format: string, chosen: readonly string[], each = false): void => {
    const some = chosen.length === LISTS_COLUMN_NAMES.length ? null : [...chosen];
    startExport(ids, { format, columns: some, exact, each }).catch(showExportFailure);
  };
  return (
    <MenuProvider
      placement="bottom-end"
      values={{ columns: [...columns], exact }}
      setValues={({ columns: some, exact: nextExact }) => {
        setColumns(LISTS_COLUMN_NAMES.filter((name) => some.includes(name)));
        setExact(nextExact);
      }}
    >
      <MenuButton className={buttonClass()} disabled={ids.length === 0 || ids.length > MOST_SAVED_LISTS}>
        {i18n.t('export.button')}
        <Icon name="down" />
      </MenuButton>
      <Menu
        className="menu export-menu"
        gutter={4}
        fitViewport
        unmountOnHide
        aria-label={i18n.t('export.menu')}
      >
        <Formats
          title={i18n.t(isBatch ? 'many.one_file' : 'export.table')}
          formats={formatsFor()}
          // Without columns, the file would be empty.
          disabled={isEmpty}
          onFormat={(format) => {
            start(format, columns);
          }}
        />
        {isBatch && (
          <Formats
            title={i18n.t('many.one_each')}
            formats={formatsFor()}
            disabled={isEmpty}
            onFormat={(format) => {
              // The column that names the lists is only in a file of several.
              start(
                format,
                columns.filter((name) => COLUMN_NAMES.includes(name)),
                true,
              );
            }}
          />
        )}
        <Formats
          title={i18n.t('export.graph')}
          formats={graphFormats}
          disabled={false}
          onFormat={(format) => {
            start(format, LISTS_COLUMN_NAMES);
          }}
        />
        <ExportOptions names={LISTS_COLUMN_NAMES} chosen={columns} onChoose={setColumns} exact={exact} />
      </Menu>
    </MenuProvider>
  );
}
