/** What the background does for each message. */
import { browser } from 'wxt/browser';
import type { Collector } from '../../lib/collector/index.ts';
import type { WatchedLists } from '../../lib/collector/watch/watches.ts';
import type { ExclusiveGate } from '../../lib/messages/exclusive-gate.ts';
import type { Handlers } from '../../lib/messages/receive.ts';
import type { ActiveProfile, MessageName } from '../../lib/messages/types.ts';
import { readUrl } from '../../lib/platforms/index.ts';
import { adapters } from '../../lib/providers/index.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import type { Store } from '../../lib/store/index.ts';
import { interruptingAll } from '../../lib/store/exclusive.ts';
import { deleteEverything } from './delete-everything.ts';
import type { Exports } from './exports.ts';
import { anyHint, hintOf, withTrustedId } from './hints.ts';
import type { Notifications } from './notifications.ts';
import { pageHandlers } from './page-handlers.ts';
import { empty } from './purge-deleted-lists.ts';
import type { RunUpdates } from './run-updates.ts';

/** The parts of the background that messages use. */
export interface Background {
  readonly store: Store;
  readonly collector: Collector;
  readonly watches: WatchedLists;
  readonly runUpdates: RunUpdates;
  readonly notifications: Notifications;
  readonly exports: Exports;
  /** Runs messages concurrently, and deletes everything only while none is running. */
  readonly gate: ExclusiveGate;
}

/** The handlers of the messages whose names begin with `P` and a dot. */
export type HandlersOf<P extends string> = Pick<Handlers, Extract<MessageName, `${P}.${string}`>>;

function runHandlers({ store, collector }: Background): HandlersOf<'run'> {
  return {
    'run.start': async (request) => {
      const hint = withTrustedId(await anyHint(request), request, await store.snapshots.all());
      const started = await collector.start({ ...request, hint, startedFrom: 'own' });
      return started.kind === 'no-key' ? started : { kind: started.kind, snapshotId: started.snapshot.id };
    },
    'run.update': async ({ snapshotId, cap }) => {
      const started = await collector.update(snapshotId, cap);
      return 'snapshot' in started ? { kind: started.kind, snapshotId: started.snapshot.id } : started;
    },
    'run.confirm': async ({ snapshotId, howMany, cap, check }) => {
      await collector.confirm(snapshotId, howMany, cap, check);
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
      await collector.continueList(snapshotId, howMany, cap);
      return null;
    },
  };
}

function batchHandlers({ collector }: Background): HandlersOf<'batch'> & HandlersOf<'queue'> {
  return {
    'batch.start': async (request) => {
      const started = await collector.startBatch(request);
      return started.kind === 'started' ? { kind: 'started', batchId: started.batch.id } : started;
    },
    'batch.pause': async ({ batchId }) => {
      await collector.pauseBatch(batchId);
      return null;
    },
    'batch.resume': async ({ batchId }) => {
      await collector.resumeBatch(batchId);
      return null;
    },
    'batch.retry': async ({ batchId }) => {
      await collector.retryBatch(batchId);
      return null;
    },
    'batch.stop': async ({ batchId }) => {
      await collector.stopBatch(batchId);
      return null;
    },
    'batch.limit': ({ batchId, limit }) => collector.changeBatchLimit(batchId, limit),
    'queue.move': ({ snapshotId, to }) => collector.moveInQueue(snapshotId, to),
  };
}

function listHandlers({ store, watches, notifications, runUpdates }: Background): HandlersOf<'list'> {
  return {
    'list.watch': ({ snapshotId, setting }) => watches.set(snapshotId, setting),
    'list.unwatch': async ({ watch }) => {
      await watches.off(watch);
      return null;
    },
    'list.opened': async ({ snapshotId }) => {
      await store.snapshots.markOpened(snapshotId, Date.now());
      notifications.opened(snapshotId);
      await runUpdates.refreshBadge();
      return null;
    },
    'list.describe': ({ snapshotId, name, notes }) => store.snapshots.describe(snapshotId, { name, notes }),
    'list.delete': async ({ snapshotId }) => {
      const isHidden = await store.snapshots.hide(snapshotId, Date.now());
      await runUpdates.refreshBadge();
      await runUpdates.updateAllPages();
      return isHidden;
    },
    'list.restore': async ({ snapshotId }) => {
      const isRestored = await store.snapshots.unhide(snapshotId);
      await runUpdates.refreshBadge();
      await runUpdates.updateAllPages();
      return isRestored;
    },
    'list.empty': ({ what }) => {
      empty(store, what, async () => {
        await runUpdates.refreshBadge();
        await runUpdates.updateAllPages();
      });
      return Promise.resolve(null);
    },
  };
}

type ChangeMessages = HandlersOf<'keys'> &
  HandlersOf<'preferences'> &
  HandlersOf<'backup'> &
  HandlersOf<'storage'>;

/** What extension pages changed without the background. */
function changeHandlers({ store, collector, watches, runUpdates }: Background): ChangeMessages {
  return {
    'keys.changed': async ({ provider }) => {
      await collector.keyChanged(provider);
      // A watched list may be due that had no key, or a locked one.
      await watches.check();
      await runUpdates.updateAllPages();
      return null;
    },
    'preferences.changed': async () => {
      await runUpdates.sendButtonPreference((await readPreferences(store)).pageButton);
      // A watched list may be due that a limit prevented.
      await watches.check();
      // Prices depend on the preferred provider, on limits, and on what credits cost the user.
      await runUpdates.updateAllPages();
      return null;
    },
    'backup.restored': async () => {
      store.money.forgetTotals(adapters.map(({ id }) => id));
      await runUpdates.backupRestored();
      return null;
    },
    'storage.try-again': async () => {
      collector.retryStorage();
      return null;
    },
  };
}

function exportHandlers({ exports }: Background): HandlersOf<'export'> {
  return {
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
    'export.state-changed': async ({ id, state }) => {
      await exports.stateChanged(id, state);
      return null;
    },
    'export.idle': async () => {
      await exports.hostIdle();
      return null;
    },
  };
}

async function activeProfile(): Promise<ActiveProfile | null> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const profile = tab?.url === undefined ? null : readUrl(new URL(tab.url));
  if (tab?.id === undefined || profile === null) return null;
  return { tabId: tab.id, ...profile, hint: await hintOf(tab.id, profile) };
}

export function createHandlers(background: Background): Handlers {
  const { gate, runUpdates } = background;
  return {
    ...pageHandlers(background),
    ...runHandlers(background),
    ...batchHandlers(background),
    ...listHandlers(background),
    ...changeHandlers(background),
    ...exportHandlers(background),
    'everything.delete': async () => {
      await interruptingAll(() => gate.runExclusive(() => deleteEverything(background)));
      await runUpdates.updateAllPages();
      return null;
    },
    'popup.hint': anyHint,
    'popup.active-profile': activeProfile,
  };
}
