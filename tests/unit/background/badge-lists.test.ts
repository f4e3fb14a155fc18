/** The lists that the badge counts: loaded once, then updated with changes only. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBadgeLists } from '../../../entrypoints/background/badge-lists.ts';
import { snapshotIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { FRESH } from '../collector/machine-simulator.ts';

const [FIRST, SECOND, THIRD] = ['1', '2', '3'].map((n) =>
  snapshotIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`),
) as [SnapshotId, SnapshotId, SnapshotId];

const ended = { kind: 'ended', outcome: { kind: 'complete' } } as const;

let store: Store;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store(`news-${crypto.randomUUID()}`);
});
afterEach(() => {
  store.close();
});

it('contains unfinished and unseen lists, and follows every change', async () => {
  let parts = 0;
  const badgeLists = createBadgeLists({
    parts: () => {
      parts += 1;
      return store.index.parts();
    },
    some: (ids) => store.index.some(ids),
    watch: (changed) => store.index.watch(changed),
  });
  const ids = async (): Promise<readonly SnapshotId[]> =>
    (await badgeLists.read()).map(({ id }) => id).toSorted();
  const keep = (id: SnapshotId, over: Partial<Snapshot>): Promise<void> =>
    store.snapshots.addFinished({ ...FRESH, id, ...over }, []);

  await keep(FIRST, {});
  await keep(SECOND, { state: ended, openedAt: null });
  await keep(THIRD, { state: ended, openedAt: 5 });
  expect(await ids()).toEqual([FIRST, SECOND]);
  await store.snapshots.change(FIRST, (now) => ({ ...now, rows: 70 }));
  expect((await badgeLists.read()).find(({ id }) => id === FIRST)?.rows).toBe(70);
  await store.snapshots.markOpened(SECOND, 9);
  expect(await ids()).toEqual([FIRST]);
  await store.snapshots.change(FIRST, (now) => ({ ...now, state: ended }));
  expect(await ids()).toEqual([FIRST]);
  await store.snapshots.hide(FIRST, 10);
  expect(await ids()).toEqual([]);
  await store.snapshots.unhide(FIRST);
  expect(await ids()).toEqual([FIRST]);
  expect(parts).toBe(1);
  await store.clear();
  expect(await ids()).toEqual([]);
  expect(parts).toBe(2);
});
