import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { follow, placeAt, spaceOf, type Geometry, type Place } from './scroll-space.ts';

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
type OnOffset = (offset: number, isScrolling: boolean) => void;

interface ScrollPlace {
  /** The distance between the drawn rows and their positions in an unscaled list, in pixels. */
  readonly shift: number;
  readonly geometry: (element: HTMLElement) => Geometry;
  readonly current: () => Place;
  /** Applies a new place. */
  readonly take: (next: Place, isScrolling: boolean) => void;
  readonly moveTo: (offset: number) => void;
  /** Sets the virtualizer's callback for new offsets. */
  readonly listen: (call: OnOffset | null) => void;
}

/** The scroll position, both in pixels of rows and in pixels of the scaled element. */
function useScrollPlace(scrollerRef: Scroller, options: LongListOptions): ScrollPlace {
  const { count, rowHeight, headerHeight = 0, initialOffset = 0, onScroll } = options;
  const place = useRef<Place>({ offset: initialOffset, scrollTop: 0 });
  const height = useRef(0);
  const reportScroll = useRef(onScroll);
  const listener = useRef<OnOffset | null>(null);
  const [shift, setShift] = useState(0);

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

  const take = useCallback((next: Place, isScrolling: boolean) => {
    place.current = next;
    setShift(next.scrollTop - next.offset);
    listener.current?.(next.offset, isScrolling);
    reportScroll.current?.(next.offset);
  }, []);

  const moveTo = useCallback(
    (offset: number) => {
      const element = scrollerRef.current;
      if (element === null) return;
      const next = placeAt(offset, geometry(element));
      element.scrollTop = next.scrollTop;
      take({ offset: next.offset, scrollTop: element.scrollTop }, false);
    },
    [geometry, take, scrollerRef],
  );
  const current = useCallback(() => place.current, []);
  const listen = useCallback((call: OnOffset | null) => {
    listener.current = call;
  }, []);
  return { shift, geometry, current, take, moveTo, listen };
}

/** Reports scrolling to the virtualizer, in pixels of rows. */
function useObserveOffset({ current, geometry, take, moveTo, listen }: ScrollPlace) {
  return useCallback(
    (instance: Virtualizer<HTMLDivElement, Element>, call: OnOffset) => {
      const element = instance.scrollElement;
      if (element === null) return undefined;
      listen(call);
      const onMove = (): void => {
        take(follow(current(), element.scrollTop, geometry(element)), true);
      };
      const onEnd = (): void => {
        // Before the next paint, so that the rows don't move while the scroll position is corrected.
        flushSync(() => {
          moveTo(current().offset);
        });
      };
      element.addEventListener('scroll', onMove, { passive: true });
      element.addEventListener('scrollend', onEnd);
      return () => {
        listen(null);
        element.removeEventListener('scroll', onMove);
        element.removeEventListener('scrollend', onEnd);
      };
    },
    [current, geometry, moveTo, take, listen],
  );
}

/** Draws only the visible rows of a list of any length. All rows have the same height. */
export function useLongList(scroller: Scroller, options: LongListOptions): LongList {
  const { count, rowHeight, initialOffset = 0 } = options;
  const place = useScrollPlace(scroller, options);
  const { current, geometry, moveTo, shift } = place;
  const observe = useObserveOffset(place);

  // The rule guards against memoization by a compiler, which this project does not use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count,
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    initialOffset,
    overscan: 8,
    observeElementOffset: observe,
    scrollToFn: moveTo,
  });

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
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
    first,
    length: items.length,
    space: spaceOf(count * rowHeight),
    top: Math.max(0, first * rowHeight + shift),
    reveal,
  };
}
