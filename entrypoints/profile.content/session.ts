/** The button's life on one page, over every in-page navigation. */
import { browser } from 'wxt/browser';
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { send } from '../../lib/messages/send.ts';
import type { PageView } from '../../lib/messages/types.ts';
import { platform, readHint, readUrl } from '../../lib/platforms/index.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Act } from './face.ts';
import { faceOf, withNotice } from './face.ts';
import type { Refusal } from './guard.ts';
import { judge, lookAt } from './guard.ts';
import { watchMovement } from './movement.ts';
import type { Spot } from './placement.ts';
import { findSpot, isAt } from './placement.ts';
import { say } from './say.ts';
import { makeSurface } from './surface.ts';
import { isPageChanged, isPageView } from './view-shape.ts';

/** How long an anchor may take before the button floats, and an answer before the button does not wait for it, ms. */
const PATIENCE = 1000;
/** Progress changes at most this often, ms. */
const PROGRESS_EVERY = 1000;
/** How long the button says why a click was not taken, ms. */
const NOTICE_FOR = 4000;
/** How often to look whether the extension is still there, ms: nothing tells an orphan. */
const ALIVE_EVERY = 2000;
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
  hinted: boolean;
}

function isSame(a: { platform: string; handle: string }, b: { platform: string; handle: string }): boolean {
  return a.platform === b.platform && a.handle.toLowerCase() === b.handle.toLowerCase();
}

/** Puts the button on profile pages until the context ends. Nothing is added to, or watched on, other pages. */
export function runSession(ctx: ContentScriptContext): void {
  const surface = makeSurface(onAct);
  const movement = watchMovement(surface.group);
  const observer = new MutationObserver(() => settleSoon());
  const grounds = new MutationObserver(() => refit());
  let visit: Visit | null = null;
  let spot: Spot | null = null;
  let frame = 0;
  let shownAt = 0;
  let renderTimer = 0;
  let aliveTimer = 0;
  /** Whether the user wants a button: by the last answer, until the next; `null` before the first. */
  let wanted: boolean | null = null;

  function here(): PageProfile | null {
    return readUrl(new URL(location.href));
  }

  function go(profile: PageProfile | null): void {
    if (visit !== null && profile !== null && isSame(visit.profile, profile)) return;
    if (visit === null && profile === null) return;
    if (profile === null) {
      leave();
      return;
    }
    const isFirst = visit === null;
    const entered: Visit = { profile, view: null, notice: null, floatDue: false, hinted: false };
    visit = entered;
    if (isFirst) arrive();
    render();
    settle();
    // After the address has been committed: the background reads it from the tab.
    ctx.setTimeout(() => void ask(entered), 0);
    ctx.setTimeout(() => {
      if (visit !== entered) return;
      entered.floatDue = true;
      wanted ??= true;
      if (!entered.hinted) void ask(entered);
      settle();
    }, PATIENCE);
  }

  function arrive(): void {
    observer.observe(document.documentElement, { childList: true, subtree: true });
    for (const element of [document.documentElement, document.body]) {
      grounds.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-theme'] });
    }
    aliveTimer = ctx.setInterval(() => undefined, ALIVE_EVERY);
  }

  function leave(): void {
    visit = null;
    spot = null;
    observer.disconnect();
    grounds.disconnect();
    clearInterval(aliveTimer);
    clearTimeout(renderTimer);
    movement.stop();
    surface.remove();
  }

  function settleSoon(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      settle();
    });
  }

  /** Puts the button where it belongs, if it is not there. Cheap when it is. */
  function settle(): void {
    if (visit === null) return;
    if (ctx.isInvalid) return;
    if (wanted !== true) {
      movement.stop();
      surface.remove();
      return;
    }
    if (spot?.best === true && spot.anchor.isConnected && isAt(surface.host, spot)) return;
    const found = findSpot(platform(visit.profile.platform).anchors);
    if (found === null) {
      const isThere = surface.host.isConnected && surface.host.checkVisibility();
      if (isThere ? spot === null || spot.anchor.isConnected : !visit.floatDue) return;
      if (!visit.floatDue) return;
    } else if (isAt(surface.host, found)) {
      spot = found;
      return;
    }
    spot = found;
    surface.place(found);
    refit();
    movement.start();
    if (!visit.hinted && readHint(document, visit.profile) !== null) void ask(visit);
  }

  function refit(): void {
    if (visit === null || !surface.host.isConnected) return;
    surface.refit(platform(visit.profile.platform).look);
  }

  async function ask(asked: Visit): Promise<void> {
    for (let times = 1; visit === asked && ctx.isValid; times++) {
      const hint = readHint(document, asked.profile);
      asked.hinted ||= hint !== null;
      const answer = await attempt(asked, () => send('page.state', { hint }));
      if (answer === FAILED || accept(asked, answer) || times === ASK_TIMES) return;
      await new Promise((resolve) => ctx.setTimeout(() => resolve(undefined), ASK_AGAIN_AFTER * times));
    }
  }

  /** Asks the background; what goes wrong is said on the button. */
  async function attempt<T>(asked: Visit, request: () => Promise<T>): Promise<T | typeof FAILED> {
    try {
      return await request();
    } catch (error) {
      if (ctx.isInvalid || visit !== asked) return FAILED;
      asked.notice = say('page.failed', { why: error instanceof Error ? error.message : String(error) });
      wanted ??= true;
      render();
      settle();
      return FAILED;
    }
  }

  /** Takes a view if it is of this visit's profile. */
  function accept(of: Visit, view: unknown): boolean {
    if (!isPageView(view) || visit !== of || !isSame(view, of.profile)) return false;
    const isProgress =
      of.notice === null && of.view?.run?.state.kind === 'running' && view.run?.state.kind === 'running';
    of.view = view;
    of.notice = null;
    wanted = view.button;
    if (isProgress) renderLater();
    else render();
    settle();
    return true;
  }

  function renderLater(): void {
    clearTimeout(renderTimer);
    renderTimer = ctx.setTimeout(render, Math.max(0, shownAt + PROGRESS_EVERY - performance.now()));
  }

  function render(): void {
    if (visit === null) return;
    clearTimeout(renderTimer);
    shownAt = performance.now();
    const face = faceOf(visit.view, Date.now());
    const { notice } = visit;
    movement.own(() => surface.show(notice === null ? face : withNotice(face, notice)));
  }

  function onAct(act: Act, event: MouseEvent, control: HTMLElement): void {
    const at = here();
    if (ctx.isInvalid || visit === null || at === null || !isSame(at, visit.profile)) return;
    const refusal = judge(lookAt(event, surface.host, control, movement.stillFor()));
    if (refusal === null) void perform(visit, act);
    else refuse(visit, refusal);
  }

  function refuse(of: Visit, refusal: Refusal): void {
    if (refusal === 'untrusted') return;
    const notice = refusal === 'moved' ? say('page.moved') : say('page.obscured');
    of.notice = notice;
    render();
    ctx.setTimeout(() => {
      if (visit !== of || of.notice !== notice) return;
      of.notice = null;
      render();
    }, NOTICE_FOR);
  }

  async function perform(of: Visit, act: Act): Promise<void> {
    const view = await attempt(of, () => request(act));
    if (view !== FAILED && !accept(of, view) && visit === of && of.notice !== null) {
      of.notice = null;
      render();
    }
  }

  function onMessage(message: unknown): undefined {
    if (visit !== null && isPageChanged(message)) accept(visit, message.view);
    return undefined;
  }

  browser.runtime.onMessage.addListener(onMessage);
  ctx.addEventListener(window, 'wxt:locationchange', ({ newUrl }) => {
    // The page can send an event of this name too, but not with an address.
    go(newUrl instanceof URL ? readUrl(newUrl) : here());
    // A navigation can be called off, or turn out to be a download.
    ctx.setTimeout(() => go(here()), PATIENCE);
  });
  ctx.addEventListener(window, 'resize', refit);
  ctx.onInvalidated(() => {
    leave();
    cancelAnimationFrame(frame);
    // Of an extension that is gone not even its listeners can be taken back.
    browser.runtime?.onMessage?.removeListener(onMessage);
  });
  go(here());
}

const FAILED = Symbol('failed');

function request(act: Act): Promise<PageView | null> {
  return act === 'followers' || act === 'following'
    ? send('page.start', { relation: act })
    : send<'page.open' | 'page.pause' | 'page.resume' | 'page.stop'>(`page.${act}`, {});
}
