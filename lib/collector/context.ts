/** What the collector's parts share. */
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { monthlyLimitOf } from '../settings/preferences.ts';
import { monthOf } from '../store/spending.ts';
import type { CollectorOptions, Environment } from './environment.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import { spendableFromPages } from './new-run.ts';
import { createStorageHealth } from './storage-health.ts';

export type Context = ReturnType<typeof createContext>;

export function createContext(options: CollectorOptions) {
  const { store, now, preferences } = options;
  const storage = createStorageHealth(options);

  const environment: Environment = {
    ...options,
    hasRoom: storage.hasRoom,
    unsaved: storage.unsaved,
    spendableUnapproved: async ({ provider: id, unit, startedFrom }) => {
      const current = await preferences();
      return startedFrom === 'page' ? spendableFromPages(current, { id, unit }) : current.askAbove[unit];
    },
    monthly: async (provider) => {
      const limit = monthlyLimitOf(await preferences(), provider);
      if (limit === null) return null;
      const at = now();
      const since = monthOf(at);
      const left = limit - (await store.money.spentSince(provider, since, at));
      return { allowance: { since, limit }, left };
    },
  };

  return {
    options,
    environment,
    storage,

    adapterOf: (id: ProviderId): Adapter | undefined => options.adapters.find((adapter) => adapter.id === id),

    /** The unfinished runs of a provider, in the order of the queue. */
    runsOf: async (provider: ProviderId): Promise<Snapshot[]> =>
      (await store.snapshots.unfinished()).filter((snapshot) => snapshot.provider === provider),

    /**
     * Applies an event to a snapshot as it is now, and passes the change on.
     * @returns the snapshot; `undefined` if it was deleted meanwhile
     */
    apply: async (
      id: SnapshotId,
      event: Event | ((snapshot: Snapshot) => Event),
    ): Promise<Snapshot | undefined> => {
      const snapshot = await store.snapshots.change(id, (current) =>
        reduce(current, typeof event === 'function' ? event(current) : event, now()),
      );
      if (snapshot !== undefined) options.changed(snapshot);
      return snapshot;
    },
  };
}
