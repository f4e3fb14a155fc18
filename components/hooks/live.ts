/** What the database holds, kept current. `undefined` until the first answer. */
import { useLiveQuery } from 'dexie-react-hooks';
import type { Snapshot, SnapshotId } from '../../lib/model.ts';
import type { KeyInfo } from '../../lib/store/index.ts';
import type { MonthlySpending } from '../../lib/store/spending.ts';
import { store } from './store.ts';

export function useSnapshots(): readonly Snapshot[] | undefined {
  return useLiveQuery(() => store.snapshots(), []);
}

/** @returns `null` where there is no such list (any more). */
export function useSnapshot(id: SnapshotId | null): Snapshot | null | undefined {
  return useLiveQuery(async () => (id === null ? null : ((await store.snapshot(id)) ?? null)), [id]);
}

export function useKeyInfos(): readonly KeyInfo[] | undefined {
  return useLiveQuery(() => store.keyInfos(), []);
}

export function useSpending(): readonly MonthlySpending[] | undefined {
  return useLiveQuery(() => store.spending(), []);
}
