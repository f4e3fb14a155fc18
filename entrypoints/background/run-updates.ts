/** Tells the badge, and the pages whose profile is concerned, how runs stand. */
import { browser } from 'wxt/browser';
import type { PageChanged, PageSwitched } from '../../lib/messages/types.ts';
import type { StorageTrouble } from '../../lib/model/error.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { pageMatches, readUrl, type PageProfile } from '../../lib/platforms/index.ts';
import { expectedEnd } from '../../lib/collector/expected-end.ts';
import { badgeFor } from '../../lib/words/badge.ts';
import { factsOf } from '../../lib/words/run-facts.ts';
import { noteStorageTrouble, readStorageTrouble } from '../../lib/settings/storage-error.ts';
import type { Store } from '../../lib/store/index.ts';
import { createNews } from './badge-lists.ts';
import { openOwnPage } from './extension-pages.ts';
import { pageView, providerName } from './page-view.ts';

/** Pages and badge are told at most so often. */
const EVERY = 500;

const BADGE_COLOURS = {
  busy: '#0B6B5E',
  done: '#1E6E34',
  partial: '#7A5200',
  waiting: '#7A5200',
  error: '#B3261E',
} as const;

export type Telling = ReturnType<typeof createTelling>;

export function createTelling(store: Store) {
  const waiting = new Map<SnapshotId, Snapshot>();
  const news = createNews(store.index);
  const asked = new Set<SnapshotId>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastStorage: Promise<unknown> = Promise.resolve();
  let badgeTurn = 0;

  /** Takes in a change; who shows it is told soon. A decision that a page's click led to is asked at once. */
  function changed(snapshot: Snapshot): void {
    waiting.set(snapshot.id, snapshot);
    timer ??= setTimeout(() => {
      timer = null;
      void tell();
    }, EVERY);
    const { state, startedFrom, id } = snapshot;
    if (state.kind !== 'confirming') asked.delete(id);
    else if (startedFrom === 'page' && !asked.has(id)) {
      asked.add(id);
      void openOwnPage(id);
    }
  }

  async function tell(): Promise<void> {
    const snapshots = Array.from(waiting.values());
    waiting.clear();
    await Promise.all([refreshBadge(), ...snapshots.map(tellPages)]);
  }

  async function tellTab(id: number, message: PageChanged | PageSwitched): Promise<void> {
    try {
      await browser.tabs.sendMessage(id, message);
    } catch (error) {
      // A tab that is just loading has nobody who listens, and neither has one that took no script.
      console.debug('A tab did not listen.', error instanceof Error ? error.message : '');
    }
  }

  /** Tells all tabs of the sites whether the user wants a button: one that shows no profile now may do so next. */
  async function button(isWanted: boolean): Promise<void> {
    const tabs = await browser.tabs.query({ url: [...pageMatches] });
    const message: PageSwitched = { name: 'page.switched', button: isWanted };
    await Promise.all(tabs.flatMap(({ id }) => (id === undefined ? [] : [tellTab(id, message)])));
  }

  /** Tells the tabs that show a profile, all of them or only one's, how it stands. */
  async function tellTabs(isMeant: (profile: PageProfile) => boolean): Promise<void> {
    const tabs = await browser.tabs.query({ url: [...pageMatches] });
    for (const { id, url } of tabs) {
      const profile = url === undefined ? null : readUrl(new URL(url));
      if (id === undefined || profile === null || !isMeant(profile)) continue;
      const view = await pageView(store, profile.platform, profile.handle);
      await tellTab(id, { name: 'page.changed', view });
    }
  }

  function tellPages({ platform, handleKey: key }: Snapshot): Promise<void> {
    return tellTabs((profile) => profile.platform === platform && handleKey(profile.handle) === key);
  }

  /** Takes in that the storage as a whole stopped working, or works: said where it needs no database. */
  function storage(trouble: StorageTrouble | null): Promise<void> {
    // One after another: of two at once, the later would find what the earlier is about to change.
    const told = lastStorage.then(() => tellStorage(trouble));
    lastStorage = told.catch(() => undefined);
    return told;
  }

  async function tellStorage(trouble: StorageTrouble | null): Promise<void> {
    if ((await readStorageTrouble()) === trouble) return;
    await noteStorageTrouble(trouble);
    // What follows may read the database, which may never answer: later news of it must not wait for that.
    Promise.all([
      refreshBadge(),
      // While the database does not open, pages keep what they show.
      store.trouble === null ? tellTabs(() => true) : undefined,
    ]).catch((error: unknown) => {
      console.warn('Could not show the state of storage.', error);
    });
  }

  async function refreshBadge(): Promise<void> {
    const now = Date.now();
    badgeTurn += 1;
    const turn = badgeTurn;
    if ((await readStorageTrouble()) !== null) {
      await browser.action.setBadgeText({ text: '!' });
      await browser.action.setBadgeBackgroundColor({ color: BADGE_COLOURS.error });
      return;
    }
    const facts = (await news.read()).map((snapshot) =>
      factsOf(snapshot, providerName(snapshot), expectedEnd(snapshot, now)),
    );
    // Reading takes a while. Meanwhile a later call may have found that the storage does not work.
    if (turn !== badgeTurn) return;
    const badge = badgeFor(facts, now);
    await browser.action.setBadgeText({ text: badge?.text ?? '' });
    if (badge !== null) await browser.action.setBadgeBackgroundColor({ color: BADGE_COLOURS[badge.tone] });
  }

  /** After a page wrote many lists at once. */
  async function restored(): Promise<void> {
    news.forget();
    await refreshBadge();
  }

  return { changed, refreshBadge, restored, storage, button, allPages: () => tellTabs(() => true) };
}
