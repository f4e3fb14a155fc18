import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { drawnRows, follow, placeAt, rowsInView, spaceOf } from './scroll-space.ts';
import type { Geometry, Place, RowRange } from './scroll-space.ts';

export interface LongListOptions {
  readonly count: number;
  readonly rowHeight: number;
  /** The height of the sticky header above the rows. */
  readonly headerHeight?: number;
  readonly initialOffset?: number;
  readonly onScroll?: (offset: number) => void;
}

export interface LongList {
  /** The index of the first row to draw. */
  readonly first: number;
  readonly length: number;
  /** The height of the scrolled element, in pixels. */
  readonly space: number;
  /** The position of the first drawn row in the scrolled element, in pixels. */
  readonly top: number;
  /** Scrolls just far enough to bring a row into view. */
  readonly reveal: (index: number) => void;
}

type Scroller = RefObject<HTMLDivElement | null>;

/** What is in view. */
interface InView extends RowRange {
  /** The distance between the drawn rows and their positions in an unscaled list, in pixels. */
  readonly shift: number;
}

interface ScrollPlace {
  readonly inView: InView;
  readonly geometry: (element: HTMLElement) => Geometry;
  readonly current: () => Place;
  /** Applies a new place. */
  readonly take: (next: Place, geometry: Geometry) => void;
  readonly moveTo: (offset: number) => void;
}

/** The scroll position, both in pixels of rows and in pixels of the scaled element. */
function useScrollPlace(scrollerRef: Scroller, options: LongListOptions): ScrollPlace {
  const { count, rowHeight, headerHeight = 0, initialOffset = 0, onScroll } = options;
  const place = useRef<Place>({ offset: initialOffset, scrollTop: 0 });
  const height = useRef(0);
  const reportScroll = useRef(onScroll);
  const [inView, setInView] = useState<InView>({ from: 0, to: 0, shift: 0 });

  useLayoutEffect(() => {
    reportScroll.current = onScroll;
    height.current = count * rowHeight;
  }, [count, rowHeight, onScroll]);

  const geometry = useCallback(
    (element: HTMLElement): Geometry => ({
      height: height.current,
      viewport: element.clientHeight - headerHeight,
    }),
    [headerHeight],
  );

  const take = useCallback(
    (next: Place, { viewport }: Geometry) => {
      place.current = next;
      const shift = next.scrollTop - next.offset;
      const { from, to } = rowsInView(next.offset, viewport, rowHeight);
      setInView((old) =>
        old.from === from && old.to === to && old.shift === shift ? old : { from, to, shift },
      );
      reportScroll.current?.(next.offset);
    },
    [rowHeight],
  );

  const moveTo = useCallback(
    (offset: number) => {
      const element = scrollerRef.current;
      if (element === null) return;
      const now = geometry(element);
      const next = placeAt(offset, now);
      element.scrollTop = next.scrollTop;
      take({ offset: next.offset, scrollTop: element.scrollTop }, now);
    },
    [geometry, take, scrollerRef],
  );
  const current = useCallback(() => place.current, []);
  return { inView, geometry, current, take, moveTo };
}

/** Follows the user's scrolling, and changes of the scroller's size. */
function useFollow(scroller: Scroller, { current, geometry, take, moveTo }: ScrollPlace): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    moveTo(current().offset);
    const onMove = (): void => {
      // Before the next paint, so that no part of the view is empty.
      flushSync(() => {
        const now = geometry(element);
        take(follow(current(), element.scrollTop, now), now);
      });
    };
    const onEnd = (): void => {
      // Before the next paint, so that the rows don't move while the scroll position is corrected.
      flushSync(() => {
        moveTo(current().offset);
      });
    };
    const observer = new ResizeObserver(() => {
      take(current(), geometry(element));
    });
    observer.observe(element);
    element.addEventListener('scroll', onMove, { passive: true });
    element.addEventListener('scrollend', onEnd);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onMove);
      element.removeEventListener('scrollend', onEnd);
    };
  }, [current, geometry, moveTo, take, scroller]);
}

/**
 * Draws only the visible rows of a list of any length. All rows have the same height, so that which rows are visible is
 * calculated, and nothing is stored per row.
 */
export function useLongList(scroller: Scroller, options: LongListOptions): LongList {
  const { count, rowHeight } = options;
  const place = useScrollPlace(scroller, options);
  const { current, geometry, inView, moveTo } = place;
  useFollow(scroller, place);

  const { from, to } = drawnRows(inView, count);
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const { viewport } = geometry(element);
      const top = index * rowHeight;
      const { offset } = current();
      if (top < offset) moveTo(top);
      else if (top + rowHeight > offset + viewport) moveTo(top + rowHeight - viewport);
    },
    [current, geometry, moveTo, rowHeight, scroller],
  );
  return {
    first: from,
    length: to - from,
    space: spaceOf(count * rowHeight),
    top: Math.max(0, from * rowHeight + inView.shift),
    reveal,
  };
}
