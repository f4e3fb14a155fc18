/** The one element that Followledger adds to a page, and everything inside its closed root. */
import type { SitePlatform } from '../../lib/platforms/platform.ts';
import type { Act, Face } from './face.ts';
import { groundUnder } from './ground.ts';
import type { IconName } from './icons.ts';
import { makeIcon } from './icons.ts';
import { makeMenu } from './menu.ts';
import type { Mode, Spot } from './placement.ts';
import { make } from './make.ts';
import { roomBeside } from './placement.ts';
import { hostRules } from './host-rules.ts';
import { say } from './say.ts';
import rules from './button.css?inline';

export interface Surface {
  readonly host: HTMLElement;
  /** The visible whole: what must not have moved when it is clicked. */
  readonly group: HTMLElement;
  show(face: Face): void;
  /** Puts the host there; `null` is the corner. */
  place(spot: Spot | null): void;
  /** Measures the room and the ground again. */
  refit(look: SitePlatform['look']): void;
  remove(): void;
}

const ICONS: Readonly<Record<Face['tone'], IconName>> = {
  idle: 'mark',
  busy: 'mark',
  waiting: 'clock',
  error: 'alert',
  done: 'tick',
};

/** With less room than this the words go and the picture stays, CSS pixels. */
const LEAST_FOR_WORDS = 150;
const MOST = 300;
const GAP = 16;

export function makeSurface(onAct: (act: Act, event: MouseEvent, control: HTMLElement) => void): Surface {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const hostSheet = new CSSStyleSheet();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  root.adoptedStyleSheets = [sheet, hostSheet];

  const icon = makeIcon('mark');
  const label = make('span', 'label');
  const main = make('button', 'main', [icon.element, label]);
  const more = make('button', 'more', [makeIcon('dots').element]);
  more.ariaLabel = say('page.more');
  // A page has one button of ours: the other is a bar of menus, with one menu.
  more.role = 'menuitem';
  const menus = make('span', 'menus', [more]);
  menus.role = 'menubar';
  const bar = make('span', 'bar');
  const group = make('div', 'group', [main, menus, bar]);
  const menu = makeMenu(more, onAct);
  const theme = make('div', 'theme', [group, menu.element]);
  root.append(theme);

  let act: Act = 'followers';
  let isCompact = false;
  let mode: Mode = 'floating';
  main.addEventListener('click', (event) => onAct(act, event, main));
  // What happens on the button is not the page's: its shortcuts and links around the button stay out of it.
  for (const type of ['click', 'mousedown', 'pointerdown', 'keydown']) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }

  return {
    host,
    group,
    show(face) {
      act = face.main;
      const name = face.detail === null ? face.label : `${face.label}. ${face.detail}`;
      label.textContent = face.label;
      main.ariaLabel = name;
      icon.show(ICONS[face.tone]);
      group.className = `group ${face.tone}${face.tone === 'idle' ? '' : ' long'}`;
      group.classList.toggle('compact', isCompact);
      bar.style.width = `${face.progress * 100}%`;
      menu.update(face.tone === 'idle' ? null : name, face.menu);
    },
    place(spot) {
      menu.close();
      const parent = spot?.parent ?? document.body;
      mode = spot?.mode ?? 'floating';
      hostSheet.replaceSync(hostRules(mode, Number.parseFloat(getComputedStyle(parent).columnGap) || 0));
      parent.insertBefore(host, spot?.next === host ? host.nextSibling : (spot?.next ?? null));
    },
    refit(look) {
      const ground = groundUnder(host.parentElement);
      theme.className = `theme ${look} ${ground.dark ? 'dark' : 'light'}`;
      theme.style.setProperty('--page', ground.color);
      const rtl = getComputedStyle(host).direction === 'rtl';
      const beside = mode === 'before' || mode === 'after';
      const room = beside ? roomBeside(host, (mode === 'before') === rtl ? 'right' : 'left') - GAP : MOST;
      isCompact = room < LEAST_FOR_WORDS;
      group.classList.toggle('compact', isCompact);
      group.style.maxWidth = `${Math.min(MOST, Math.max(74, room))}px`;
    },
    remove() {
      menu.close();
      host.remove();
    },
  };
}
