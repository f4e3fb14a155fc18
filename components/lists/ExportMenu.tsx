import {
  Menu,
  MenuButton,
  MenuGroup,
  MenuGroupLabel,
  MenuItem,
  MenuItemCheckbox,
  MenuItemCheck,
  MenuItemRadio,
  MenuProvider,
} from '@ariakit/react/menu';
import { useState } from 'react';
import { i18n } from '#i18n';
import { expectFiles } from '../../lib/export/jobs/requesting-page.ts';
import { columns as allColumns } from '../../lib/export/rows/columns.ts';
import { formatsFor } from '../../lib/export/formats.ts';
import { exportIdSchema } from '../../lib/export/jobs/job.ts';
import { savePositions } from '../../lib/export/files/temporary.ts';
import { send } from '../../lib/messages/send.ts';
import type { ListQuery } from '../../lib/lists/query.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { count } from '../../lib/words/numbers.ts';
import { Icon } from '../shared/Icon.tsx';
import { showMessage } from '../shared/page-message.ts';
import { filterText, sortText } from './query-text.ts';

/** Some accounts of a list, in an order. */
export interface SomeAccounts {
  readonly count: number;
  /** Positions in the platform's own order, from 0. */
  readonly positions: () => Uint32Array;
}

export interface ExportMenuProps {
  readonly snapshot: Pick<Snapshot, 'id' | 'rows'>;
  /** What is shown, where it is not the whole list in the platform's own order. */
  readonly shown: SomeAccounts | null;
  /** What is selected, in the order in which it is shown. */
  readonly selection: SomeAccounts | null;
  /** What was asked of the list, for the receipt. */
  readonly query: ListQuery;
  /** Whether it is settled what a file would have: not while a search goes on. */
  readonly ready: boolean;
  readonly startOpen: boolean;
}

type Which = 'all' | 'shown' | 'selection';

/** Which accounts, which columns, and in which format. */
export default function ExportMenu(props: ExportMenuProps) {
  const { snapshot, shown, selection, query, ready, startOpen } = props;
  const names = allColumns.map(({ name }) => name);
  const [chosen, setChosen] = useState<Which | null>(null);
  const [columns, setColumns] = useState(names);
  const [exact, setExact] = useState(false);

  const offered: readonly { readonly which: Which; readonly some: SomeAccounts | null }[] = [
    ...(selection === null ? [] : [{ which: 'selection' as const, some: selection }]),
    ...(shown === null ? [] : [{ which: 'shown' as const, some: shown }]),
    { which: 'all', some: null },
  ];
  // What is nearest to what the user is looking at, unless they say otherwise.
  const which = offered.find((offer) => offer.which === chosen) ?? offered[0];
  const nothing = (which?.some?.count ?? snapshot.rows) === 0;

  async function write(format: string): Promise<void> {
    const id = exportIdSchema.parse(crypto.randomUUID());
    const positions = which?.some?.positions() ?? null;
    if (positions !== null) await savePositions(id, positions);
    await expectFiles(id);
    await send('export.start', {
      id,
      snapshotId: snapshot.id,
      format,
      columns: columns.length === names.length ? null : columns,
      exact,
      chosen: positions?.length ?? null,
      filter:
        which?.which === 'selection'
          ? i18n.t('export.which.selection')
          : which?.which === 'shown'
            ? filterText(query)
            : null,
      sort: positions === null ? null : sortText(query),
    });
  }

  return (
    <MenuProvider
      defaultOpen={startOpen}
      placement="bottom-end"
      values={{ which: which?.which ?? 'all', columns, exact }}
      setValues={({ which: next, columns: some, exact: unguarded }) => {
        setChosen(next);
        // A file without columns holds nothing.
        if (some.length > 0) setColumns(names.filter((name) => some.includes(name)));
        setExact(unguarded);
      }}
    >
      <MenuButton className="button" disabled={!ready}>
        {i18n.t('export.button')}
        <Icon name="down" />
      </MenuButton>
      <Menu className="menu export-menu" gutter={4} aria-label={i18n.t('export.menu')} unmountOnHide>
        {offered.length > 1 && (
          <MenuGroup className="menu-group">
            <MenuGroupLabel className="menu-label meta">{i18n.t('export.accounts')}</MenuGroupLabel>
            {offered.map((offer) => (
              <MenuItemRadio
                key={offer.which}
                className="menu-item"
                name="which"
                value={offer.which}
                hideOnClick={false}
              >
                <Checked />
                <span className="grow">{i18n.t(`export.which.${offer.which}`)}</span>
                <span className="meta">{count(offer.some?.count ?? snapshot.rows)}</span>
              </MenuItemRadio>
            ))}
          </MenuGroup>
        )}
        {formatsFor().map((format) => (
          <MenuItem
            key={format.id}
            className="menu-item"
            disabled={nothing}
            onClick={() => {
              write(format.id).catch((error: unknown) => {
                const why = error instanceof Error ? error.message : String(error);
                showMessage(i18n.t('export.failed', { why }), 'error');
              });
            }}
          >
            {format.name}
          </MenuItem>
        ))}
        <MenuGroup className="menu-group menu-rule">
          <Columns names={names} chosen={columns.length} />
          <MenuItemCheckbox className="menu-item" name="exact" hideOnClick={false}>
            <Checked />
            <span className="grow">{i18n.t('export.exact')}</span>
          </MenuItemCheckbox>
        </MenuGroup>
        <p className="menu-note meta">{i18n.t(exact ? 'export.exact_hint' : 'export.ids_hint')}</p>
      </Menu>
    </MenuProvider>
  );
}

function Checked() {
  return (
    <MenuItemCheck className="menu-check">
      <Icon name="done" />
    </MenuItemCheck>
  );
}

function Columns({ names, chosen }: { readonly names: readonly string[]; readonly chosen: number }) {
  return (
    <MenuProvider>
      <MenuButton className="menu-item" render={<MenuItem hideOnClick={false} />}>
        <span className="grow">{i18n.t('export.columns')}</span>
        <span className="meta">{i18n.t('export.columns_of', { n: chosen, all: names.length })}</span>
      </MenuButton>
      <Menu
        className="menu export-columns"
        gutter={4}
        overlap
        aria-label={i18n.t('export.columns')}
        unmountOnHide
      >
        {names.map((name) => (
          <MenuItemCheckbox key={name} className="menu-item" name="columns" value={name} hideOnClick={false}>
            <Checked />
            {name}
          </MenuItemCheckbox>
        ))}
      </Menu>
    </MenuProvider>
  );
}
