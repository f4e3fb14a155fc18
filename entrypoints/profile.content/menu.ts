/** The menu behind `⋯`: in the top layer, so that nothing of the page clips or covers it. */
import { doc } from './page-document.ts';
import { createElement, setText } from './create-element.ts';
import type { Action, MenuItem } from './button-view.ts';

export interface Menu {
  readonly element: HTMLElement;
  /** Milliseconds that it has been open; 0 when it is closed. */
  openFor(): number;
  /** What it says and offers from now on; an open menu whose offers changed is closed. */
  update(detail: string | null, offers: readonly MenuItem[]): void;
  close(): void;
}

const GAP = 4;
const EDGE = 8;

/** @param choose called for a click on an offer, with the element clicked */
export function createMenu(
  opener: HTMLInputElement,
  choose: (act: Action, event: MouseEvent, item: HTMLElement) => void,
): Menu {
  const said = createElement('p', '');
  const list = createElement('div', '');
  list.role = 'menu';
  const element = createElement('div', 'menu', [said, list]);
  element.popover = 'auto';
  opener.popoverTargetElement = element;
  opener.ariaHasPopup = 'menu';
  opener.ariaExpanded = 'false';
  let shown = '';
  let open: AbortController | null = null;
  let openedAt = Number.POSITIVE_INFINITY;

  function items(): HTMLElement[] {
    return [...list.querySelectorAll('button')];
  }

  function place(): void {
    const box = opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const { clientWidth, clientHeight } = doc.documentElement;
    const left = Math.min(Math.max(EDGE, box.right - width), clientWidth - width - EDGE);
    const below = box.bottom + GAP;
    const top = below + height + EDGE <= clientHeight ? below : Math.max(EDGE, box.top - GAP - height);
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }

  function close(): void {
    if (element.matches(':popover-open')) element.hidePopover();
  }

  element.addEventListener('toggle', () => {
    const isOpen = element.matches(':popover-open');
    opener.ariaExpanded = String(isOpen);
    open?.abort();
    open = null;
    if (!isOpen) return;
    place();
    items()[0]?.focus();
    open = new AbortController();
    openedAt = performance.now();
    addEventListener('scroll', close, { capture: true, passive: true, signal: open.signal });
    addEventListener('resize', close, { signal: open.signal });
  });

  element.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.findIndex((item) => item.matches(':focus'));
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (event.key === 'Tab') close();
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  });

  function itemFor({ act, label }: MenuItem): HTMLElement {
    const item = createElement('button', '');
    setText(item, label);
    item.tabIndex = -1;
    item.role = 'menuitem';
    item.addEventListener('click', (event) => {
      choose(act, event, item);
      close();
    });
    return item;
  }

  return {
    element,
    openFor: () => (open === null ? 0 : performance.now() - openedAt),
    update(detail, offers) {
      setText(said, detail ?? '');
      said.hidden = detail === null;
      const next = JSON.stringify(offers);
      if (next === shown) return;
      shown = next;
      close();
      list.replaceChildren(...offers.map(itemFor));
    },
    close,
  };
}
