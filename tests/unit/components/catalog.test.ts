/**
 * The page's copy of the snapshots: loaded in parts, then updated with changes only; every place shows the same
 * figure.
 */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Catalog, type CatalogSource } from '../../../components/hooks/catalog.ts';
import { snapshotIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot, State } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { until } from '../../harness/until.ts';
import { FRESH } from '../collector/machine-simulator.ts';

const RUNNING: State = { kind: 'running' };
const COMPLETE: State = { kind: 'ended', outcome: { kind: 'complete' } };

function idOf(n: number): SnapshotId {
  return snapshotIdSchema.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
}

/** The nth list, created at the nth moment. */
function list(n: number, over: Partial<Snapshot> = {}): Snapshot {
  const handle = handleSchema.parse(`profile_${String(n)}`);
  return { ...FRESH, id: idOf(n), handle, handleKey: handle, createdAt: n, state: COMPLETE, ...over };
}

let store: Store;
let name: string;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  name = `catalog-${crypto.randomUUID()}`;
  store = new Store(name);
});
afterEach(() => {
  store.close();
});

async function save(...snapshots: readonly Snapshot[]): Promise<void> {
  for (const snapshot of snapshots) await store.snapshots.addFinished(snapshot, []);
}

/** A source that records what is read through it. */
function recordingSource(): {
  readonly source: CatalogSource;
  readonly read: (readonly SnapshotId[] | 'part')[];
} {
  const read: (readonly SnapshotId[] | 'part')[] = [];
  const { index } = store;
  const source: CatalogSource = {
    async *parts() {
      for await (const part of index.parts()) {
        read.push('part');
        yield part;
      }
    },
    some: (ids) => {
      read.push([...ids]);
      return index.some(ids);
    },
    watch: (changed) => index.watch(changed),
  };
  return { source, read };
}

function waitForLists(catalog: Catalog, wanted: (lists: readonly Snapshot[]) => boolean) {
  return until('the lists to appear', () => {
    const { lists } = catalog.shown();
    return Promise.resolve(lists !== undefined && wanted(lists) ? lists : null);
  });
}

describe('reading', () => {
  it('loads all lists in parts, shows them newest first, and then reads only what changed', async () => {
    await save(...Array.from({ length: 520 }, (_, n) => list(n)));
    const { source, read } = recordingSource();
    const catalog = new Catalog(source);
    catalog.wantAll();
    const lists = await waitForLists(catalog, () => true);
    expect(lists.map(({ id }) => id)).toEqual(Array.from({ length: 520 }, (_, n) => idOf(519 - n)));
    expect(read).toEqual(['part', 'part', 'part']);

    await store.snapshots.change(idOf(7), (now) => ({ ...now, openedAt: 9 }));
    await waitForLists(catalog, (now) => now.some(({ openedAt }) => openedAt === 9));
    expect(read.slice(3)).toEqual([[idOf(7)]]);
  });

  it('loads the open list before all others', async () => {
    await save(list(1), list(2));
    const { source, read } = recordingSource();
    const catalog = new Catalog(source);
    catalog.want(idOf(2));
    catalog.wantAll();
    await waitForLists(catalog, (lists) => lists.length === 2);
    expect(read).toEqual([[idOf(2)], 'part']);
  });

  it('knows which lists are missing, which were added later, and which were deleted', async () => {
    const catalog = new Catalog(store.index);
    catalog.want(idOf(1));
    catalog.wantAll();
    await waitForLists(catalog, (lists) => lists.length === 0);
    expect(catalog.shown().missing).toEqual(new Set([idOf(1)]));
    await save(list(1), list(2));
    await waitForLists(catalog, (lists) => lists.length === 2);
    expect(catalog.shown().missing.size).toBe(0);
    await store.snapshots.hide(idOf(1), 5);
    await waitForLists(catalog, (lists) => lists.length === 1);
    expect(catalog.shown().deleted?.map(({ id }) => id)).toEqual([idOf(1)]);
    await store.snapshots.delete(idOf(1));
    await until('nothing to be undone', () =>
      Promise.resolve(catalog.shown().deleted?.length === 0 ? true : null),
    );
    await store.clear();
    await waitForLists(catalog, (lists) => lists.length === 0);
  });

  it('counts damaged rows, and shows the others', async () => {
    // Written past the store, as a bug of an earlier version or a damaged disk might have.
    const damaged: unknown[] = [
      { ...list(2), createdAt: 'yesterday' },
      { ...list(3), platform: 'myspace' },
      { ...list(4), state: null },
      { ...list(5), createdAt: 1e20 },
    ];
    await save(list(1));
    const past = await new Dexie(name).open();
    await past.table('snapshots').bulkAdd(damaged);
    past.close();
    const catalog = new Catalog(store.index);
    catalog.wantAll();
    const lists = await waitForLists(catalog, () => true);
    expect(lists.map(({ id }) => id)).toEqual([idOf(1)]);
    expect(catalog.shown().unreadable).toBe(4);
    await store.snapshots.delete(idOf(3));
    await until('one fewer', () => Promise.resolve(catalog.shown().unreadable === 3 ? true : null));
  });

  it('reports that the database cannot be read, and reads again once it can', async () => {
    await save(list(1));
    let isBroken = true;
    const catalog = new Catalog({
      ...recordingSource().source,
      async *parts() {
        if (isBroken) throw new Error('The database is closed.');
        yield* store.index.parts();
      },
    });
    catalog.wantAll();
    await until('the error', () => {
      try {
        catalog.shown();
        return Promise.resolve(null);
      } catch (error) {
        return Promise.resolve(error);
      }
    });
    isBroken = false;
    catalog.retry();
    await waitForLists(catalog, (lists) => lists.length === 1);
  });
});

describe('progress', () => {
  it('is shown once per second, all of it together; a change of state is shown immediately', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await save(list(1, { state: RUNNING }), list(2, { state: RUNNING }));
      let now = 0;
      let reading: Promise<unknown> = Promise.resolve();
      let received: (ids: readonly SnapshotId[] | 'all') => void = () => undefined;
      const catalog = new Catalog(
        {
          parts: () => store.index.parts(),
          some: (ids) => {
            const found = store.index.some(ids);
            reading = found;
            return found;
          },
          watch: (changed) => {
            received = changed;
            return () => undefined;
          },
        },
        () => now,
      );
      const rows = () => catalog.shown().lists?.map((shown) => `${String(shown.rows)}/${shown.state.kind}`);
      const change = async (n: number, over: Partial<Snapshot>): Promise<void> => {
        await store.snapshots.change(idOf(n), (current) => ({ ...current, ...over }));
        received([idOf(n)]);
        await reading;
        // Everything that follows the read is done before the next turn of the event loop.
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      };
      catalog.wantAll();
      await vi.waitFor(() => {
        expect(rows()).toEqual(['0/running', '0/running']);
      });
      now = 100;
      await change(1, { rows: 70, filled: 70 });
      await change(2, { rows: 140, filled: 140 });
      expect(rows()).toEqual(['0/running', '0/running']);
      now = 1000;
      vi.advanceTimersByTime(900);
      expect(rows()).toEqual(['140/running', '70/running']);
      now = 1100;
      await change(1, { rows: 71, filled: 71 });
      await change(2, { state: COMPLETE, rows: 150, filled: 150 });
      // It includes the delayed updates: no figure is older than another.
      expect(rows()).toEqual(['150/ended', '71/running']);
    } finally {
      vi.useRealTimers();
    }
  });
});
