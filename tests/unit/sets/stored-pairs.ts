/** Simulated lists in a real store on a fake IndexedDB. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema, snapshotIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import { Store } from '../../../lib/store/index.ts';
import type { Served, SimulatedList } from './simulated-list.ts';

/** An empty store. */
export function emptyStore(): Store {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  return new Store('sets');
}

export function snapshotIdOf(index: number): SnapshotId {
  return snapshotIdSchema.parse(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
}

function accountOf({ id, handle, bio, createdAt }: Served): Account {
  return { ...unknownAccount(accountIdSchema.parse(id)), handle, bio, createdAt };
}

/** Stores a list as if it had been collected. */
export async function storeList(store: Store, id: SnapshotId, list: SimulatedList): Promise<void> {
  await store.snapshots.addFinished(
    { ...list.snapshot, id, createdAt: list.snapshot.startedAt ?? 1 },
    list.pages.map(({ rows, first, ...page }) => ({
      ...page,
      snapshotId: id,
      first,
      accounts: list.rows.slice(first, first + rows).map(accountOf),
      idsOnly: false,
      duplicates: 0,
      charged: 0,
      sha256: '0'.repeat(64),
    })),
  );
}
