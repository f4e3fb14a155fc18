/** Updated lists, which show the pages of an earlier list below their own, on a real store. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadedColumns } from '../../../lib/lists/loaded.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { Rows } from '../../../lib/lists/rows.ts';
import { allAccounts, accountsAt } from '../../../lib/export/rows/read-list.ts';
import { readIdKeys } from '../../../lib/sets/id-keys.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { Dropped, rangesOf } from '../../../lib/store/layout.ts';
import { archiveOf } from '../../../lib/store/archive.ts';
import type { Store } from '../../../lib/store/index.ts';
import { updatedProfile } from '../collector/updated-profile.ts';

const HOUR = 3_600_000;
const { signal } = new AbortController();

describe('dropped positions', () => {
  it('agree with a plain list of positions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60)), (unsorted) => {
        const positions = unsorted.toSorted((a, b) => a - b);
        const dropped = new Dropped(rangesOf(positions));
        const shown = Array.from({ length: 80 }, (_, at) => at).filter((at) => !positions.includes(at));
        expect(dropped.count).toBe(positions.length);
        for (let at = 0; at < 80; at += 1) {
          expect(dropped.has(at)).toBe(positions.includes(at));
          expect(dropped.before(at)).toBe(positions.filter((one) => one < at).length);
        }
        shown.forEach((position, number) => {
          expect(dropped.positionOf(number)).toBe(position);
        });
      }),
      { numRuns: 300 },
    );
  });
});

/** The accounts of a list in order, read in every way there is; all must agree. */
async function readEveryWay(store: Store, list: Snapshot): Promise<string[]> {
  const { id } = list;
  const whole = (await store.pages.read(id, 0, 10_000)).flatMap((page) => page.accounts);
  const ids: string[] = whole.map((account) => account.id);
  const columns = await store.pages.readColumns(id, 0, 10_000);
  expect(columns.flatMap((page) => page.columns.id)).toEqual(ids);
  expect(columns.flatMap((page) => page.columns.handle ?? page.columns.id.map(() => null))).toEqual(
    whole.map(({ handle }) => handle),
  );
  const packed: string[] = [];
  await store.pages.eachIds(id, (page) => {
    for (const one of page) packed.push(String(one));
  });
  expect(packed).toEqual(ids);
  const facts = await store.pages.facts(id, 0, 10_000);
  expect(facts).toHaveLength(list.pages);
  let first = 0;
  for (const [seq, page] of facts.entries()) {
    expect(page).toMatchObject({ seq, first });
    first += page.rows;
  }
  expect(first).toBe(list.rows);
  const keys = await readIdKeys(store.pages, list, signal);
  expect(keys.count).toBe(list.rows);
  const rows = await new Rows(store.pages, id).at(Array.from(ids.keys()));
  expect(rows.map((row) => row.id)).toEqual(ids);
  for (let position = 0; position < ids.length; position += 1) {
    const page = await store.pages.pageAt(id, position);
    expect(page?.accounts[position - page.first]?.id).toBe(ids[position]);
    const seq = await store.pages.seqAt(id, position);
    expect(facts[seq ?? -1]?.first).toBe(page?.first);
  }
  const exported: string[] = [];
  for await (const batch of allAccounts(store, id, list.rows)) exported.push(...batch.accounts.id);
  expect(exported).toEqual(ids);
  const some = Uint32Array.from(ids.keys()).filter((position) => position % 3 === 1);
  const chosen: string[] = [];
  for await (const batch of accountsAt(store, id, some)) chosen.push(...batch.accounts.id);
  expect(chosen).toEqual(Array.from(some, (position) => ids[position]));
  const loaded = new LoadedColumns(store, id);
  for await (const segment of loaded.segments(extentOf(list), ['handle'], signal)) {
    expect(segment.count).toBe(list.rows);
  }
  return ids;
}

async function rowsOf(store: Store, id: SnapshotId): Promise<number> {
  return (await store.pages.read(id, 0, 10_000)).reduce((sum, { accounts }) => sum + accounts.length, 0);
}

const situation = fc.record({
  seed: fc.nat(2 ** 31),
  followers: fc.integer({ min: 12, max: 90 }),
  pageSize: fc.constantFrom(3, 5, 12),
  changesPerHour: fc.constantFrom(2, 30),
  fillSize: fc.constantFrom(0, 4),
  updates: fc.integer({ min: 1, max: 4 }),
});

interface Updates {
  readonly seed: number;
  readonly followers: number;
  readonly pageSize: number;
  readonly changesPerHour: number;
  readonly fillSize: number;
  readonly updates: number;
}

async function updatedLists({ updates, ...options }: Updates) {
  const profile = updatedProfile({ ...options, isDated: true, statesTime: true, pause: 300 });
  const lists = [await profile.run()];
  for (let update = 0; update < updates; update += 1) {
    const base = lists.at(-1);
    if (base === undefined || base.rows === 0) break;
    profile.environment.now += HOUR;
    profile.catchUp();
    lists.push(await profile.update(base.id));
  }
  return { profile, lists };
}

describe('an updated list', () => {
  it('reads the same in every way: its own accounts, then the others of the earlier list', async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (of) => {
        const { profile, lists } = await updatedLists(of);
        let earlier: string[] = [];
        for (const list of lists) {
          const ids = await readEveryWay(profile.store, list);
          const joined = list.update?.joined ?? null;
          if (joined !== null) {
            const own = ids.slice(0, list.rows - joined.rows);
            expect(ids.slice(own.length)).toEqual(earlier.filter((id) => !own.includes(id)));
          }
          earlier = ids;
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('and the lists that it shares pages with are deleted in any order without harm', async () => {
    await fc.assert(
      fc.asyncProperty(situation, fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }), async (of, order) => {
        const { profile, lists } = await updatedLists(of);
        const { store } = profile;
        const left = new Map<SnapshotId, string[]>();
        for (const list of lists) left.set(list.id, await profile.idsOf(list.id));
        for (const [, list] of lists
          .map((one, at) => [order[at] ?? 0, one] as const)
          .sort(([a], [b]) => a - b)) {
          await store.snapshots.delete(list.id);
          left.delete(list.id);
          for (const [id, ids] of left) {
            expect(await profile.idsOf(id)).toEqual(ids);
            const snapshot = await store.snapshots.get(id);
            if (snapshot !== undefined) await readEveryWay(store, snapshot);
          }
        }
        // Nothing is left behind.
        for (const { id } of lists) {
          expect(await rowsOf(store, id)).toBe(0);
          expect(await store.pages.checkpoint(id)).toMatchObject({ nextSeq: 0 });
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('takes almost no space beside what is new', async () => {
    const options = { seed: 3, followers: 110, pageSize: 5, changesPerHour: 2, fillSize: 0, updates: 1 };
    const { profile, lists } = await updatedLists(options);
    const [base, list] = lists;
    if (base === undefined || list === undefined) throw new Error('The lists are missing.');
    const stored = await archiveOf(profile.store).pageRows(list.id, 0, 10_000);
    const ownPages = list.pages - (list.update?.joined?.pages ?? 0);
    expect(stored.length).toBeGreaterThan(ownPages);
    const { nextSeq } = await profile.store.pages.checkpoint(list.id);
    expect(nextSeq).toBe(ownPages);
  });
});
