import {
  Menu,
  MenuButton,
  MenuGroup,
  MenuGroupLabel,
  MenuItem,
  MenuItemRadio,
  MenuProvider,
  useMenuStore,
} from '@ariakit/react/menu';
import { useState, type RefObject } from 'react';
import { i18n } from '#i18n';
import { expectFiles } from '../../lib/export/jobs/requesting-page.ts';
import { formatsFor, graphFormats, type ExportFormat } from '../../lib/export/formats.ts';
import { exportIdSchema } from '../../lib/export/jobs/job.ts';
import { savePositions } from '../../lib/export/files/temporary.ts';
import { send } from '../../lib/messages/send.ts';
import type { ListQuery } from '../../lib/lists/query.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { count } from '../../lib/words/numbers.ts';
import { useMenuAnchor } from './anchored-menu.ts';
import { Checked } from './ExportColumns.tsx';
import { ExportOptions, showExportFailure } from './ExportOptions.tsx';
import { COLUMN_NAMES } from './export-columns.ts';
import { filterText, sortText } from './query-text.ts';

/** Some accounts of a list, in a given order. */
export interface SomeAccounts {
  readonly count: number;
  /** Positions in the platform's order, from 0. */
  readonly positions: () => Uint32Array;
}

export interface ExportMenuProps {
  readonly snapshot: Pick<Snapshot, 'id' | 'rows'>;
  /** The accounts shown; set only if they differ from the whole list in the platform's order. */
  readonly shown: SomeAccounts | null;
  /** The selected accounts, in the order shown. */
  readonly selection: SomeAccounts | null;
  /** The query behind the accounts shown, for the receipt. */
  readonly query: ListQuery;
  /** Whether the accounts to export are known. They are not while a search is running. */
  readonly ready: boolean;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** The button that opens the menu. */
  readonly anchor: RefObject<HTMLElement | null>;
}

type Which = 'all' | 'shown' | 'selection';

interface Offer {
  readonly which: Which;
  /** `null` is the whole list. */
  readonly some: SomeAccounts | null;
}

/** The accounts that can be exported, most likely choice first. */
function offersOf({ shown, selection }: ExportMenuProps): readonly [Offer, ...Offer[]] {
  const all: Offer = { which: 'all', some: null };
  const rest: readonly [Offer, ...Offer[]] = shown === null ? [all] : [{ which: 'shown', some: shown }, all];
  return selection === null ? rest : [{ which: 'selection', some: selection }, ...rest];
}

function filterOf(which: Which, query: ListQuery): string | null {
  switch (which) {
    case 'selection':
      return i18n.t('export.which.selection');
    case 'shown':
      return filterText(query);
    case 'all':
      return null;
  }
}

interface FileOptions {
  readonly format: string;
  /** `null` is every column. */
  readonly columns: string[] | null;
  readonly exact: boolean;
}

/** Starts an export. */
async function startExport(
  { snapshot, query }: ExportMenuProps,
  { which, some }: Offer,
  options: FileOptions,
): Promise<void> {
  const id = exportIdSchema.parse(crypto.randomUUID());
  const positions = some?.positions() ?? null;
  if (positions !== null) await savePositions(id, positions);
  await expectFiles(id);
  await send('export.start', {
    id,
    snapshotId: snapshot.id,
    ...options,
    chosen: positions?.length ?? null,
    filter: filterOf(which, query),
    sort: positions === null ? null : sortText(query),
  });
}

/** The export form: which accounts, which columns, and which format. */
export default function ExportMenu(props: ExportMenuProps) {
  const { snapshot, ready, open, onOpen, anchor } = props;
  const [chosen, setChosen] = useState<Which | null>(null);
  const [columns, setColumns] = useState<readonly string[]>(COLUMN_NAMES);
  const [exact, setExact] = useState(false);
  const offers = offersOf(props);
  const offer = offers.find(({ which }) => which === chosen) ?? offers[0];
  const store = useMenuStore({
    open,
    setOpen: onOpen,
    placement: 'bottom-end',
    values: { which: offer.which, columns: [...columns], exact },
    setValues: ({ which: next, columns: some, exact: nextExact }) => {
      setChosen(next);
      setColumns(COLUMN_NAMES.filter((name) => some.includes(name)));
      setExact(nextExact);
    },
  });
  useMenuAnchor(store, anchor, open);
  const isEmpty = columns.length === 0;
  return (
    <Menu
      store={store}
      className="menu export-menu"
      gutter={4}
      aria-label={i18n.t('export.menu')}
      unmountOnHide
    >
      {offers.length > 1 && <Offers offers={offers} rows={snapshot.rows} />}
      <Formats
        // Without columns, the file would be empty.
        disabled={!ready || isEmpty || (offer.some?.count ?? snapshot.rows) === 0}
        formats={formatsFor()}
        onFormat={(format) => {
          const some = columns.length === COLUMN_NAMES.length ? null : [...columns];
          startExport(props, offer, { format, columns: some, exact }).catch(showExportFailure);
        }}
      />
      {offer.which === 'all' && (
        <GraphMenu
          disabled={!ready || snapshot.rows === 0}
          onFormat={(format) => {
            startExport(props, offer, { format, columns: null, exact }).catch(showExportFailure);
          }}
        />
      )}
      <ExportOptions names={COLUMN_NAMES} chosen={columns} onChoose={setColumns} exact={exact} />
    </Menu>
  );
}

interface OffersProps {
  readonly offers: readonly Offer[];
  /** The number of accounts in the whole list. */
  readonly rows: number;
}

function Offers({ offers, rows }: OffersProps) {
  return (
    <MenuGroup className="menu-group">
      <MenuGroupLabel className="menu-label meta">{i18n.t('export.accounts')}</MenuGroupLabel>
      {offers.map(({ which, some }) => (
        <MenuItemRadio key={which} className="menu-item" name="which" value={which} hideOnClick={false}>
          <Checked />
          <span className="grow">{i18n.t(`export.which.${which}`)}</span>
          <span className="meta">{count(some?.count ?? rows)}</span>
        </MenuItemRadio>
      ))}
    </MenuGroup>
  );
}

interface FormatsProps {
  readonly formats: readonly ExportFormat[];
  readonly disabled: boolean;
  readonly onFormat: (format: string) => void;
}

function Formats({ formats, disabled, onFormat }: FormatsProps) {
  return formats.map(({ id, name }) => (
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
  ));
}

/** The formats of graphs, which are made of whole lists. */
function GraphMenu({ disabled, onFormat }: Omit<FormatsProps, 'formats'>) {
  return (
    <MenuProvider>
      <MenuButton className="menu-item" render={<MenuItem disabled={disabled} hideOnClick={false} />}>
        {i18n.t('export.graph')}
      </MenuButton>
      <Menu className="menu" gutter={4} overlap aria-label={i18n.t('export.graph')} unmountOnHide>
        <Formats formats={graphFormats} disabled={disabled} onFormat={onFormat} />
      </Menu>
    </MenuProvider>
  );
}
