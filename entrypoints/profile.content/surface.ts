/** The one element that Followledger adds to a page, and everything inside its closed root. */
import { i18n } from '#i18n';
import type { SitePlatform } from '../../lib/platforms/platform.ts';
import type { Act, Face } from './face.ts';
import { groundUnder } from './ground.ts';
import type { IconName } from './icons.ts';
import { makeIcon } from './icons.ts';
import { makeMenu } from './menu.ts';
import type { Mode, Spot } from './placement.ts';
import { roomBeside } from './placement.ts';
import { hostRules } from './host-rules.ts';
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
  root.adoptedStyleSheets = [hostSheet, sheet];

  const theme = document.createElement('div');
  const group = document.createElement('div');
  group.className = 'group';
  const main = document.createElement('button');
  main.type = 'button';
  main.className = 'main';
  const icon = makeIcon('mark');
  const label = document.createElement('span');
  label.className = 'label';
  main.append(icon.element, label);
  const more = document.createElement('button');
  more.type = 'button';
  more.className = 'more';
  more.setAttribute('aria-label', i18n.t('page.more'));
  more.append(makeIcon('dots').element);
  const bar = document.createElement('span');
  bar.className = 'bar';
  const done = document.createElement('i');
  bar.append(done);
  group.append(main, more, bar);
  const menu = makeMenu(more, onAct);
  theme.append(group, menu.element);
  root.append(theme);

  let act: Act = 'get-followers';
  let mode: Mode = 'floating';
  hostSheet.replaceSync(hostRules(mode));
  main.addEventListener('click', (event) => onAct(act, event, main));
  // What happens on the button is not the page's: its shortcuts and links around the button stay out of it.
  for (const type of [
    'click',
    'pointerdown',
    'mousedown',
    'pointerup',
    'mouseup',
    'keydown',
    'keyup',
    'keypress',
  ]) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }

  function setMode(next: Mode): void {
    if (next === mode) return;
    mode = next;
    hostSheet.replaceSync(hostRules(mode));
  }

  return {
    host,
    group,
    show(face) {
      act = face.main;
      const name = face.detail === null ? face.label : `${face.label}. ${face.detail}`;
      label.textContent = face.label;
      main.setAttribute('aria-label', name);
      main.title = name;
      icon.show(ICONS[face.tone]);
      group.classList.remove(...Object.keys(ICONS));
      group.classList.add(face.tone);
      bar.hidden = face.progress === null;
      done.style.setProperty('inline-size', `${(face.progress ?? 0) * 100}%`);
      menu.update(face.tone === 'idle' ? null : name, face.menu);
    },
    place(spot) {
      menu.close();
      setMode(spot?.mode ?? 'floating');
      const parent = spot?.parent ?? document.body;
      parent.insertBefore(host, spot?.next === host ? host.nextSibling : (spot?.next ?? null));
    },
    refit(look) {
      const ground = groundUnder(host.parentElement ?? document.documentElement);
      theme.className = `theme ${look} ${ground.dark ? 'dark' : 'light'}`;
      theme.style.setProperty('--page', ground.color);
      const rtl = getComputedStyle(host).direction === 'rtl';
      const beside = mode === 'before' || mode === 'after';
      const room = beside ? roomBeside(host, (mode === 'before') === rtl ? 'right' : 'left') - GAP : MOST;
      group.classList.toggle('compact', room < LEAST_FOR_WORDS);
      group.style.setProperty('max-inline-size', `${Math.min(MOST, Math.max(68, room))}px`);
    },
    remove() {
      menu.close();
      host.remove();
    },
  };
}
