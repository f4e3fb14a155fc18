/** The button's life on one page, over every in-page navigation. */
import { doc } from './page-document.ts';
import { browser } from '@wxt-dev/browser';
import { handleKey } from '../../lib/model/handles.ts';
import { send } from '../../lib/messages/send.ts';
import type { PageView } from '../../lib/messages/types.ts';
import { platform, readSchema, readUrl } from '../../lib/platforms/index.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Action } from './button-view.ts';
import { buttonView, withNotice } from './button-view.ts';
import { refusalOf, collectClickFacts } from './click-guard.ts';
import type { ScriptLifetime } from './script-lifetime.ts';
import { removeOldButtons } from './script-lifetime.ts';
import { watchMovement } from './movement.ts';
import type { Placement } from './placement.ts';
import { findPlacement, isAt } from './placement.ts';
import { translate } from './translate.ts';
import { createButtonElement } from './button-element.ts';
import { isPageChanged, isPageSwitched, isPageView } from './view-shape.ts';

/** How long an anchor may take before the button floats, and an answer before the button does not wait for it, ms. */
const PATIENCE = 1000;
/** Progress changes at most this often, ms. */
const PROGRESS_EVERY = 1000;
/** How long the button says why a click was not taken, ms. */
const NOTICE_FOR = 4000;
/** How often to look whether the extension is still there, ms. */
const ALIVE_EVERY = 2000;
/** How often to look at the address in browsers that do not tell of navigations, ms. */
const LOOK_EVERY = 500;
/** The background may see the tab's former address for a moment after in-page navigation. */
const ASK_TIMES = 5;
const ASK_AGAIN_AFTER = 120;

/** One stay on one profile. */
interface Visit {
  readonly profile: PageProfile;
  view: PageView | null;
  /** What the button says instead of its state. */
  notice: string | null;
  floatDue: boolean;
  /** What the page said of the profile when the background was last told. */
  told: string;
}

const NOTHING = '[]';

/** What the page says of the profile now: its data, and only where its other marks do not contradict it. */
function said(visit: Visit): readonly string[] {
  return readSchema(doc, visit.profile);
}

type Timer = ReturnType<typeof setTimeout> | undefined;

function isSame(a: { platform: string; handle: string }, b: { platform: string; handle: string }): boolean {
  return a.platform === b.platform && handleKey(a.handle) === handleKey(b.handle);
}

/** Puts the button on profile pages until its life ends. Other pages get no more than a look at their address. */
export function runSession(life: ScriptLifetime): void {
  const { signal } = life;
  let enter: ((profile: PageProfile | null) => void) | null = null;

  function go(profile: PageProfile | null): void {
    if (life.isOver() || (profile === null && enter === null)) return;
    enter ??= makeSession(life);
    enter(profile);
  }

  function goHere(): void {
    go(here());
  }

  const { navigation } = globalThis as { readonly navigation?: EventTarget };
  if (navigation === undefined) {
    const timer = setInterval(goHere, LOOK_EVERY);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }
  navigation?.addEventListener(
    'navigate',
    (event: Event & { readonly destination?: { readonly url: string } }) => {
      // The page can send one of its own making.
      if (!event.isTrusted || event.destination === undefined) return;
      go(readUrl(new URL(event.destination.url)));
      // A navigation can be called off, or turn out to be a download.
      setTimeout(goHere, PATIENCE);
    },
    { signal },
  );
  goHere();
}

/** Whether the page is the profile's as far as it can be seen without an anchor. */
function isProved({ platform: site, handle }: PageProfile): boolean {
  const proof = platform(site).proof(handle);
  return proof === null || doc.querySelector(proof) !== null;
}

function here(): PageProfile | null {
  return readUrl(new URL(location.href));
}

/** @returns what to call with the profile that the page shows, whenever that may have changed */
function makeSession(life: ScriptLifetime): (profile: PageProfile | null) => void {
  const { signal, isOver } = life;
  removeOldButtons();
  const surface = createButtonElement(onAct);
  const movement = watchMovement(surface.group);
  let isRepainted = false;
  const observer = new MutationObserver((records) => {
    isRepainted ||= records.some(({ type }) => type === 'attributes');
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (isRepainted) refit();
      isRepainted = false;
      settle();
    });
  });
  let visit: Visit | null = null;
  let spot: Placement | null = null;
  let frame = 0;
  let shownAt = 0;
  let renderTimer: Timer;
  let aliveTimer: Timer;
  /** Whether the user wants a button: by the last answer, until the next; `null` before the first. */
  let wanted: boolean | null = null;

  function go(profile: PageProfile | null): void {
    if (profile === null) {
      leave();
      return;
    }
    if (visit !== null && isSame(visit.profile, profile)) return;
    if (visit === null) arrive();
    const entered: Visit = { profile, view: null, notice: null, floatDue: false, told: NOTHING };
    visit = entered;
    render();
    settle();
    // After the address has been committed: the background reads it from the tab.
    setTimeout(() => void ask(entered), 0);
    setTimeout(() => {
      if (visit !== entered) return;
      entered.floatDue = true;
      wanted ??= true;
      tellNews(entered);
      settle();
    }, PATIENCE);
  }

  function arrive(): void {
    observer.observe(document, { childList: true, subtree: true });
    for (const element of [doc.documentElement, doc.body]) {
      observer.observe(element, { attributes: true });
    }
    aliveTimer = setInterval(() => {
      surface.stay();
      settle();
    }, ALIVE_EVERY);
  }

  function leave(): void {
    visit = null;
    spot = null;
    observer.disconnect();
    clearInterval(aliveTimer);
    clearTimeout(renderTimer);
    surface.remove();
  }

  /** Puts the button where it belongs, if it is not there. Cheap when it is. */
  function settle(): void {
    if (visit === null || isOver()) return;
    const { host } = surface;
    if (wanted !== true) {
      surface.remove();
      return;
    }
    if (spot?.best === true && spot.anchor.isConnected && isAt(host, spot)) return;
    const found = findPlacement(platform(visit.profile.platform).anchors);
    if (found === null) {
      if (!visit.floatDue) return;
      if (!isProved(visit.profile)) {
        spot = null;
        surface.remove();
        return;
      }
      if (spot === null && host.isConnected) return;
    } else if (isAt(host, found)) return;
    spot = found;
    surface.place(found);
    surface.stay();
    refit();
    movement.measure();
    tellNews(visit);
  }

  function refit(): void {
    if (visit !== null && surface.host.isConnected) surface.refit(platform(visit.profile.platform).radius);
  }

  /** What the page says comes bit by bit, and a later bit may contradict an earlier one. */
  function tellNews(of: Visit): void {
    if (JSON.stringify(said(of)) !== of.told) void ask(of);
  }

  async function ask(asked: Visit): Promise<void> {
    for (let times = 1; visit === asked && times <= ASK_TIMES; times++) {
      const schema = said(asked);
      asked.told = JSON.stringify(schema);
      if (await talk(asked, () => send('page.state', { schema }))) return;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER * times));
    }
  }

  /**
   * Asks the background and shows its answer; what goes wrong is said on the button.
   * @returns false when the answer was no view of this visit's profile
   */
  async function talk(of: Visit, request: () => Promise<unknown>): Promise<boolean> {
    try {
      return accept(of, await request());
    } catch (error) {
      if (visit === of && !isOver()) {
        wanted ??= true;
        note(of, translate('page.failed', { why: error instanceof Error ? error.message : String(error) }));
        settle();
      }
      return true;
    }
  }

  function accept(of: Visit, view: unknown): boolean {
    if (!isPageView(view) || visit !== of || !isSame(view, of.profile)) return false;
    const isProgress =
      of.notice === null && of.view?.run?.state.kind === 'running' && view.run?.state.kind === 'running';
    of.view = view;
    of.notice = null;
    wanted = view.button;
    clearTimeout(renderTimer);
    if (isProgress) renderTimer = setTimeout(render, shownAt + PROGRESS_EVERY - performance.now());
    else render();
    settle();
    return true;
  }

  function render(): void {
    if (visit === null) return;
    shownAt = performance.now();
    const { view, notice } = visit;
    const face = buttonView(view, Date.now());
    movement.withoutMovement(() => surface.show(notice === null ? face : withNotice(face, notice)));
  }

  function note(of: Visit, notice: string | null): void {
    of.notice = notice;
    render();
  }

  function onAct(act: Action, event: MouseEvent, control: HTMLElement, offeredFor: number): void {
    const at = here();
    if (isOver() || visit === null || at === null || !isSame(at, visit.profile)) return;
    const of = visit;
    // The open menu lies in the top layer, where the page cannot move it; but it may lie over the button itself.
    const stillFor = Number.isFinite(offeredFor) ? offeredFor : movement.stillFor();
    const refusal = refusalOf(collectClickFacts(event, surface.host, control, stillFor));
    if (refusal === null) {
      note(of, null);
      void talk(of, () => request(act, said(of)));
    } else if (refusal !== 'untrusted') {
      const why = translate(refusal === 'moved' ? 'page.moved' : 'page.obscured');
      note(of, why);
      setTimeout(() => {
        if (of.notice === why) note(of, null);
      }, NOTICE_FOR);
    }
  }

  browser.runtime.onMessage.addListener((message: unknown): undefined => {
    if (visit !== null && isPageChanged(message)) accept(visit, message.view);
    if (isPageSwitched(message)) {
      wanted = message.button;
      settle();
    }
  });
  addEventListener('resize', refit, { signal });
  signal.addEventListener('abort', leave);
  return go;
}

async function request(act: Action, schema: readonly string[]): Promise<PageView | null> {
  if (act !== 'followers' && act !== 'following') {
    return send<'page.open' | 'page.pause' | 'page.resume' | 'page.stop'>(`page.${act}`, {});
  }
  // A run begins with what the page says now, not with what it said when it was half drawn.
  await send('page.state', { schema });
  return send('page.start', { relation: act });
}
