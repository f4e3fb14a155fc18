import { doc } from './page-document.ts';

/** Makes an element of the button. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  children: readonly Node[] = [],
): HTMLElementTagNameMap[K] {
  const element = doc.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/**
 * Has an element say something, to the eye and to assistive technology but not to the page: its search
 * (`window.find`) looks into closed roots too, though not at what a style sheet writes.
 */
export function setText(element: HTMLElement, text: string): void {
  element.dataset['says'] = text;
}
