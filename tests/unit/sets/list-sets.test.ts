import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../lib/lists/engine.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { noFilters, wholeList, type ListFilters } from '../../../lib/lists/query.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { statusAt, type Statements } from '../../../lib/sets/classify.ts';
import { ListSets } from '../../../lib/sets/list-sets.ts';
import { listsIn } from '../../../lib/sets/overlap.ts';
import type { Status } from '../../../lib/sets/statuses.ts';
import { changesOf } from '../../../lib/sets/summary.ts';
import type { Store } from '../../../lib/store/index.ts';
import { collectPair, pairOptions } from './pairs.ts';
import { emptyStore, snapshotIdOf, storeList } from './stored-pairs.ts';

// Segments are so small that a list of a few dozen accounts has several.
vi.mock(import('../../../lib/lists/columns.ts'), async (original) => ({
  ...(await original()),
  SEGMENT: 16,
}));

const { signal } = new AbortController();
const [OLDER, NEWER, AGAIN] = [snapshotIdOf(1), snapshotIdOf(2), snapshotIdOf(3)];

/** Pairs whose lists don't start at the same moment by this computer's clock, so that their order is known. */
const ordered = pairOptions.map((options) => ({
  ...options,
  hoursBetween: Math.max(1, options.hoursBetween),
  newer: { ...options.newer, clock: options.older.clock },
}));

async function found(
  store: Store,
  id: SnapshotId,
  filters: Partial<ListFilters>,
): Promise<readonly number[]> {
  const snapshot = await store.snapshots.get(id);
  if (snapshot === undefined) throw new Error('No such list.');
  const query = { ...wholeList, filters: { ...noFilters, ...filters } };
  let last: readonly number[] = [];
  for await (const { positions } of new Engine(store, id).find(query, extentOf(snapshot), signal)) {
    last = Array.from(positions ?? []);
  }
  return last;
}

function positionsWith(statements: Statements, status: Status): readonly number[] {
  const positions = Array.from(statements.status.keys());
  return positions.filter((at) => statusAt(statements, at) === status);
}

describe('two stored lists', () => {
  it('are compared as their accounts are, in either order', async () => {
    await fc.assert(
      fc.asyncProperty(ordered, async (options) => {
        const simulated = await collectPair(options);
        const store = emptyStore();
        await storeList(store, OLDER, simulated.older);
        await storeList(store, NEWER, simulated.newer);
        const compared = await new ListSets(store).compare(NEWER, OLDER, signal);
        expect(compared.older.evidence).toEqual(simulated.pair.older.evidence);
        expect(compared.newer.evidence).toEqual(simulated.pair.newer.evidence);
        expect(compared.classified).toEqual(simulated.classified);
        store.close();
      }),
      { numRuns: 60 },
    );
  });

  it('have the same order whichever is named first, even if they were started at the same moment', async () => {
    const [options] = fc.sample(ordered, { numRuns: 1, seed: 3 });
    if (options === undefined) throw new Error('There is no sample.');
    const { older, newer } = await collectPair({ ...options, followers: 20 });
    const startedAt = older.snapshot.startedAt;
    const store = emptyStore();
    await storeList(store, OLDER, { ...older, snapshot: { ...older.snapshot, startedAt } });
    await storeList(store, NEWER, { ...newer, snapshot: { ...newer.snapshot, startedAt } });
    const sets = new ListSets(store);
    const orders = [await sets.compare(OLDER, NEWER, signal), await sets.compare(NEWER, OLDER, signal)];
    expect(orders.map((found) => [found.older.id, found.newer.id])).toEqual([
      [OLDER, NEWER],
      [OLDER, NEWER],
    ]);
    store.close();
  });

  it('can be in progress, or deleted', async () => {
    const [options] = fc.sample(ordered, { numRuns: 1, seed: 3 });
    if (options === undefined) throw new Error('There is no sample.');
    const { older, newer } = await collectPair({ ...options, followers: 20 });
    const store = emptyStore();
    await storeList(store, OLDER, older);
    await storeList(store, NEWER, newer);
    const sets = new ListSets(store);
    const before = await sets.compare(OLDER, NEWER, signal);
    // A list that is being collected has no end yet.
    await store.snapshots.change(NEWER, (now) => ({
      ...now,
      state: { kind: 'running' },
    }));
    const during = await sets.compare(OLDER, NEWER, signal);
    expect(during).not.toBe(before);
    expect(during.newer.evidence.end).toBe('open');
    await store.snapshots.change(NEWER, (now) => ({ ...now, deletedAt: 1 }));
    await expect(sets.compare(OLDER, NEWER, signal)).rejects.toThrow('was deleted');
    await expect(sets.shared(NEWER, OLDER, signal)).rejects.toThrow('was deleted');
    expect(await sets.elsewhere(OLDER, 0, signal)).toEqual([]);
    store.close();
  });

  it('are opened by membership and by status', async () => {
    await fc.assert(
      fc.asyncProperty(ordered, fc.constantFrom(true, false, null), async (options, certain) => {
        const { older, newer, pair, classified } = await collectPair(options);
        const store = emptyStore();
        await storeList(store, OLDER, older);
        await storeList(store, NEWER, newer);
        const positions = newer.rows.map((_, at) => at);
        const isIn = (at: number): boolean => pair.newer.inOther[at] !== -1;
        expect(await found(store, NEWER, { inLists: [OLDER] })).toEqual(positions.filter(isIn));
        expect(await found(store, NEWER, { notInLists: [OLDER] })).toEqual(
          positions.filter((at) => !isIn(at)),
        );
        for (const status of ['new', 'renamed', 'notCovered'] as const) {
          const condition = { kind: 'compared', with: OLDER, statuses: [status], certain } as const;
          const expected = positionsWith(classified.newer, status).filter(
            (at) => certain === null || certain === (classified.newer.doubts[at] === 0),
          );
          expect(await found(store, NEWER, { conditions: [condition] })).toEqual(expected);
        }
        const gone = { kind: 'compared', with: NEWER, statuses: ['noLongerListed'], certain: null } as const;
        expect(await found(store, OLDER, { conditions: [gone] })).toEqual(
          positionsWith(classified.older, 'noLongerListed'),
        );
        store.close();
      }),
      { numRuns: 25 },
    );
  });

  it('are summed up so that every account is counted once', async () => {
    await fc.assert(
      fc.asyncProperty(pairOptions, async (options) => {
        const { older, newer, pair, classified } = await collectPair(options);
        const { counts, shared } = changesOf({
          older: { id: OLDER, evidence: pair.older.evidence, inOther: pair.older.inOther },
          newer: { id: NEWER, evidence: pair.newer.evidence, inOther: pair.newer.inOther },
          classified,
          byHandle: pair.byHandle,
        });
        const total = counts.reduce((sum, { count }) => sum + count, 0);
        expect(total).toBe(older.rows.length + newer.rows.length - shared);
        for (const { count, certain, doubts } of counts) {
          expect(certain).toBeLessThanOrEqual(count);
          expect(doubts.length > 0).toBe(certain < count);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('several stored lists', () => {
  it('overlap as their filters say, whatever kinds of IDs they have', async () => {
    const matched = { byHandle: 0 };
    await fc.assert(
      fc.asyncProperty(ordered, async (options) => {
        const { older, newer } = await collectPair(options);
        // A handle that was taken over joins two accounts, or none.
        const rows = [...older.rows, ...newer.rows];
        const owners = new Map(rows.map(({ handle, index }) => [handle, index]));
        fc.pre(rows.every(({ handle, index }) => owners.get(handle) === index));
        const store = emptyStore();
        const ids = [NEWER, OLDER, AGAIN] as const;
        await storeList(store, NEWER, newer);
        await storeList(store, OLDER, older);
        await storeList(store, AGAIN, older);
        const read: number[] = [];
        const overlap = await new ListSets(store).overlap(ids, (n) => read.push(n), signal);
        expect(read).toEqual([0, 1, 2, 3]);
        expect(overlap.lists.map(({ count }) => count)).toEqual(
          [newer, older, older].map(({ rows }) => rows.length),
        );
        for (const [at, mask] of overlap.masks.entries()) {
          const lists = listsIn(mask).flatMap((list) => ids[list] ?? []);
          const [first, ...inLists] = lists;
          if (first === undefined) throw new Error('A combination has no list.');
          const filters = { inLists, notInLists: ids.filter((id) => !lists.includes(id)) };
          expect(
            await found(store, first, filters),
            `${String(mask)} ${JSON.stringify(options)}`,
          ).toHaveLength(overlap.counts[at] ?? 0);
        }
        matched.byHandle += overlap.byHandle;
        store.close();
      }),
      { numRuns: 40 },
    );
    expect(matched.byHandle).toBeGreaterThan(0);
  });

  it('must exist, and reading them can be ended', async () => {
    const [options] = fc.sample(ordered, { numRuns: 1, seed: 1 });
    if (options === undefined) throw new Error('There is no sample.');
    const { newer } = await collectPair({ ...options, followers: 10 });
    const store = emptyStore();
    await storeList(store, NEWER, newer);
    await storeList(store, OLDER, newer);
    const sets = new ListSets(store);
    const ignore = (): void => undefined;
    await expect(sets.overlap([NEWER, AGAIN], ignore, signal)).rejects.toThrow('was deleted');
    const ending = new AbortController();
    const reading = sets.overlap(
      [NEWER, OLDER],
      () => {
        ending.abort(new Error('Ended.'));
      },
      ending.signal,
    );
    await expect(reading).rejects.toThrow('Ended.');
    store.close();
  });
});

describe('an account', () => {
  it('is found in the other lists of the platform', async () => {
    await fc.assert(
      fc.asyncProperty(ordered, async (options) => {
        const { older, newer } = await collectPair(options);
        const store = emptyStore();
        await storeList(store, OLDER, older);
        await storeList(store, NEWER, newer);
        const sets = new ListSets(store);
        for (const [at, { id }] of newer.rows.entries()) {
          const position = older.rows.findIndex((row) => row.id === id);
          expect(await sets.elsewhere(NEWER, at, signal)).toEqual(
            position < 0 ? [] : [{ id: OLDER, position }],
          );
        }
        store.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe('a list that a filter refers to', () => {
  it('must exist', async () => {
    const [options] = fc.sample(ordered, { numRuns: 1, seed: 1 });
    if (options === undefined) throw new Error('There is no sample.');
    const { newer } = await collectPair({ ...options, followers: 10 });
    const store = emptyStore();
    await storeList(store, NEWER, newer);
    await expect(found(store, NEWER, { notInLists: [OLDER] })).rejects.toThrow('was deleted');
    store.close();
  });
});
