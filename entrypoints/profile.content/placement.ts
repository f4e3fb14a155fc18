/** Where on the page the button stands. */
import { doc } from './page-document.ts';
import type { Anchor } from '../../lib/platforms/platform.ts';

/** How the button lies beside its neighbours; none of them moves for it. */
export type Mode = 'before' | 'after' | 'above-end' | 'floating';

export interface Placement {
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
export function findPlacement(anchors: readonly Anchor[]): Placement | null {
  for (const [rank, { selector, notWithin, side }] of anchors.entries()) {
    // A form answers with its fields where their names are those of its own methods.
    for (const element of doc.querySelectorAll(`:is(${selector}):not(form, form *)`)) {
      if (notWithin !== null && element.closest(notWithin) !== null) continue;
      if (!element.checkVisibility()) continue;
      const spot = beside(element, side);
      if (spot !== null) return { ...spot, anchor: element, best: rank === 0 };
    }
  }
  return null;
}

function beside(element: Element, side: Anchor['side']): Pick<Placement, 'parent' | 'next' | 'mode'> | null {
  const parent = element.parentElement;
  if (parent === null) return null;
  return { parent, next: side === 'after' ? element.nextSibling : element, mode: side };
}

/**
 * Whether the host stands where the spot wants it. Another extension's element in between is no reason to move:
 * two that insist on being the neighbour would move for ever.
 */
export function isAt(host: Element, spot: Placement): boolean {
  if (host.parentElement !== spot.parent || !spot.parent.checkVisibility()) return false;
  const isFollowed = host.compareDocumentPosition(spot.anchor) & Node.DOCUMENT_POSITION_FOLLOWING;
  return (isFollowed !== 0) === (spot.mode !== 'after');
}

const MOST_LEVELS = 6;

/**
 * How much room there is beside the host before something else of the page begins, CSS pixels.
 * @param own where it stands
 * @param towards the side, of the screen, on which the button lies
 */
export function spaceBeside(host: Element, own: DOMRect, towards: 'left' | 'right'): number {
  const isLeft = towards === 'left';
  const from = isLeft ? own.left : own.right;
  let room = isLeft ? from : doc.documentElement.clientWidth - from;
  for (let at: Element = host, level = 0; level < MOST_LEVELS; level++) {
    const parent = at.parentElement;
    if (parent === null || parent === doc.body) break;
    for (const sibling of parent.children) {
      const box = sibling.getBoundingClientRect();
      const sameLine = box.width > 0 && box.bottom > own.top && box.top < own.bottom;
      if (sibling === at || !sameLine) continue;
      const distance = isLeft ? from - box.right : box.left - from;
      if (distance > -1) room = Math.min(room, distance);
    }
    at = parent;
  }
  return room;
}
