/** Where on the page the button stands. */
import type { Anchor } from '../../lib/platforms/platform.ts';

/** How the host lies beside its neighbours; none of them moves for it. */
export type Mode = 'before' | 'after' | 'above-end' | 'floating';

export interface Spot {
  readonly parent: Element;
  /** The host goes in front of it; `null` is the end. */
  readonly next: Node | null;
  readonly mode: Mode;
  /** The element whose place in the page decides whether the host is still right. */
  readonly anchor: Element;
  /** Whether no better anchor can come. */
  readonly best: boolean;
}

/** The best of the anchors that is on the page and shown; `null` when there is none. */
export function findSpot(anchors: readonly Anchor[]): Spot | null {
  for (const [rank, { selector, notWithin, side }] of anchors.entries()) {
    for (const element of document.querySelectorAll(selector)) {
      if (notWithin !== null && element.closest(notWithin) !== null) continue;
      if (!element.checkVisibility()) continue;
      const spot = beside(element, side);
      if (spot !== null) return { ...spot, anchor: element, best: rank === 0 };
    }
  }
  return null;
}

function beside(element: Element, side: Anchor['side']): Pick<Spot, 'parent' | 'next' | 'mode'> | null {
  const parent = element.parentElement;
  if (parent === null) return null;
  switch (side) {
    case 'before':
    case 'above-end':
      return { parent, next: element, mode: side };
    case 'after':
      return { parent, next: element.nextSibling, mode: side };
    case 'row-end': {
      // The element may be wrapped alone; its row is the first place where it has company.
      let row = parent;
      for (let level = 0; level < 3 && row.childElementCount === 1 && row.parentElement !== null; level++) {
        row = row.parentElement;
      }
      return { parent: row, next: null, mode: 'after' };
    }
  }
}

/**
 * Whether the host stands where the spot wants it. Another extension's element in between is no reason to move:
 * two that insist on being the neighbour would move for ever.
 */
export function isAt(host: Element, spot: Spot): boolean {
  if (host.parentElement !== spot.parent || !host.checkVisibility()) return false;
  const order = host.compareDocumentPosition(spot.anchor);
  const wanted = spot.mode === 'after' ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  return (order & wanted) !== 0;
}

const MOST_LEVELS = 6;

/**
 * How much room there is beside the host before something else of the page begins, CSS pixels.
 * @param towards the side, of the screen, on which the button lies
 */
export function roomBeside(host: Element, towards: 'left' | 'right'): number {
  const own = host.getBoundingClientRect();
  const isLeft = towards === 'left';
  const from = isLeft ? own.left : own.right;
  let limit = isLeft ? 0 : document.documentElement.clientWidth;
  const tighten = (edge: number): void => {
    limit = isLeft ? Math.max(limit, edge) : Math.min(limit, edge);
  };
  for (let at: Element = host, level = 0; level < MOST_LEVELS; level++) {
    const parent = at.parentElement;
    if (parent === null || parent === document.body) break;
    for (const sibling of parent.children) {
      const box = sibling.getBoundingClientRect();
      const sameLine = box.width > 0 && box.bottom > own.top && box.top < own.bottom;
      if (sibling === at || !sameLine) continue;
      if (isLeft ? box.right <= from + 1 : box.left >= from - 1) tighten(isLeft ? box.right : box.left);
    }
    if (getComputedStyle(parent).overflowX !== 'visible') {
      const box = parent.getBoundingClientRect();
      tighten(isLeft ? box.left : box.right);
    }
    at = parent;
  }
  return Math.max(0, isLeft ? from - limit : limit - from);
}
