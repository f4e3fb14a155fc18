import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { follow, placeAt, spaceOf, type Geometry, type Place } from './scroll-space.ts';

export interface LongListOptions {
  readonly count: number;
  readonly rowHeight: number;
  /** Of what stays in view above the rows. */
  readonly headerHeight?: number;
  readonly initialOffset?: number;
  readonly onScroll?: (offset: number) => void;
}

export interface LongList {
  /** The rows to draw, from `first` on. */
  readonly first: number;
  readonly length: number;
  /** Of the element that is scrolled, pixels. */
  readonly space: number;
  /** Where in it the first drawn row stands, pixels. */
  readonly top: number;
  /** Scrolls just so far that a row is in view. */
  readonly reveal: (index: number) => void;
}

/** Draws only the rows in view of a list of any length, all of one height, within the element that is scrolled. */
export function useLongList(scroller: RefObject<HTMLDivElement | null>, options: LongListOptions): LongList {
  const { count, rowHeight, headerHeight = 0, initialOffset = 0, onScroll } = options;
  const place = useRef<Place>({ offset: initialOffset, scrollTop: 0 });
  const height = useRef(0);
  const said = useRef(onScroll);
  const tell = useRef<((offset: number, isScrolling: boolean) => void) | null>(null);
  /** How far the drawn rows stand from where an unscaled list would draw them. */
  const [shift, setShift] = useState(0);

  useLayoutEffect(() => {
    said.current = onScroll;
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
    tell.current?.(next.offset, isScrolling);
    said.current?.(next.offset);
  }, []);

  const moveTo = useCallback(
    (offset: number) => {
      const element = scroller.current;
      if (element === null) return;
      const next = placeAt(offset, geometry(element));
      element.scrollTop = next.scrollTop;
      take({ offset: next.offset, scrollTop: element.scrollTop }, false);
    },
    [geometry, take, scroller],
  );

  const observe = useCallback(
    (
      instance: Virtualizer<HTMLDivElement, Element>,
      call: (offset: number, isScrolling: boolean) => void,
    ) => {
      const element = instance.scrollElement;
      if (element === null) return undefined;
      tell.current = call;
      const onMove = (): void => {
        take(follow(place.current, element.scrollTop, geometry(element)), true);
      };
      const onEnd = (): void => {
        // Before the next painting, so that the rows stay where they are while the scroll bar is put right.
        flushSync(() => {
          moveTo(place.current.offset);
        });
      };
      element.addEventListener('scroll', onMove, { passive: true });
      element.addEventListener('scrollend', onEnd);
      return () => {
        tell.current = null;
        element.removeEventListener('scroll', onMove);
        element.removeEventListener('scrollend', onEnd);
      };
    },
    [geometry, moveTo, take],
  );

  // What the rule fears is memoizing by a compiler, which this project does not use.
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
      const { offset } = place.current;
      if (top < offset) moveTo(top);
      else if (top + rowHeight > offset + viewport) moveTo(top + rowHeight - viewport);
    },
    [geometry, moveTo, rowHeight, scroller],
  );
  return {
    first,
    length: items.length,
    space: spaceOf(count * rowHeight),
    top: Math.max(0, first * rowHeight + shift),
    reveal,
  };
}
