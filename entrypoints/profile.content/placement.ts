/** Where the button is placed on the page. */
import { pageDocument } from './page-document.ts';
import type { Anchor } from '../../lib/platforms/definition.ts';

/** How the button is placed relative to its anchor. No other element moves for it. */
export type Mode = 'before' | 'after' | 'above-end' | 'floating';

export interface Placement {
  readonly parent: Element;
  /** The host is inserted before it; `null` is the end. */
  readonly next: Node | null;
  readonly mode: Mode;
  /** The element relative to which the host is placed. */
  readonly anchor: Element;
  /** Whether no better anchor can appear. */
  readonly best: boolean;
}

/** The best anchor that is visible on the page; `null` if there is none. */
export function findPlacement(anchors: readonly Anchor[]): Placement | null {
  for (const [rank, { selector, notWithin, side }] of anchors.entries()) {
    // In a form, a field's name can hide the form's own methods.
    for (const element of pageDocument.querySelectorAll(`:is(${selector}):not(form, form *)`)) {
      if (notWithin !== null && element.closest(notWithin) !== null) continue;
      if (!element.checkVisibility()) continue;
      const placement = beside(element, side);
      if (placement !== null) return { ...placement, anchor: element, best: rank === 0 };
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
 * Whether the host is where it belongs. Another extension's element in between is accepted: two extensions that both
 * insist on the same place would move forever.
 */
export function isAt(host: Element, placement: Placement): boolean {
  if (host.parentElement !== placement.parent || !placement.parent.checkVisibility()) return false;
  const isFollowed = host.compareDocumentPosition(placement.anchor) & Node.DOCUMENT_POSITION_FOLLOWING;
  return (isFollowed !== 0) === (placement.mode !== 'after');
}

const MAX_LEVELS = 6;

/**
 * The free space beside the host, up to the next element of the page, CSS pixels.
 * @param hostBox the host's box
 * @param towards the side of the screen towards which the button extends
 */
export function spaceBeside(host: Element, hostBox: DOMRect, towards: 'left' | 'right'): number {
  const isLeft = towards === 'left';
  const from = isLeft ? hostBox.left : hostBox.right;
  let space = isLeft ? from : pageDocument.documentElement.clientWidth - from;
  for (let at: Element = host, level = 0; level < MAX_LEVELS; level++) {
    const parent = at.parentElement;
    if (parent === null || parent === pageDocument.body) break;
    for (const sibling of parent.children) {
      const box = sibling.getBoundingClientRect();
      const sameLine = box.width > 0 && box.bottom > hostBox.top && box.top < hostBox.bottom;
      if (sibling === at || !sameLine) continue;
      const distance = isLeft ? from - box.right : box.left - from;
      if (distance > -1) space = Math.min(space, distance);
    }
    at = parent;
  }
  return space;
}
