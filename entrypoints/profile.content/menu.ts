/** The menu behind `⋯`. It is in the top layer, so that nothing on the page clips or covers it. */
import { pageDocument } from './page-document.ts';
import { createElement, setText } from './create-element.ts';
import type { Action, MenuItem } from './button-view.ts';

export interface Menu {
  readonly element: HTMLElement;
  /** Milliseconds for which it has been open; 0 if it is closed. */
  openFor(): number;
  /** Changes its text and items. If the items of an open menu change, it is closed. */
  update(detail: string | null, items: readonly MenuItem[]): void;
  close(): void;
}

type Choose = (action: Action, event: MouseEvent, item: HTMLElement) => void;

const GAP = 4;
const EDGE = 8;

/** Moves an open menu next to its opener: below if there is space, else above. */
function placeAt(opener: HTMLElement, element: HTMLElement): void {
  const box = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const { clientWidth, clientHeight } = pageDocument.documentElement;
  const left = Math.min(Math.max(EDGE, box.right - width), clientWidth - width - EDGE);
  const below = box.bottom + GAP;
  const top = below + height + EDGE <= clientHeight ? below : Math.max(EDGE, box.top - GAP - height);
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}

/** Moves the focus within the menu by arrow keys, Home, and End. */
function moveFocus(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const current = items.findIndex((item) => item.matches(':focus'));
  const targets: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    Home: 0,
    End: -1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  items.at(target % items.length)?.focus();
}

function createItem({ action, label }: MenuItem, choose: Choose, close: () => void): HTMLElement {
  const item = createElement('button', '');
  setText(item, label);
  item.tabIndex = -1;
  item.role = 'menuitem';
  item.addEventListener('click', (event) => {
    choose(action, event, item);
    close();
  });
  return item;
}

/** @param choose called for a click on an item, with the element that was clicked */
export function createMenu(opener: HTMLInputElement, choose: Choose): Menu {
  const text = createElement('p', '');
  const list = createElement('div', '');
  list.role = 'menu';
  const element = createElement('div', 'menu', [text, list]);
  element.popover = 'auto';
  opener.popoverTargetElement = element;
  opener.ariaHasPopup = 'menu';
  opener.ariaExpanded = 'false';
  let shown = '';
  let open: AbortController | null = null;
  let openedAt = Number.POSITIVE_INFINITY;

  const buttons = (): HTMLElement[] => [...list.querySelectorAll('button')];

  function close(): void {
    if (element.matches(':popover-open')) element.hidePopover();
  }

  element.addEventListener('toggle', () => {
    const isOpen = element.matches(':popover-open');
    opener.ariaExpanded = String(isOpen);
    open?.abort();
    open = null;
    if (!isOpen) return;
    placeAt(opener, element);
    buttons()[0]?.focus();
    open = new AbortController();
    openedAt = performance.now();
    addEventListener('scroll', close, { capture: true, passive: true, signal: open.signal });
    addEventListener('resize', close, { signal: open.signal });
  });

  element.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') close();
    moveFocus(event, buttons());
  });

  return {
    element,
    openFor: () => (open === null ? 0 : performance.now() - openedAt),
    update(detail, items) {
      setText(text, detail ?? '');
      text.hidden = detail === null;
      const next = JSON.stringify(items);
      if (next === shown) return;
      shown = next;
      close();
      list.replaceChildren(...items.map((item) => createItem(item, choose, close)));
    },
    close,
  };
}
