/** The one element that Followledger adds to a page, and its closed shadow root. */
import { pageDocument } from './page-document.ts';
import type { Action, ButtonView } from './button-view.ts';
import { backgroundUnder } from './page-background.ts';
import { createIcon } from './icons.ts';
import { MARK } from './script-lifetime.ts';
import { createMenu } from './menu.ts';
import type { Mode, Placement } from './placement.ts';
import { createElement, setText } from './create-element.ts';
import { spaceBeside } from './placement.ts';
import { translate } from './translate.ts';
import { hideWhenOrphaned } from './remove-orphan.ts';
import rules from './button.css?inline';

export interface ButtonElement {
  readonly host: HTMLElement;
  /** Everything visible: what must not have moved when it is clicked. */
  readonly group: HTMLElement;
  show(view: ButtonView): void;
  /** Moves the host there; `null` is the corner. */
  place(placement: Placement | null): void;
  /** Adapts to the page's colors and the available space. @param radius of the corners, CSS pixels */
  fit(radius: number): void;
  /** To be called repeatedly as long as the button is shown. */
  stay(): void;
  remove(): void;
}

/** With less space than this, only the icon is shown, CSS pixels. */
const MIN_LABEL_SPACE = 150;
const MIN_WIDTH = 74;
const MAX_WIDTH = 300;
const GAP = 16;

function createHost(): { readonly host: HTMLElement; readonly root: ShadowRoot } {
  const host = pageDocument.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  root.adoptedStyleSheets = [sheet];
  // The page must not react to what happens on the button with its shortcuts or a link around the button.
  for (const type of ['click', 'keydown']) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }
  return { host, root };
}

function createMenuButton(): { readonly more: HTMLInputElement; readonly menus: HTMLElement } {
  const more = createElement('input', '');
  more.type = 'button';
  more.value = '⋯';
  more.ariaLabel = translate('page.more');
  // Followledger adds only one button to a page. This one is a menu in a menu bar.
  more.role = 'menuitem';
  const menus = createElement('span', 'menus', [more]);
  menus.role = 'menubar';
  return { more, menus };
}

/** Adapts the colors and the width to the page around the host. */
function fitToPage(
  host: HTMLElement,
  theme: HTMLElement,
  group: HTMLElement,
  mode: Mode,
  radius: number,
): void {
  const { color, dark } = backgroundUnder(host.parentElement);
  const row = getComputedStyle(host.parentElement ?? pageDocument.body);
  const isBefore = mode === 'before';
  theme.className = `${MARK} ${mode} ${dark ? 'dark' : ''}`;
  // Compensates for the gap that the row adds beside the host.
  theme.style.cssText = `--page:${color};--radius:${radius}px;margin-inline-${isBefore ? 'end' : 'start'}:-${Number.parseFloat(row.columnGap) || 0}px`;
  const towards = isBefore === (row.direction === 'rtl') ? 'right' : 'left';
  const space =
    isBefore || mode === 'after'
      ? spaceBeside(host, theme.getBoundingClientRect(), towards) - GAP
      : MAX_WIDTH;
  group.classList.toggle('compact', space < MIN_LABEL_SPACE);
  group.style.maxWidth = `${Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, space))}px`;
}

/** @param onClick gets the control that was clicked, and how long the menu has been open if it is in the menu, milliseconds */
export function createButtonElement(
  onClick: (action: Action, event: MouseEvent, control: HTMLElement, openFor: number) => void,
): ButtonElement {
  const { host, root } = createHost();
  const icon = createIcon('idle');
  const label = createElement('span', 'label');
  const main = createElement('button', 'main', [icon.element, label]);
  const { more, menus } = createMenuButton();
  const bar = createElement('span', 'bar');
  const group = createElement('div', 'group', [main, menus, bar]);
  const menu = createMenu(more, (chosen, event, item) => onClick(chosen, event, item, menu.openFor()));
  const theme = createElement('div', MARK, [group, menu.element]);
  root.append(theme);
  // In Chromium an orphaned script continues to run and removes its button itself.
  const stay = import.meta.env.FIREFOX ? hideWhenOrphaned(theme) : () => undefined;

  let action: Action = 'followers';
  let mode: Mode = 'floating';
  main.addEventListener('click', (event) => onClick(action, event, main, Number.POSITIVE_INFINITY));

  return {
    host,
    group,
    show(view) {
      action = view.main;
      const name = view.detail === null ? view.label : `${view.label}. ${view.detail}`;
      setText(label, view.label);
      main.ariaLabel = name;
      main.title = name;
      main.setAttribute('aria-description', view.description);
      icon.show(view.tone === 'busy' ? 'idle' : view.tone);
      group.classList.toggle('long', view.tone !== 'idle' || view.description !== '');
      group.style.setProperty('--tone', `var(--${view.tone})`);
      bar.style.width = `${view.progress * 100}%`;
      menu.update(view.tone === 'idle' ? null : name, view.menu);
    },
    place(placement) {
      menu.close();
      const parent = placement?.parent ?? pageDocument.body;
      mode = placement?.mode ?? 'floating';
      parent.insertBefore(host, placement?.next === host ? host.nextSibling : (placement?.next ?? null));
    },
    fit: (radius) => fitToPage(host, theme, group, mode, radius),
    stay,
    remove() {
      menu.close();
      host.remove();
    },
  };
}
