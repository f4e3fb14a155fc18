/** The button on one page, across in-page navigation. */
import { pageDocument } from './page-document.ts';
import { browser } from '@wxt-dev/browser';
import { send } from '../../lib/messages/send.ts';
import { platform } from '../../lib/platforms/index.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { ButtonElement } from './button-element.ts';
import { createButtonElement } from './button-element.ts';
import type { Action } from './button-view.ts';
import { buttonView, withNotice } from './button-view.ts';
import { collectClickFacts, refusalOf } from './click-guard.ts';
import type { Movement } from './movement.ts';
import { watchMovement } from './movement.ts';
import { followNavigation } from './navigation.ts';
import type { Placement } from './placement.ts';
import { findPlacement, isAt } from './placement.ts';
import type { ScriptLifetime } from './script-lifetime.ts';
import { removeOldButtons } from './script-lifetime.ts';
import { translate } from './translate.ts';
import { isPageChanged, isPageSwitched, isPageView } from './view-shape.ts';
import type { Visit } from './visit.ts';
import { currentProfile, isProved, isSameProfile, pageData, startVisit } from './visit.ts';

/** How long to wait for an anchor before the button floats, and for a response before the button is shown, milliseconds. */
const MAX_WAIT = 1000;
/** Progress is shown at most this often, milliseconds. */
const PROGRESS_INTERVAL = 1000;
/** How long the button shows why a click started nothing, milliseconds. */
const NOTICE_DURATION = 4000;
/** How often to check whether the extension still exists, milliseconds. */
const ALIVE_INTERVAL = 2000;
/** After an in-page navigation the background may see the tab's former address for a moment. */
const MAX_ATTEMPTS = 5;
const RETRY_DELAY = 120;

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Puts the button on profile pages until the script's lifetime ends. On other pages only the address is read. */
export function runSession(lifetime: ScriptLifetime): void {
  let session: Session | null = null;
  followNavigation(lifetime.signal, (profile) => {
    if (lifetime.isFinished() || (profile === null && session === null)) return;
    session ??= new Session(lifetime);
    session.go(profile);
  });
}

class Session {
  readonly #isOver: () => boolean;
  readonly #button: ButtonElement;
  readonly #movement: Movement;
  readonly #observer: MutationObserver;
  #visit: Visit | null = null;
  #placement: Placement | null = null;
  #isRestyled = false;
  #isFrameRequested = false;
  #renderedAt = 0;
  #renderTimer: Timer;
  #aliveTimer: Timer;
  /** Whether the user wants a button, according to the latest response; `null` before the first. */
  #isWanted: boolean | null = null;

  constructor({ signal, isFinished }: ScriptLifetime) {
    this.#isOver = isFinished;
    removeOldButtons();
    this.#button = createButtonElement((...click) => this.#onClick(...click));
    this.#movement = watchMovement(this.#button.group);
    this.#observer = new MutationObserver((records) => this.#onMutation(records));
    browser.runtime.onMessage.addListener((message: unknown): undefined => this.#onMessage(message));
    addEventListener('resize', () => this.#onResize(), { signal });
    signal.addEventListener('abort', () => this.#leave());
  }

  /** To be called with the profile that the page shows, whenever that may have changed. */
  go(profile: PageProfile | null): void {
    if (profile === null) {
      this.#leave();
      return;
    }
    if (this.#visit !== null && isSameProfile(this.#visit.profile, profile)) return;
    if (this.#visit === null) this.#watchPage();
    const visit = startVisit(profile);
    this.#visit = visit;
    this.#render();
    this.#settle();
    // The background reads the address from the tab, where it is only up to date after this task.
    setTimeout(() => void this.#sendData(visit), 0);
    setTimeout(() => {
      if (this.#visit !== visit) return;
      visit.mayFloat = true;
      this.#isWanted ??= true;
      this.#sendChangedData(visit);
      this.#settle();
    }, MAX_WAIT);
  }

  #watchPage(): void {
    this.#observer.observe(document, { childList: true, subtree: true });
    for (const element of [pageDocument.documentElement, pageDocument.body]) {
      this.#observer.observe(element, { attributes: true });
    }
    this.#aliveTimer = setInterval(() => {
      this.#button.stay();
      this.#settle();
    }, ALIVE_INTERVAL);
  }

  #leave(): void {
    this.#visit = null;
    this.#placement = null;
    this.#observer.disconnect();
    clearInterval(this.#aliveTimer);
    clearTimeout(this.#renderTimer);
    this.#button.remove();
  }

  #onMutation(records: readonly MutationRecord[]): void {
    this.#isRestyled ||= records.some(({ type }) => type === 'attributes');
    if (this.#isFrameRequested) return;
    this.#isFrameRequested = true;
    requestAnimationFrame(() => {
      this.#isFrameRequested = false;
      if (this.#isRestyled) this.#fit();
      this.#isRestyled = false;
      this.#settle();
    });
  }

  /** Puts the button where it belongs, if it is not there already. */
  #settle(): void {
    const visit = this.#visit;
    if (visit === null || this.#isOver()) return;
    const { host } = this.#button;
    if (this.#isWanted !== true) {
      this.#button.remove();
      return;
    }
    const current = this.#placement;
    if (current?.best === true && current.anchor.isConnected && isAt(host, current)) return;
    const found = findPlacement(platform(visit.profile.platform).anchors);
    if (found === null) {
      if (!visit.mayFloat) return;
      if (!isProved(visit.profile)) {
        this.#placement = null;
        this.#button.remove();
        return;
      }
      if (current === null && host.isConnected) return;
    } else if (isAt(host, found)) return;
    this.#placement = found;
    this.#button.place(found);
    this.#button.stay();
    this.#fit();
    this.#movement.measure();
    this.#sendChangedData(visit);
  }

  /** In a larger window the button can move without leaving where it is watched, so it is measured here. */
  #onResize(): void {
    this.#fit();
    this.#movement.measure();
  }

  #fit(): void {
    if (this.#visit !== null && this.#button.host.isConnected) {
      this.#button.fit(platform(this.#visit.profile.platform).radius);
    }
  }

  /** A page's data arrives in parts, and a later part may contradict an earlier one. */
  #sendChangedData(visit: Visit): void {
    if (JSON.stringify(pageData(visit)) !== visit.sentData) void this.#sendData(visit);
  }

  async #sendData(visit: Visit): Promise<void> {
    for (let attempt = 1; this.#visit === visit && attempt <= MAX_ATTEMPTS; attempt++) {
      const schema = pageData(visit);
      visit.sentData = JSON.stringify(schema);
      if (await this.#request(visit, () => send('page.state', { schema }))) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY * attempt));
    }
  }

  /**
   * Sends a request to the background and shows its response or an error.
   * @returns false if the response is not a view of this visit's profile
   */
  async #request(visit: Visit, request: () => Promise<unknown>): Promise<boolean> {
    try {
      return this.#accept(visit, await request());
    } catch (error) {
      if (this.#visit === visit && !this.#isOver()) {
        this.#isWanted ??= true;
        const why = error instanceof Error ? error.message : String(error);
        this.#setNotice(visit, translate('page.failed', { why }));
        this.#settle();
      }
      return true;
    }
  }

  #accept(visit: Visit, view: unknown): boolean {
    if (!isPageView(view) || this.#visit !== visit || !isSameProfile(view, visit.profile)) return false;
    const isProgress =
      visit.notice === null &&
      visit.view?.run?.state.kind === 'running' &&
      view.run?.state.kind === 'running';
    visit.view = view;
    visit.notice = null;
    this.#isWanted = view.button;
    clearTimeout(this.#renderTimer);
    const delay = this.#renderedAt + PROGRESS_INTERVAL - performance.now();
    if (isProgress) this.#renderTimer = setTimeout(() => this.#render(), delay);
    else this.#render();
    this.#settle();
    return true;
  }

  #render(): void {
    if (this.#visit === null) return;
    this.#renderedAt = performance.now();
    const { view, notice } = this.#visit;
    const shown = buttonView(view, Date.now());
    this.#movement.withoutMovement(() =>
      this.#button.show(notice === null ? shown : withNotice(shown, notice)),
    );
  }

  #setNotice(visit: Visit, notice: string | null): void {
    visit.notice = notice;
    this.#render();
  }

  #onClick(action: Action, event: MouseEvent, control: HTMLElement, openFor: number): void {
    const profile = currentProfile();
    const visit = this.#visit;
    if (this.#isOver() || visit === null || profile === null || !isSameProfile(profile, visit.profile))
      return;
    // The open menu is in the top layer, where the page cannot move it, but it may cover the button itself.
    const stillFor = Number.isFinite(openFor) ? openFor : this.#movement.stillFor();
    const refusal = refusalOf(collectClickFacts(event, this.#button.host, control, stillFor));
    if (refusal === null) {
      this.#setNotice(visit, null);
      void this.#request(visit, () => this.#act(visit, action));
    } else if (refusal !== 'untrusted') {
      this.#showForAWhile(visit, translate(refusal === 'moved' ? 'page.moved' : 'page.obscured'));
    }
  }

  #showForAWhile(visit: Visit, notice: string): void {
    this.#setNotice(visit, notice);
    setTimeout(() => {
      if (visit.notice === notice) this.#setNotice(visit, null);
    }, NOTICE_DURATION);
  }

  /** Does what was clicked. If the price is no longer the one that was shown, shows the new one, and starts nothing. */
  async #act(visit: Visit, action: Action): Promise<unknown> {
    if (action !== 'followers' && action !== 'following') {
      return send<'page.open' | 'page.pause' | 'page.resume' | 'page.stop'>(`page.${action}`, {});
    }
    const shown = visit.view?.offers[action]?.label;
    // A run starts with the page's current data, not with what was there while the page was still loading.
    const view = await send('page.state', { schema: pageData(visit) });
    const offer = view?.offers[action]?.label;
    if (offer === undefined || offer === shown) return send('page.start', { relation: action });
    this.#accept(visit, view);
    this.#showForAWhile(visit, translate('page.price_changed', { offer }));
    return null;
  }

  #onMessage(message: unknown): undefined {
    if (this.#visit !== null && isPageChanged(message)) this.#accept(this.#visit, message.view);
    if (isPageSwitched(message)) {
      this.#isWanted = message.button;
      this.#settle();
    }
  }
}
