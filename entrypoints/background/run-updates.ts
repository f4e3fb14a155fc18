/** Updates the badge, and the pages that show a profile, when its runs change. */
import { browser } from 'wxt/browser';
import type { PageChanged, PageSwitched } from '../../lib/messages/types.ts';
import type { StorageError } from '../../lib/model/error.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { pageMatches, readUrl, type PageProfile } from '../../lib/platforms/index.ts';
import { saveStorageError, readStorageError } from '../../lib/settings/storage-error.ts';
import type { Store } from '../../lib/store/index.ts';
import { createBadge } from './badge.ts';
import { openExtensionPage } from './extension-pages.ts';
import { pageView } from './page-view.ts';

/** Pages and the badge are updated at most this often, milliseconds. */
const UPDATE_INTERVAL = 500;

async function sendToTab(id: number, message: PageChanged | PageSwitched): Promise<void> {
  try {
    await browser.tabs.sendMessage(id, message);
  } catch (error) {
    // A tab that is still loading, or that did not accept the script, has no listener.
    console.debug('A tab did not listen.', error instanceof Error ? error.message : '');
  }
}

/** Notifies all tabs of the platforms whether the user wants the button: a tab without a profile may show one next. */
async function sendButtonPreference(isWanted: boolean): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...pageMatches] });
  const message: PageSwitched = { name: 'page.switched', button: isWanted };
  await Promise.all(tabs.flatMap(({ id }) => (id === undefined ? [] : [sendToTab(id, message)])));
}

/** Sends the tabs that show a profile, if it matches, its current state. */
async function updateTabs(store: Store, matches: (profile: PageProfile) => boolean): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...pageMatches] });
  for (const { id, url } of tabs) {
    const profile = url === undefined ? null : readUrl(new URL(url));
    if (id === undefined || profile === null || !matches(profile)) continue;
    const view = await pageView(store, profile.platform, profile.handle);
    await sendToTab(id, { name: 'page.changed', view });
  }
}

function updateTabsOf(store: Store, { platform, handleKey: key }: Snapshot): Promise<void> {
  return updateTabs(store, (profile) => profile.platform === platform && handleKey(profile.handle) === key);
}

export type RunUpdates = ReturnType<typeof createRunUpdates>;

export function createRunUpdates(store: Store) {
  const pending = new Map<SnapshotId, Snapshot>();
  const badge = createBadge(store.index);
  const prompted = new Set<SnapshotId>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastStorage: Promise<unknown> = Promise.resolve();

  const updateAllPages = (): Promise<void> => updateTabs(store, () => true);

  async function flush(): Promise<void> {
    const snapshots = Array.from(pending.values());
    pending.clear();
    await Promise.all([badge.refresh(), ...snapshots.map((snapshot) => updateTabsOf(store, snapshot))]);
  }

  /** Schedules an update. If a run that was started from a page needs approval, its price is shown immediately. */
  function runChanged(snapshot: Snapshot): void {
    pending.set(snapshot.id, snapshot);
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, UPDATE_INTERVAL);
    const { state, startedFrom, id } = snapshot;
    if (state.kind !== 'confirming') prompted.delete(id);
    else if (startedFrom === 'page' && !prompted.has(id)) {
      prompted.add(id);
      void openExtensionPage(id);
    }
  }

  async function updateStorage(storageError: StorageError | null): Promise<void> {
    if ((await readStorageError()) === storageError) return;
    await saveStorageError(storageError);
    // What follows may read the database, which may never respond. Later changes must not wait for that.
    Promise.all([
      badge.refresh(),
      // While the database cannot be opened, pages continue to show what they have.
      store.error === null ? updateAllPages() : undefined,
    ]).catch((error: unknown) => {
      console.warn('Could not show the state of storage.', error);
    });
  }

  /** Stores and shows that the storage stopped working or works again. Does not need the database. */
  function storageChanged(storageError: StorageError | null): Promise<void> {
    // One after another: each compares with what the previous one stored.
    const updated = lastStorage.then(() => updateStorage(storageError));
    lastStorage = updated.catch(() => undefined);
    return updated;
  }

  /** For a page that wrote many lists at once. */
  async function backupRestored(): Promise<void> {
    badge.invalidate();
    await badge.refresh();
    await updateAllPages();
  }

  return {
    runChanged,
    storageChanged,
    backupRestored,
    refreshBadge: badge.refresh,
    sendButtonPreference,
    updateAllPages,
  };
}
