/** The one element that Followledger adds to a page, and everything inside its closed root. */
import { doc } from './page-document.ts';
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
  /** The visible whole: what must not have moved when it is clicked. */
  readonly group: HTMLElement;
  show(face: ButtonView): void;
  /** Puts the host there; `null` is the corner. */
  place(spot: Placement | null): void;
  /** Takes the page's colours and the room there is. @param radius of the corners, CSS pixels */
  refit(radius: number): void;
  /** To be called again and again, for as long as the button is to be shown. */
  stay(): void;
  remove(): void;
}

/** With less room than this the words go and the picture stays, CSS pixels. */
const LEAST_FOR_WORDS = 150;
const MOST = 300;
const GAP = 16;

/** @param onAct called for a click, with the control clicked and how long it has been on offer, milliseconds */
export function createButtonElement(
  onAct: (act: Action, event: MouseEvent, control: HTMLElement, offeredFor: number) => void,
): ButtonElement {
  const host = doc.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  root.adoptedStyleSheets = [sheet];

  const icon = createIcon('idle');
  const label = createElement('span', 'label');
  const main = createElement('button', 'main', [icon.element, label]);
  const more = createElement('input', '');
  more.type = 'button';
  more.value = '⋯';
  more.ariaLabel = translate('page.more');
  // A page has one button of ours: the other is a bar of menus, with one menu.
  more.role = 'menuitem';
  const menus = createElement('span', 'menus', [more]);
  menus.role = 'menubar';
  const bar = createElement('span', 'bar');
  const group = createElement('div', 'group', [main, menus, bar]);
  const menu = createMenu(more, (chosen, event, item) => onAct(chosen, event, item, menu.openFor()));
  const theme = createElement('div', MARK, [group, menu.element]);
  root.append(theme);
  // In Chromium an orphan goes on running, and removes its button itself.
  const stay = import.meta.env.FIREFOX ? hideWhenOrphaned(theme) : () => undefined;

  let act: Action = 'followers';
  let mode: Mode = 'floating';
  main.addEventListener('click', (event) => onAct(act, event, main, Number.POSITIVE_INFINITY));
  // What happens on the button is not the page's: its shortcuts and links around the button stay out of it.
  for (const type of ['click', 'keydown']) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }

  return {
    host,
    group,
    show(face) {
      act = face.main;
      const name = face.detail === null ? face.label : `${face.label}. ${face.detail}`;
      setText(label, face.label);
      main.ariaLabel = name;
      icon.show(face.tone === 'busy' ? 'idle' : face.tone);
      group.classList.toggle('long', face.tone !== 'idle');
      group.style.setProperty('--tone', `var(--${face.tone})`);
      bar.style.width = `${face.progress * 100}%`;
      menu.update(face.tone === 'idle' ? null : name, face.menu);
    },
    place(spot) {
      menu.close();
      const parent = spot?.parent ?? doc.body;
      mode = spot?.mode ?? 'floating';
      parent.insertBefore(host, spot?.next === host ? host.nextSibling : (spot?.next ?? null));
    },
    refit(radius) {
      const { color, dark } = backgroundUnder(host.parentElement);
      const row = getComputedStyle(host.parentElement ?? doc.body);
      const isBefore = mode === 'before';
      theme.className = `${MARK} ${mode} ${dark ? 'dark' : ''}`;
      // The gap that the row puts beside it is taken back.
      theme.style.cssText = `--page:${color};--radius:${radius}px;margin-inline-${isBefore ? 'end' : 'start'}:-${Number.parseFloat(row.columnGap) || 0}px`;
      const towards = isBefore === (row.direction === 'rtl') ? 'right' : 'left';
      const room =
        isBefore || mode === 'after' ? spaceBeside(host, theme.getBoundingClientRect(), towards) - GAP : MOST;
      group.classList.toggle('compact', room < LEAST_FOR_WORDS);
      group.style.maxWidth = `${Math.min(MOST, Math.max(74, room))}px`;
    },
    stay,
    remove() {
      menu.close();
      host.remove();
    },
  };
}
