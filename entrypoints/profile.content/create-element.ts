import { pageDocument } from './page-document.ts';

/** Creates an element of the button. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  children: readonly Node[] = [],
): HTMLElementTagNameMap[K] {
  const element = pageDocument.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/**
 * Sets text that is visible to the user and to assistive technology, but not to the page: `window.find` searches closed
 * shadow roots too, but not text from a style sheet.
 */
export function setText(element: HTMLElement, text: string): void {
  element.dataset['says'] = text;
}
