import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { useVisibleRows, type VisibleRow } from '../hooks/useVisibleRows.ts';
import { rowAction, type RowAction } from './row-keys.ts';
import type { AccountsProps } from './useListState.ts';
import { useLongList, type LongList } from './useLongList.ts';
import { useRovingFocus } from './useRovingFocus.ts';

type ClickKeys = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

export interface Rows {
  readonly long: LongList;
  readonly visible: readonly VisibleRow[];
  /** The row that is the tab stop; -1 if it is not drawn, and the list itself takes the focus. */
  readonly tabbable: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  readonly onRowClick: (event: ClickKeys, index: number) => void;
}

/** What the table and the list share: the visible rows, keyboard handling, focus, and clicks. */
export function useRows(accounts: AccountsProps, rowHeight: number, headerHeight: number): Rows {
  const { opened, view, rowSelection, scroller, initialOffset, onScroll } = accounts;
  const long = useLongList(scroller, {
    count: view.count,
    rowHeight,
    headerHeight,
    initialOffset,
    onScroll,
  });
  const visible = useVisibleRows(opened, view, long.first, long.length);
  const current = Math.max(0, rowSelection.activeIndex);
  const isDrawn = visible.some(({ index }) => index === current);
  const roving = useRovingFocus(scroller, current);
  useReveal(accounts, long.reveal);
  return {
    long,
    visible,
    tabbable: isDrawn ? current : -1,
    ...roving,
    onKeyDown: (event) => {
      const { target, currentTarget } = event;
      // Buttons in a row handle their own keys.
      if (target !== currentTarget && !(target instanceof HTMLElement && target.matches('[data-row]')))
        return;
      const page = Math.max(1, Math.floor((currentTarget.clientHeight - headerHeight) / rowHeight) - 1);
      const action = rowAction(event, { active: rowSelection.activeIndex, count: view.count, page });
      if (action === null) return;
      // The user is copying selected text.
      if (action.kind === 'copy' && getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      perform(action, accounts, long.reveal);
    },
    onRowClick: (event, index) => {
      onClick(event, index, accounts);
    },
  };
}

/** Scrolls to the top when the query changes, and to the active row when another one becomes active. */
function useReveal({ query, rowSelection }: AccountsProps, reveal: (index: number) => void): void {
  const shownQuery = useRef(query);
  useLayoutEffect(() => {
    if (shownQuery.current === query) return;
    shownQuery.current = query;
    reveal(0);
  }, [query, reveal]);

  // The row may become active elsewhere, for example by arrow keys in its details, or before the rows are drawn.
  const { active, activeIndex } = rowSelection;
  const lastActive = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (lastActive.current === active) return;
    lastActive.current = active;
    if (activeIndex >= 0) reveal(activeIndex);
  }, [active, activeIndex, reveal]);
}

/** Performs a key's action. */
function perform(action: RowAction, accounts: AccountsProps, reveal: (index: number) => void): void {
  const { rowSelection, onOpen, onCopy, onLeave } = accounts;
  const current = Math.max(0, rowSelection.activeIndex);
  switch (action.kind) {
    case 'move':
      if (action.extend) rowSelection.extend(action.to);
      else rowSelection.move(action.to);
      reveal(action.to);
      return;
    case 'open':
      if (rowSelection.activeIndex < 0) rowSelection.move(current);
      onOpen(current, true);
      return;
    case 'toggle':
      rowSelection.toggle(current, false);
      return;
    case 'all':
      rowSelection.all();
      return;
    case 'copy':
      onCopy();
      return;
    case 'leave':
      onLeave();
      return;
  }
}

function onClick(event: ClickKeys, index: number, { rowSelection, onOpen }: AccountsProps): void {
  if (event.shiftKey) {
    rowSelection.extend(index);
    getSelection()?.removeAllRanges();
  } else if (event.ctrlKey || event.metaKey) {
    rowSelection.toggle(index, true);
  } else {
    // Selecting text with the mouse is not a click on the row.
    if (getSelection()?.isCollapsed === false) return;
    rowSelection.choose(index);
    onOpen(index, false);
  }
}
