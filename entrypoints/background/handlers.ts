/** What the background does when it is asked. */
import { browser } from 'wxt/browser';
import type { Collector } from '../../lib/collector/index.ts';
import type { Gate } from '../../lib/messages/exclusive-gate.ts';
import type { From, Handlers } from '../../lib/messages/receive.ts';
import type { AtHand, PageView } from '../../lib/messages/types.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { readUrl, type PageProfile } from '../../lib/platforms/index.ts';
import { readSchemaHint } from '../../lib/platforms/schema-hint.ts';
import { adapters } from '../../lib/providers/index.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import type { Store } from '../../lib/store/index.ts';
import { interruptingAll } from '../../lib/store/exclusive.ts';
import { deleteEverything } from './delete-everything.ts';
import { deleteInTime } from './purge-deleted-lists.ts';
import { anyHint, believed, hintOf, keepHint } from './hints.ts';
import { openInTab, openOwnPage } from './extension-pages.ts';
import { pageView, snapshotToShow } from './page-view.ts';
import type { Notifying } from './notifications.ts';
import type { Exports } from './exports.ts';
import type { Telling } from './run-updates.ts';

interface Options {
  readonly store: Store;
  readonly collector: Collector;
  readonly telling: Telling;
  readonly notifying: Notifying;
  readonly exports: Exports;
  /** What messages pass, and everything is deleted behind. */
  readonly gate: Gate;
}

type FromPage = From<'page.state'>;

export function createHandlers({ store, collector, telling, notifying, exports, gate }: Options): Handlers {
  function profileOf({ url }: FromPage): PageProfile | null {
    return readUrl(new URL(url));
  }

  async function view(from: FromPage): Promise<PageView | null> {
    const profile = profileOf(from);
    return profile === null ? null : pageView(store, profile.platform, profile.handle);
  }

  async function shown(from: FromPage): Promise<Snapshot | undefined> {
    const profile = profileOf(from);
    return profile === null ? undefined : snapshotToShow(store, profile.platform, profile.handle);
  }

  /** Acts on the run of the page's own profile, if one is going on. */
  async function onRun(from: FromPage, act: (snapshot: Snapshot) => Promise<void>): Promise<PageView | null> {
    const snapshot = await shown(from);
    if (snapshot !== undefined && !hasEnded(snapshot.state)) await act(snapshot);
    return view(from);
  }

  async function atHand(): Promise<AtHand | null> {
    const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    const profile = tab?.url === undefined ? null : readUrl(new URL(tab.url));
    if (tab?.id === undefined || profile === null) return null;
    return { tabId: tab.id, ...profile, hint: await hintOf(tab.id, profile) };
  }

  return {
    'page.state': async ({ schema }, from) => {
      const profile = profileOf(from);
      if (profile !== null) await keepHint(from.tabId, profile, readSchemaHint(schema, profile.handle));
      return view(from);
    },
    'page.start': async ({ relation }, from) => {
      const profile = profileOf(from);
      if (profile === null) return null;
      // Who wants no button on pages wants no page to start anything.
      if (!(await readPreferences(store)).pageButton) return view(from);
      const started = await collector.start({
        ...profile,
        relation,
        provider: null,
        howMany: null,
        cap: null,
        again: false,
        hint: believed(await hintOf(from.tabId, profile), profile, await store.snapshots()),
        startedFrom: 'page',
      });
      if (started.kind === 'no-key') await browser.runtime.openOptionsPage();
      else if (
        started.kind === 'exists' ||
        (started.kind === 'joined' && started.snapshot.state.kind === 'confirming')
      ) {
        await openOwnPage(started.snapshot.id);
      }
      return view(from);
    },
    'page.pause': (_, from) => onRun(from, ({ id }) => collector.pause(id)),
    'page.resume': (_, from) => onRun(from, ({ id }) => collector.resume(id)),
    'page.stop': (_, from) => onRun(from, ({ id }) => collector.stop(id)),
    'page.open': async (_, from) => {
      const snapshot = await shown(from);
      if (snapshot !== undefined) await openInTab(snapshot.id);
      return null;
    },

    'run.start': async (ask) => {
      const hint = believed(await anyHint(ask), ask, await store.snapshots());
      const started = await collector.start({ ...ask, hint, startedFrom: 'own' });
      return started.kind === 'no-key' ? started : { kind: started.kind, snapshotId: started.snapshot.id };
    },
    'run.confirm': async ({ snapshotId, howMany, cap }) => {
      await collector.confirm(snapshotId, howMany, cap);
      return null;
    },
    'run.pause': async ({ snapshotId }) => {
      await collector.pause(snapshotId);
      return null;
    },
    'run.resume': async ({ snapshotId }) => {
      await collector.resume(snapshotId);
      return null;
    },
    'run.read-again': ({ snapshotId }) => collector.readAgain(snapshotId),
    'run.stop': async ({ snapshotId }) => {
      await collector.stop(snapshotId);
      return null;
    },
    'run.continue': async ({ snapshotId, howMany, cap }) => {
      await collector.goOn(snapshotId, howMany, cap);
      return null;
    },
    'list.opened': async ({ snapshotId }) => {
      await store.markOpened(snapshotId, Date.now());
      notifying.seen(snapshotId);
      await telling.refreshBadge();
      return null;
    },
    'list.delete': async ({ snapshotId }) => {
      const hidden = await store.hide(snapshotId, Date.now());
      if (hidden) deleteInTime(store);
      await telling.refreshBadge();
      await telling.allPages();
      return hidden;
    },
    'list.restore': async ({ snapshotId }) => {
      const shown = await store.unhide(snapshotId);
      await telling.refreshBadge();
      await telling.allPages();
      return shown;
    },
    'keys.changed': async ({ provider }) => {
      await collector.keyChanged(provider);
      await telling.allPages();
      return null;
    },
    'preferences.changed': async () => {
      await telling.button((await readPreferences(store)).pageButton);
      return null;
    },
    'backup.restored': async () => {
      store.forgetSpending(adapters.map(({ id }) => id));
      await telling.restored();
      await telling.allPages();
      return null;
    },
    'storage.try-again': async () => {
      collector.tryStorage();
      return null;
    },
    'export.start': async (order) => {
      await exports.start(order);
      return null;
    },
    'export.cancel': async ({ id }) => {
      await exports.cancel(id);
      return null;
    },
    'export.dismiss': async ({ id }) => {
      await exports.dismiss(id);
      return null;
    },
    'export.told': async ({ id, state }) => {
      await exports.told(id, state);
      return null;
    },
    'export.idle': async () => {
      await exports.idle();
      return null;
    },
    'everything.delete': async () => {
      await interruptingAll(() =>
        gate.alone(() => deleteEverything({ store, collector, notifying, exports })),
      );
      await telling.allPages();
      return null;
    },
    'popup.at-hand': () => atHand(),
  };
}
