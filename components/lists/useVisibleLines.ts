import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { ListLine } from './list-groups.ts';

/** Heights before lines are measured, in pixels: larger text makes them taller. */
const LINE = 32;
const HEADING = 36;

/** The distance from the top of the scrolled content to the lines; it changes with the content above them. */
function useStart(list: RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [start, setStart] = useState(0);
  useLayoutEffect(() => {
    const lines = list.current;
    if (lines === null || scroller === null) return undefined;
    const measure = (): void => {
      const above = lines.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      setStart(above - scroller.clientTop + scroller.scrollTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of scroller.children) observer.observe(part);
    return () => {
      observer.disconnect();
    };
  }, [list, scroller]);
  return start;
}

/** Draws only the lines in view. */
export function useVisibleLines(
  lines: readonly ListLine[],
  list: RefObject<HTMLElement | null>,
  scroller: HTMLElement | null,
) {
  const start = useStart(list, scroller);
  // The rule guards against memoization by a compiler, which this project does not use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => {
      const line = lines[index];
      return (line?.hasHeading === true ? HEADING : 0) + (line?.snapshot === null ? 0 : LINE);
    },
    getItemKey: (index) => lines[index]?.key ?? index,
    scrollMargin: start,
    overscan: 4,
  });
  const items = virtualizer.getVirtualItems();
  return {
    items,
    height: virtualizer.getTotalSize(),
    top: (items[0]?.start ?? start) - start,
    /** About how many lines fit into the view. */
    page: Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / (LINE + HEADING)) - 1),
    measure: virtualizer.measureElement,
    scrollTo: (index: number) => {
      virtualizer.scrollToIndex(index, { align: 'auto' });
    },
  };
}

/** Scrolls the open list into view, however it was opened. @returns a function that scrolls to a line */
export function useReveal(
  open: SnapshotId | null,
  openLine: number,
  isDrawable: boolean,
  scrollTo: (index: number) => void,
): RefObject<(index: number) => void> {
  const reveal = useRef<(index: number) => void>(() => undefined);
  useLayoutEffect(() => {
    reveal.current = scrollTo;
  });
  const isShown = openLine >= 0;
  useEffect(() => {
    if (isDrawable && isShown) reveal.current(openLine);
    // Only when another list is opened or shown again, not when its position changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open, isDrawable, isShown]);
  return reveal;
}
