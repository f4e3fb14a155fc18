import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { useVisibleRows, type VisibleRow } from '../hooks/useVisibleRows.ts';
import type { AccountsProps } from './ListView.tsx';
import { rowAction } from './row-keys.ts';
import { useLongList, type LongList } from './useLongList.ts';
import { useRovingFocus } from './useRovingFocus.ts';

type ClickKeys = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

export interface Rows {
  readonly long: LongList;
  readonly drawn: readonly VisibleRow[];
  /** The row that Tab leads to; -1 where it is not drawn, and the list itself takes the focus. */
  readonly tabbable: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  readonly onRowClick: (event: ClickKeys, index: number) => void;
}

/** What table and list have in common: the rows in view, the keys, the focus, clicks. */
export function useRows(accounts: AccountsProps, rowHeight: number, headerHeight: number): Rows {
  const { opened, view, query, chosen, onOpen, onCopy, onLeave, scroller, initialOffset, onScroll } =
    accounts;
  const long = useLongList(scroller, {
    count: view.count,
    rowHeight,
    headerHeight,
    initialOffset,
    onScroll,
  });
  const drawn = useVisibleRows(opened, view, long.first, long.length);
  const wanted = Math.max(0, chosen.activeIndex);
  const isDrawn = drawn.some(({ index }) => index === wanted);
  const roving = useRovingFocus(scroller, wanted);

  // Another question begins at its top.
  const asked = useRef(query);
  const { reveal } = long;
  useLayoutEffect(() => {
    if (asked.current === query) return;
    asked.current = query;
    reveal(0);
  }, [query, reveal]);

  // The active row is in view, also when it was made the active one from elsewhere: by the arrows in its details.
  const { active, activeIndex } = chosen;
  const lastActive = useRef(active);
  useLayoutEffect(() => {
    if (lastActive.current === active) return;
    lastActive.current = active;
    if (activeIndex >= 0) reveal(activeIndex);
  }, [active, activeIndex, reveal]);

  return {
    long,
    drawn,
    tabbable: isDrawn ? wanted : -1,
    ...roving,
    onKeyDown: (event) => {
      const { target, currentTarget } = event;
      // Buttons within have keys of their own.
      if (target !== currentTarget && !(target instanceof HTMLElement && target.matches('[data-row]')))
        return;
      const page = Math.max(1, Math.floor((currentTarget.clientHeight - headerHeight) / rowHeight) - 1);
      const act = rowAction(event, { active: chosen.activeIndex, count: view.count, page });
      if (act === null) return;
      // Text that is marked by hand is what the user wants to copy.
      if (act.kind === 'copy' && getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      switch (act.kind) {
        case 'move':
          if (act.extend) chosen.extend(act.to);
          else chosen.move(act.to);
          long.reveal(act.to);
          return;
        case 'open':
          if (chosen.activeIndex < 0) chosen.move(wanted);
          onOpen(wanted, true);
          return;
        case 'toggle':
          chosen.toggle(wanted, false);
          return;
        case 'all':
          chosen.all();
          return;
        case 'copy':
          onCopy();
          return;
        case 'leave':
          onLeave();
          return;
      }
    },
    onRowClick: (event, index) => {
      if (event.shiftKey) {
        chosen.extend(index);
        getSelection()?.removeAllRanges();
      } else if (event.ctrlKey || event.metaKey) {
        chosen.toggle(index, true);
      } else {
        // Marking text with the mouse is no click on the row.
        if (getSelection()?.isCollapsed === false) return;
        chosen.choose(index);
        onOpen(index, false);
      }
    },
  };
}
