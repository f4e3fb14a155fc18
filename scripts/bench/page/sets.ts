/** Measures the comparison of two lists, asked for like the dashboard's tab does. */
import { extentOf } from '../../../lib/lists/extent.ts';
import { LoadedColumns } from '../../../lib/lists/loaded.ts';
import { noFilters, wholeList, type ListFilters } from '../../../lib/lists/query.ts';
import { openReader } from '../../../lib/lists/reader.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { compareDetails } from '../../../lib/sets/details.ts';
import { IdKeysBuilder, type IdKeys } from '../../../lib/sets/id-keys.ts';
import { positionsIn, reversed } from '../../../lib/sets/join.ts';
import { detailsOf, timesOf } from '../../../lib/sets/list-columns.ts';
import { ListSets } from '../../../lib/sets/list-sets.ts';
import type { Changes, ComparedPair } from '../../../lib/sets/summary.ts';
import type { Store } from '../../../lib/store/index.ts';
import { opened, requestResult } from './raw.ts';
import { runQuery } from './read.ts';

/** Milliseconds. */
export interface SetTimes {
  /** In a page that was just opened. Includes starting the worker. */
  readonly compared: number;
  readonly changes: Changes;
  /** From the request for the accounts with a status until the first screen was there, after the comparison. */
  readonly opened: number;
  /** The same for the accounts that are not in the other list. */
  readonly openedByMembership: number;
}

/** What the comparison takes, part by part, in milliseconds. */
export interface SetParts {
  readonly ids: number;
  readonly join: number;
  readonly followTimes: number;
  readonly details: number;
  /** Everything, in a page without a worker. */
  readonly all: number;
}

const { signal } = new AbortController();

/** Builds the derived columns of two lists, as their runs do. */
export async function prepareSets(store: Store, [older, newer]: ComparedPair): Promise<void> {
  await new ListSets(store).compare(older, newer, signal);
}

/** Compares two lists, then opens what is new in the ordinary list. */
export async function measureSets(store: Store, [older, newer]: ComparedPair): Promise<SetTimes> {
  const reader = openReader(store, newer);
  try {
    await reader.refresh();
    const began = performance.now();
    const changes = await reader.compare([older, newer], signal);
    const compared = performance.now() - began;
    const open = async (filters: Partial<ListFilters>): Promise<number> => {
      const { rows, count } = await runQuery(reader, {
        ...wholeList,
        filters: { ...noFilters, ...filters },
      });
      if (count === 0) throw new Error('No account meets the filter.');
      return rows;
    };
    const condition = { kind: 'compared', with: older, statuses: ['new'], certain: null } as const;
    const openedNew = await open({ conditions: [condition] });
    const openedByMembership = await open({ notInLists: [older] });
    return { compared, changes, opened: openedNew, openedByMembership };
  } finally {
    reader.close();
  }
}

/** Milliseconds from the request for the accounts that are not in the other list, in a page that was just opened. */
export async function measureMembership(store: Store, [older, newer]: ComparedPair): Promise<number> {
  const reader = openReader(store, newer);
  try {
    await reader.refresh();
    const { rows } = await runQuery(reader, {
      ...wholeList,
      filters: { ...noFilters, notInLists: [older] },
    });
    return rows;
  } finally {
    reader.close();
  }
}

async function keysOf(store: Store, id: SnapshotId, rows: number): Promise<IdKeys> {
  const builder = new IdKeysBuilder(rows);
  await store.pages.eachIds(id, (ids) => {
    builder.add(ids);
  });
  return builder.keys();
}

async function timed<T>(work: () => Promise<T> | T): Promise<readonly [value: T, took: number]> {
  const began = performance.now();
  const value = await work();
  return [value, performance.now() - began];
}

/** Times the parts of a comparison separately. */
export async function partsOfSets(store: Store, [older, newer]: ComparedPair): Promise<SetParts> {
  const [then, now] = [await store.snapshots.get(older), await store.snapshots.get(newer)];
  if (then === undefined || now === undefined) throw new Error('The lists do not exist.');
  const [keys, ids] = await timed(async () => [
    await keysOf(store, older, then.rows),
    await keysOf(store, newer, now.rows),
  ]);
  const [a, b] = keys;
  if (a === undefined || b === undefined) throw new Error('There are no IDs.');
  const [inOther, join] = await timed(() => {
    const inOlder = positionsIn(b, a);
    return [reversed(inOlder, a.count), inOlder] as const;
  });
  const sides = [
    [new LoadedColumns(store, older), extentOf(then)],
    [new LoadedColumns(store, newer), extentOf(now)],
  ] as const;
  const [, followTimes] = await timed(async () => {
    await timesOf(...sides[0], 'followedAfter', signal);
    await timesOf(...sides[1], 'followedAfter', signal);
    await timesOf(...sides[1], 'followedBefore', signal);
  });
  const [, details] = await timed(async () => {
    const [one, other] = await Promise.all([
      detailsOf(...sides[0], inOther[0], signal),
      detailsOf(...sides[1], inOther[1], signal),
    ]);
    return compareDetails(one, other, inOther[1]);
  });
  const [, all] = await timed(() => new ListSets(store).compare(older, newer, signal));
  return { ids, join, followTimes, details, all };
}

/** Reads the IDs of lists as typed arrays, and sorts each with the built-in sort. */
export async function floorOfSets(lists: readonly SnapshotId[]): Promise<number> {
  const database = await opened('followledger');
  const began = performance.now();
  let rows = 0;
  for (const id of lists) {
    const range = IDBKeyRange.bound([id], [id, []]);
    const stored: unknown[] = await requestResult(
      database.transaction('ids').objectStore('ids').getAll(range),
    );
    const parts = stored
      .map((row): unknown => Reflect.get(Object(row), 'ids'))
      .filter((ids) => ids instanceof BigUint64Array);
    const all = new BigUint64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    all.sort();
    rows += all.length;
  }
  const took = performance.now() - began;
  database.close();
  if (rows === 0) throw new Error('There are no IDs.');
  return took;
}
