/**
 * Scrolling more rows than an element may be high (33.5 million pixels in Chromium, 17.8 in Firefox; and painting
 * loses whole pixels long before). The element gets a smaller height; short movements go through it pixel by pixel,
 * long ones (a dragged scroll bar, a jump to the end) in proportion. Pure.
 */

/** High enough for a scroll bar to be exact to a few rows, low enough for every browser's arithmetic. */
const MOST = 4_000_000;

export interface Geometry {
  /** Of all rows, pixels. */
  readonly height: number;
  /** Of the part in view, pixels. */
  readonly viewport: number;
}

export interface Place {
  /** Pixels of rows above the part in view. */
  readonly offset: number;
  /** The element's own `scrollTop`. */
  readonly scrollTop: number;
}

/** The height that the scrolled element gets. */
export function spaceOf(height: number): number {
  return Math.min(height, MOST);
}

function ends({ height, viewport }: Geometry): { readonly offset: number; readonly scrollTop: number } {
  return { offset: Math.max(0, height - viewport), scrollTop: Math.max(0, spaceOf(height) - viewport) };
}

/** The place at an offset, as exact as the space allows. */
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
