/** The accounts of several lists, each once. Only IDs and numbers stay in memory; accounts are read a second time. */
import { extentOf } from '../../lists/extent.ts';
import { LoadedColumns } from '../../lists/loaded.ts';
import type { SnapshotId } from '../../model/ids.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { DistinctAccounts } from '../../sets/distinct.ts';
import { freeMemory } from '../../sets/free-memory.ts';
import { readIdKeys, type IdKind } from '../../sets/id-keys.ts';
import { handlesOf } from '../../sets/list-columns.ts';
import type { Store } from '../../store/index.ts';
import { withoutDetails } from '../../words/without-details.ts';
import type { Batch } from './batch.ts';
import type { ExportSource } from './columns.ts';
import { FollowTimesOfList } from './follow-times.ts';
import { BETWEEN_NAMES, namesOfLists } from './list-names.ts';
import { isIdOnly } from './missing-details.ts';
import { accountsAt, allAccounts, ListDeletedError } from './read-list.ts';

const NO_LIST = 0xffff;

/** One of several lists. */
export interface ListOfSeveral {
  readonly snapshot: Snapshot;
  /** The number of each of its accounts, by position. */
  readonly numbers: Uint32Array<ArrayBuffer>;
}

export interface SeveralLists {
  /** Newest first. */
  readonly lists: readonly ListOfSeveral[];
  readonly accounts: DistinctAccounts;
  /** How many distinct accounts the lists have. */
  readonly count: number;
  /** From which list the details of each account are: the newest that has any, or else the newest that has the account. */
  readonly detailsFrom: Uint16Array<ArrayBuffer>;
}

function newestFirst(a: Snapshot, b: Snapshot): number {
  const began = ({ startedAt, createdAt }: Snapshot): number => startedAt ?? createdAt;
  return began(b) - began(a) || (a.id < b.id ? 1 : -1);
}

/** The lists of an export, newest first. @throws ListDeletedError if one was deleted */
export async function snapshotsOf(
  store: Pick<Store, 'snapshots'>,
  ids: readonly SnapshotId[],
): Promise<readonly Snapshot[]> {
  const found: Snapshot[] = [];
  for (const id of new Set(ids)) {
    const snapshot = await store.snapshots.get(id);
    if (snapshot === undefined || snapshot.deletedAt !== undefined) throw new ListDeletedError();
    found.push(snapshot);
  }
  return found.sort(newestFirst);
}

/** @throws ListDeletedError if one of the lists was deleted; `signal.reason` if it is aborted */
export async function readSeveralLists(
  store: Store,
  ids: readonly SnapshotId[],
  signal: AbortSignal,
): Promise<SeveralLists> {
  const snapshots = await snapshotsOf(store, ids);
  const rows = snapshots.reduce((sum, snapshot) => sum + snapshot.rows, 0);
  // Each profile may be an account, too.
  const accounts = new DistinctAccounts(rows + snapshots.length);
  const needsHandles = await haveOtherIds(store, snapshots, signal);
  const lists: ListOfSeveral[] = [];
  for (const snapshot of snapshots) {
    const keys = await readIdKeys(store.pages, snapshot, signal);
    if (keys.count < snapshot.rows) throw new ListDeletedError();
    const handles = needsHandles
      ? await handlesOf(new LoadedColumns(store, snapshot.id), extentOf(snapshot), signal)
      : null;
    lists.push({ snapshot, numbers: accounts.add(keys, handles) });
    freeMemory(keys.low, keys.high);
  }
  const { count } = accounts;
  return { lists, accounts, count, detailsFrom: await chooseDetails(store, lists, count, signal) };
}

/** Whether accounts could be in several lists under different IDs. */
async function haveOtherIds(
  store: Store,
  snapshots: readonly Snapshot[],
  signal: AbortSignal,
): Promise<boolean> {
  if (snapshots.length < 2) return false;
  const kinds = new Set<IdKind>();
  for (const snapshot of snapshots) {
    const keys = await readIdKeys(store.pages, snapshot, signal);
    for (const kind of keys.kinds) kinds.add(kind);
    freeMemory(keys.low, keys.high);
  }
  return kinds.size > 1 || kinds.has('handle');
}

async function chooseDetails(
  store: Store,
  lists: readonly ListOfSeveral[],
  count: number,
  signal: AbortSignal,
): Promise<Uint16Array<ArrayBuffer>> {
  // Zeros: memory that is never written to takes no space.
  if (lists.length === 1) return new Uint16Array(count);
  const from = new Uint16Array(count).fill(NO_LIST);
  const isDetailed = new Uint8Array(count);
  for (const [index, { snapshot, numbers }] of lists.entries()) {
    const offer = (number: number, hasDetails: boolean): void => {
      if (from[number] === NO_LIST || (hasDetails && isDetailed[number] === 0)) from[number] = index;
      if (hasDetails) isDetailed[number] = 1;
    };
    if (withoutDetails(snapshot)?.idsOnly === 0) {
      for (const number of numbers) offer(number, true);
      continue;
    }
    for await (const { positions, accounts } of allAccounts(store, snapshot.id, snapshot.rows)) {
      signal.throwIfAborted();
      positions.forEach((position, row) => {
        offer(numbers[position - 1] ?? 0, !isIdOnly(accounts, row));
      });
    }
  }
  freeMemory(isDetailed);
  return from;
}

/**
 * The accounts whose details are from one of the lists, in its order; together, those of all lists are each account once.
 * @throws ListDeletedError if the list was deleted
 */
export function accountsFrom(
  store: Store,
  { lists, detailsFrom }: SeveralLists,
  index: number,
): AsyncGenerator<Batch> {
  const list = lists[index];
  if (list === undefined) throw new RangeError(`There is no list ${index}.`);
  const { snapshot, numbers } = list;
  // Whole pages needn't be copied.
  if (lists.length === 1 && detailsFrom.length === numbers.length)
    return allAccounts(store, snapshot.id, numbers.length);
  const isRead = new Uint8Array(detailsFrom.length);
  const positions = new Uint32Array(numbers.length);
  let count = 0;
  numbers.forEach((number, position) => {
    // A list has every account once. If it does not, the first counts.
    if (detailsFrom[number] !== index || isRead[number] === 1) return;
    isRead[number] = 1;
    positions[count] = position;
    count += 1;
  });
  freeMemory(isRead);
  if (count === numbers.length) {
    freeMemory(positions);
    return allAccounts(store, snapshot.id, count);
  }
  return accountsAt(store, snapshot.id, positions.subarray(0, count));
}

/**
 * In which lists each account is. Each combination of lists that occurs is stored once: as the combination without its
 * last list, and that list. So there can be any number of lists, and an account takes one number.
 */
class Membership {
  /** The combination of each account; 0 is none. */
  readonly #of: Uint32Array<ArrayBuffer>;
  readonly #without: number[] = [0];
  readonly #last: number[] = [-1];

  constructor({ lists, count }: Pick<SeveralLists, 'lists' | 'count'>) {
    this.#of = new Uint32Array(count);
    for (const [index, { numbers }] of lists.entries()) {
      const extended = new Map<number, number>();
      for (const number of numbers) {
        const before = this.#of[number] ?? 0;
        // A list has every account once. If it does not, the first counts.
        if (this.#last[before] !== index) this.#of[number] = this.#with(before, index, extended);
      }
    }
  }

  /** The combination with one more list. */
  #with(before: number, index: number, extended: Map<number, number>): number {
    const known = extended.get(before);
    if (known !== undefined) return known;
    const next = this.#last.length;
    this.#without.push(before);
    this.#last.push(index);
    extended.set(before, next);
    return next;
  }

  combinationOf(number: number): number {
    return this.#of[number] ?? 0;
  }

  /** The lists of a combination, in their order. */
  listsIn(combination: number): number[] {
    const lists: number[] = [];
    for (let at = combination; at !== 0; at = this.#without[at] ?? 0) lists.push(this.#last[at] ?? 0);
    return lists.reverse();
  }
}

/** The rows of a table of several lists, with follow times. @throws what {@link readSeveralLists} throws */
export async function* rowsOfLists(
  store: Store,
  several: SeveralLists,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const { lists } = several;
  const names = namesOfLists(lists.map(({ snapshot }) => snapshot));
  const membership = new Membership(several);
  const joined = new Map<number, string>();
  const namesOf = (number: number): string => {
    const combination = membership.combinationOf(number);
    const text =
      joined.get(combination) ??
      membership
        .listsIn(combination)
        .map((index) => names[index] ?? '')
        .join(BETWEEN_NAMES);
    joined.set(combination, text);
    return text;
  };
  for (const [index, { snapshot, numbers }] of lists.entries()) {
    const source = sourceOf(snapshot);
    const times = await FollowTimesOfList.open(store, snapshot.id, signal);
    for await (const batch of times.addTo(accountsFrom(store, several, index))) {
      yield {
        ...batch,
        inLists: { source, names: batch.positions.map((position) => namesOf(numbers[position - 1] ?? 0)) },
      };
    }
  }
}

function sourceOf({ platform, handle, profileId, relation, provider }: Snapshot): ExportSource {
  return { platform, handle, id: profileId, relation, provider };
}
