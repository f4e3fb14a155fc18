import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import { i18n } from '#i18n';
import type { ListQuery } from '../../lib/lists/query.ts';
import type { View } from '../../lib/lists/reader.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { useReader, type OpenedReader } from '../hooks/useReader.ts';
import { useView } from '../hooks/useView.ts';
import { showMessage } from '../shared/page-message.ts';
import type { Field } from './fields.ts';
import { copyAccounts } from './copy-accounts.ts';
import { useRowSelection, type RowSelection } from './useRowSelection.ts';

/** Below this many accounts, a list shows new accounts immediately: they are added below the ones being read. */
const FIRST_SCREENS = 100;

/** The user's position in a list, so that it can be restored. */
export interface ListPlace {
  readonly query: ListQuery;
  readonly scroll: number;
  /** The position of the account whose details are open; absent where it isn't remembered. */
  readonly account?: number | null;
}

/** The props of the component that draws the accounts: two-line rows in the popup, a table in the dashboard. */
export interface AccountsProps {
  readonly opened: OpenedReader;
  readonly view: View;
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly rowSelection: RowSelection;
  /** Opens an account's details; `focused` if a key opened them. */
  readonly onOpen: (index: number, focused: boolean) => void;
  readonly onCopy: () => void;
  /** Closes the details or, if none are open, clears the selection. */
  readonly onLeave: () => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly initialOffset: number;
  readonly onScroll: (offset: number) => void;
}

export interface Details {
  /** The account's position in the list and whether its details take the focus; `null` if none are open. */
  readonly shown: { readonly position: number; readonly focused: boolean } | null;
  readonly openAt: (index: number, focused: boolean) => void;
  /** Shows the next (1) or previous (-1) account. */
  readonly step: (by: 1 | -1) => void;
  readonly close: () => void;
}

function openedAt({ account = null }: ListPlace): Details['shown'] {
  return account === null ? null : { position: account, focused: false };
}

/** The account whose details are open. The details follow the active row. */
function useDetails(
  view: View | null,
  rowSelection: RowSelection,
  scroller: RefObject<HTMLElement | null>,
  { initial, onPlace }: Pick<ListOptions, 'initial' | 'onPlace'>,
): Details {
  const [open, setOpen] = useState(() => openedAt(initial));
  const shown = open === null ? null : { ...open, position: rowSelection.active ?? open.position };
  // Another place in the same list, for example by the browser's back button.
  const { activate } = rowSelection;
  const [place, setPlace] = useState(initial);
  if (place !== initial) {
    setPlace(initial);
    const wanted = openedAt(initial);
    if (wanted?.position !== shown?.position) {
      setOpen(wanted);
      if (wanted !== null) activate(wanted.position);
    }
  }
  const account = shown?.position ?? null;
  const report = useEffectEvent(onPlace);
  const reported = useRef(account);
  useEffect(() => {
    if (reported.current === account) return;
    reported.current = account;
    report({ account });
  }, [account]);
  return {
    shown,
    openAt: (index, focused) => {
      const position = view?.slice(index, index + 1)[0];
      if (position !== undefined) setOpen({ position, focused });
    },
    step: (by) => {
      if (view === null || open === null) return;
      const at = rowSelection.activeIndex < 0 ? view.indexOf(open.position) : rowSelection.activeIndex;
      rowSelection.move(Math.min(Math.max(0, at + by), view.count - 1));
    },
    close: () => {
      if (open === null) {
        rowSelection.clear();
        return;
      }
      setOpen(null);
      scroller.current?.focus();
    },
  };
}

export interface ListState {
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  /** `null` until the list is opened. */
  readonly opened: OpenedReader | null;
  readonly view: View | null;
  readonly searching: boolean;
  /** Why the list can't be read. */
  readonly error: string | null;
  readonly rowSelection: RowSelection;
  readonly details: Details;
  /** The positions of the selected accounts, or of the active one. */
  readonly selected: () => Uint32Array;
  readonly copy: () => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly searchField: RefObject<HTMLInputElement | null>;
}

export interface ListOptions {
  readonly snapshot: Snapshot;
  readonly initial: ListPlace;
  readonly onPlace: (place: Partial<ListPlace>) => void;
  readonly fields: readonly Pick<Field, 'key'>[];
}

/** The state of an open list, and its actions. */
export function useListState({ snapshot, initial, onPlace, fields }: ListOptions): ListState {
  const [query, setQuery] = useState(initial.query);
  const [place, setPlace] = useState(initial);
  if (place !== initial) {
    setPlace(initial);
    setQuery(initial.query);
  }
  // Once a list has ended, the view and exports include all of it.
  const follows = snapshot.rows <= FIRST_SCREENS || hasEnded(snapshot.state);
  const opened = useReader(snapshot, follows);
  const { view, searching, error } = useView(opened?.reader ?? null, query);
  const rowSelection = useRowSelection(view, initial.account);
  const scroller = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const details = useDetails(view, rowSelection, scroller, { initial, onPlace });
  const selected = (): Uint32Array => {
    if (view === null) return new Uint32Array();
    if (rowSelection.selection.size > 0) return rowSelection.selection.inOrderOf(view);
    return rowSelection.active === null ? new Uint32Array() : Uint32Array.of(rowSelection.active);
  };
  return {
    query,
    onQuery: (next) => {
      if (next.text !== query.text || next.filters !== query.filters) rowSelection.clear();
      setQuery(next);
      onPlace({ query: next, scroll: 0 });
    },
    opened,
    view,
    searching,
    error,
    rowSelection,
    details,
    selected,
    copy: () => {
      const positions = selected();
      if (opened === null || positions.length === 0) return;
      copyAccounts(opened.reader, positions, fields).then(showMessage, () => {
        showMessage(i18n.t('list.copy_failed'), 'error');
      });
    },
    scroller,
    searchField,
  };
}
