/** What the button on a profile's page shows. */
import { viewOf } from '../../lib/collector/expected-end.ts';
import type { PageView, RunView } from '../../lib/messages/types.ts';
import type { StorageError } from '../../lib/model/error.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { hasEnded, isWorthOpening, type Snapshot } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { adapterById, adapters } from '../../lib/providers/index.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { readStorageError } from '../../lib/settings/storage-error.ts';
import type { Store } from '../../lib/store/index.ts';
import { pageOffers } from './page-offers.ts';

export function providerName({ provider }: Snapshot): string {
  return adapterById(provider)?.name ?? provider;
}

/** While the storage does not work, runs that are stored as active are shown as blocked: their progress cannot be stored. */
function runView(snapshot: Snapshot, storage: StorageError | null): RunView {
  const view = viewOf(snapshot, providerName(snapshot), Date.now());
  const stuck = storage !== null && ['queued', 'resolving', 'running', 'waiting'].includes(view.state.kind);
  return stuck ? { ...view, state: { kind: 'blocked', trouble: { kind: 'storage', name: storage } } } : view;
}

/** The unfinished run, or else the newest list. */
export async function snapshotToShow(
  store: Store,
  platform: Platform,
  handle: string,
): Promise<Snapshot | undefined> {
  const key = handleKey(handle);
  const lists = await Promise.all([
    store.snapshots.ofProfile(platform, key, 'followers'),
    store.snapshots.ofProfile(platform, key, 'following'),
  ]);
  const all = lists.flat().sort((a, b) => b.createdAt - a.createdAt);
  const isWorthShowing = (snapshot: Snapshot): boolean =>
    isWorthOpening(snapshot) || (hasEnded(snapshot.state) && snapshot.state.outcome.kind === 'failed');
  return all.find(({ state }) => !hasEnded(state)) ?? all.find(isWorthShowing);
}

const NO_OFFERS: PageView['offers'] = { followers: null, following: null };

/** @param tabId the tab that shows the profile, whose page may state counts */
export async function pageView(store: Store, profile: PageProfile, tabId: number): Promise<PageView> {
  const { platform, handle } = profile;
  const [{ pageButton }, keys, snapshot, storage] = await Promise.all([
    readPreferences(store),
    store.keys.infos(),
    snapshotToShow(store, platform, handle),
    readStorageError(),
  ]);
  const withKey = new Set(keys.map(({ provider }) => provider));
  return {
    platform,
    handle,
    button: pageButton,
    hasKey: adapters.some((adapter) => adapter.supports(platform, 'followers') && withKey.has(adapter.id)),
    run: snapshot === undefined ? null : runView(snapshot, storage),
    // While a run is unfinished, no click starts another one.
    offers:
      snapshot === undefined || hasEnded(snapshot.state)
        ? await pageOffers(store, profile, tabId)
        : NO_OFFERS,
  };
}
