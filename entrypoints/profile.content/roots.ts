/** Shadow roots that pages cannot see into, and a content script can. */
import { browser } from '@wxt-dev/browser';

/** The shadow root of an element, open or closed; `null` where it has none. */
export function closedRootOf(element: Element): ShadowRoot | null {
  return element instanceof HTMLElement ? browser.dom.openOrClosedShadowRoot(element) : null;
}

/** Every tree of the page: the document, and all shadow trees in it. */
export function treesOf(root: Document | ShadowRoot): (Document | ShadowRoot)[] {
  const trees = [root];
  for (const element of root.querySelectorAll('*')) {
    const inner = closedRootOf(element);
    if (inner !== null) trees.push(...treesOf(inner));
  }
  return trees;
}
