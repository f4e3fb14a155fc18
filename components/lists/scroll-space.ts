/**
 * Scrolls more rows than fit into an element's maximum height (33.5 million pixels in Chromium, 17.8 million in
 * Firefox; rendering loses whole pixels long before that). The element gets a smaller height. Short movements scroll it
 * pixel by pixel; long ones (dragging the scroll bar, jumping to the end) scroll it in proportion. Pure.
 */

/** High enough for the scroll bar to be precise to a few rows, low enough for the precision of every browser. */
const MOST = 4_000_000;

export interface Geometry {
  /** The height of all rows, in pixels. */
  readonly height: number;
  /** The height of the visible part, in pixels. */
  readonly viewport: number;
}

export interface Place {
  /** The height of the rows above the visible part, in pixels. */
  readonly offset: number;
  /** The element's `scrollTop`. */
  readonly scrollTop: number;
}

/** The height of the scrolled element. */
export function spaceOf(height: number): number {
  return Math.min(height, MOST);
}

function ends({ height, viewport }: Geometry): { readonly offset: number; readonly scrollTop: number } {
  return { offset: Math.max(0, height - viewport), scrollTop: Math.max(0, spaceOf(height) - viewport) };
}

/** The place for an offset, as precise as the space allows. */
export function placeAt(offset: number, geometry: Geometry): Place {
  const end = ends(geometry);
  const within = Math.min(Math.max(0, offset), end.offset);
  return { offset: within, scrollTop: end.offset === 0 ? 0 : (within / end.offset) * end.scrollTop };
}

/** The place after the element was scrolled to `scrollTop`. */
export function follow(from: Place, scrollTop: number, geometry: Geometry): Place {
  const end = ends(geometry);
  if (end.offset === end.scrollTop) return { offset: scrollTop, scrollTop };
  if (scrollTop <= 0) return { offset: 0, scrollTop };
  if (scrollTop >= end.scrollTop - 1) return { offset: end.offset, scrollTop };
  const moved = scrollTop - from.scrollTop;
  const offset =
    Math.abs(moved) <= 2 * geometry.viewport
      ? from.offset + (Math.abs(moved) < 1 ? 0 : moved)
      : (scrollTop / end.scrollTop) * end.offset;
  return { offset: Math.min(Math.max(0, offset), end.offset), scrollTop };
}

/** Rows from `from` up to but not including `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Rows drawn above and below the visible ones, so that scrolling rarely shows an empty part. */
const OVERSCAN = 8;

/** The rows that the visible part shows, if there are enough. */
export function rowsInView(offset: number, viewport: number, rowHeight: number): RowRange {
  if (viewport <= 0) return { from: 0, to: 0 };
  return { from: Math.floor(offset / rowHeight), to: Math.ceil((offset + viewport) / rowHeight) };
}

/** The rows to draw. If the list became shorter than what was in view, these are its last rows. */
export function drawnRows({ from, to }: RowRange, count: number): RowRange {
  if (from === to) return { from: 0, to: 0 };
  const first = Math.min(from, count - (to - from));
  return { from: Math.max(0, first - OVERSCAN), to: Math.min(count, to + OVERSCAN) };
}
