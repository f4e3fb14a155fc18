/** Hooks for the database's content, kept current. They return `undefined` until the first result. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { Catalog, type ShownSnapshots } from './catalog.ts';
import { store } from './store.ts';

/** The page's shared copy of the snapshots. */
const catalog = new Catalog(store.index);
store.onStorageError((storageError) => {
  if (storageError === null) catalog.retry();
});

/** The result of a database query, which runs again whenever the data it read changes. */
export function useLive<T>(query: () => Promise<T>, dependencies: readonly unknown[]): T | undefined {
  return useLiveQuery(query, [...dependencies]);
}

function useShownSnapshots(): ShownSnapshots {
  return useSyncExternalStore(catalog.subscribe, catalog.shown);
}

function useAllSnapshots(): ShownSnapshots {
  useEffect(() => {
    catalog.wantAll();
  }, []);
  return useShownSnapshots();
}

/** All lists, newest first. */
export function useSnapshots(): readonly Snapshot[] | undefined {
  return useAllSnapshots().lists;
}

/** A list as far as the page knows it: `undefined` if it was not read yet, or does not exist. */
export function knownSnapshot(id: SnapshotId): Snapshot | undefined {
  return catalog.shown().byId.get(id);
}

/** The lists whose deletion can still be undone. */
export function useDeletedSnapshots(): readonly Snapshot[] | undefined {
  return useAllSnapshots().deleted;
}

/** How many stored lists cannot be read. */
export function useUnreadableLists(): number {
  return useAllSnapshots().unreadable;
}

/** @returns `null` if the list does not exist or was deleted */
export function useSnapshot(id: SnapshotId): Snapshot | null | undefined {
  useEffect(() => {
    catalog.want(id);
  }, [id]);
  const { byId, missing } = useShownSnapshots();
  const snapshot = byId.get(id);
  if (snapshot === undefined) return missing.has(id) ? null : undefined;
  return snapshot.deletedAt === undefined ? snapshot : null;
}

/** Calls back when an existing list is deleted. */
export function useWhenGone(snapshot: Snapshot | null | undefined, onGone: () => void): void {
  const wasThere = useRef(false);
  useEffect(() => {
    if (snapshot === null && wasThere.current) onGone();
    wasThere.current = snapshot != null;
  }, [snapshot, onGone]);
}

export function useKeyInfos(): readonly KeyInfo[] | undefined {
  return useLiveQuery(() => store.keys.infos(), []);
}
