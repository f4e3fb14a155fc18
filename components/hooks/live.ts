/** What the database holds, kept current. `undefined` until the first answer. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect, useRef } from 'react';
import type { Snapshot, SnapshotId } from '../../lib/model.ts';
import type { KeyInfo } from '../../lib/store/index.ts';
import type { MonthlySpending } from '../../lib/store/spending.ts';
import { store } from './store.ts';

/** What a question to the database answers, asked again whenever what it read has changed. */
export function useLive<T>(ask: () => Promise<T>, dependencies: readonly unknown[]): T | undefined {
  return useLiveQuery(ask, [...dependencies]);
}

export function useSnapshots(): readonly Snapshot[] | undefined {
  return useLiveQuery(() => store.snapshots(), []);
}

/** The lists whose deletion can still be undone. */
export function useDeletedSnapshots(): readonly Snapshot[] | undefined {
  return useLiveQuery(() => store.deletedSnapshots(), []);
}

/** @returns `null` where there is no such list (any more). */
export function useSnapshot(id: SnapshotId | null): Snapshot | null | undefined {
  return useLiveQuery(async () => {
    const snapshot = id === null ? undefined : await store.snapshot(id);
    return snapshot === undefined || snapshot.deletedAt !== undefined ? null : snapshot;
  }, [id]);
}

/** Calls back when a list that was there is no longer. */
export function useWhenGone(snapshot: Snapshot | null | undefined, gone: () => void): void {
  const wasThere = useRef(false);
  useEffect(() => {
    if (snapshot === null && wasThere.current) gone();
    wasThere.current = snapshot != null;
  }, [snapshot, gone]);
}

export function useKeyInfos(): readonly KeyInfo[] | undefined {
  return useLiveQuery(() => store.keyInfos(), []);
}

export function useSpending(): readonly MonthlySpending[] | undefined {
  return useLiveQuery(() => store.spending(), []);
}
