/** Access to shadow roots, including closed ones, which content scripts may read. */
import { browser } from '@wxt-dev/browser';

/** Firefox offers a property of the element, Chromium a function. */
interface WithRoot {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

/** The shadow root of an element, open or closed; `null` if it has none. */
export function closedRootOf(element: Element): ShadowRoot | null {
  if (!(element instanceof HTMLElement)) return null;
  const dom = browser.dom as typeof browser.dom | undefined;
  if (dom === undefined) return (element as WithRoot).openOrClosedShadowRoot ?? null;
  return dom.openOrClosedShadowRoot(element);
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
