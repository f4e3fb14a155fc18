/** Several stored lists: which accounts they share, and how two of them differ. What was read is cached until released. */
import { extentOf } from '../lists/extent.ts';
import { LoadedColumns, type ReadSizes } from '../lists/loaded.ts';
import { yieldToEvents } from '../lists/yield-to-events.ts';
import { followSourceOf } from '../lists/follow-source.ts';
import type { SnapshotId } from '../model/ids.ts';
import { hasEnded, type Snapshot } from '../model/snapshot.ts';
import type { Store } from '../store/index.ts';
import { classifyShared, classifyUnshared, type Pair, type Side } from './classify.ts';
import { compareDetails, type Details } from './details.ts';
import { positionOf, type Elsewhere } from './elsewhere.ts';
import { areComparable, byStart } from './comparable.ts';
import { evidenceOf, type ListEvidence } from './evidence.ts';
import { findAccount, type FindProgress, type WantedAccount } from './find-account.ts';
import { readIdKeys, type IdKeys } from './id-keys.ts';
import { ABSENT, joinByHandle, needsHandles, positionsIn, reversed } from './join.ts';
import { detailsOf, handlesOf, timesOf } from './list-columns.ts';
import type { OnRead, Overlap } from './overlap.ts';
import { readOverlap } from './read-overlap.ts';
import type { Compared } from './summary.ts';

/** The parts of the store that comparing lists needs. */
export type SetsStore = Pick<Store, 'snapshots' | 'pages' | 'derived' | 'index'>;

/** How many IDs stay in memory, eight bytes each. */
const MAX_CACHED = 8_000_000;

/** The first result doesn't matter: all segments are needed before anything is known. */
const AT_ONCE: ReadSizes = { first: 64, most: 64 };
/** Details are large: some are used while the database reads the next. */
const DETAILS_AT_ONCE: ReadSizes = { first: 8, most: 8 };

/** How many comparisons stay in memory, seven bytes per account. */
const MAX_COMPARED = 3;

/** How many joins of two lists stay in memory, four bytes per account. A filter can refer to several lists. */
const MAX_SHARED = 8;

/** A list that a filter or a comparison refers to no longer exists. */
export class ListGoneError extends Error {
  constructor() {
    super('A list that this view refers to was deleted.');
    this.name = 'ListGoneError';
  }
}

/** Accounts of one list in another. */
export interface SharedAccounts {
  /** For each account its position in the other list, or `ABSENT`. */
  readonly positions: Int32Array<ArrayBuffer>;
  /** Those that were found by their handle. */
  readonly byHandle: ReadonlySet<number>;
}

interface Cached<T> {
  /** What the lists contained. Handles become known later, and a list that has ended proves more. */
  readonly stamp: string;
  readonly value: T;
}

/** Adds an entry to a cache. The oldest goes if there are too many: a Map preserves insertion order. */
function addWithin<T>(most: number, cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key);
  const [oldest] = cache.keys();
  if (oldest !== undefined && cache.size >= most) cache.delete(oldest);
  cache.set(key, value);
}

function stampOf({ rows, filled, pages, unreadable, state }: Snapshot): string {
  return [rows, filled, pages, unreadable, hasEnded(state) ? state.outcome.kind : 'unfinished'].join('/');
}

export class ListSets {
  readonly #store: SetsStore;
  readonly #keys = new Map<SnapshotId, Cached<IdKeys>>();
  readonly #shared = new Map<string, Cached<SharedAccounts>>();
  readonly #compared = new Map<string, Cached<Compared>>();

  constructor(store: SetsStore) {
    this.#store = store;
  }

  /**
   * The accounts of one list in another. Accounts of different platforms are never the same.
   * @throws ListGoneError if one was deleted; `signal.reason` if it is aborted
   */
  async shared(one: SnapshotId, other: SnapshotId, signal: AbortSignal): Promise<SharedAccounts> {
    const shared = await this.#sharedBy(await this.#snapshot(one), await this.#snapshot(other), signal);
    this.#forget();
    return shared;
  }

  /**
   * Compares two lists of the same profile and relation. Which of them is older doesn't depend on the order.
   * @throws ListGoneError if one was deleted; `signal.reason` if it is aborted
   */
  async compare(one: SnapshotId, other: SnapshotId, signal: AbortSignal): Promise<Compared> {
    const lists = [await this.#snapshot(one), await this.#snapshot(other)] as const;
    const [older, newer] = byStart(...lists) < 0 ? lists : ([lists[1], lists[0]] as const);
    // An address can name any list.
    if (!areComparable(older, newer))
      throw new Error('The two lists are not of the same profile and relation.');
    const key = `${older.id} ${newer.id}`;
    const stamp = `${stampOf(older)} ${stampOf(newer)}`;
    const cached = this.#compared.get(key);
    if (cached?.stamp === stamp) return cached.value;
    const pair = await this.#pair(older, newer, signal);
    const detailsIn = (list: Snapshot, { inOther }: Side): Promise<Details> =>
      detailsOf(new LoadedColumns(this.#store, list.id, DETAILS_AT_ONCE), extentOf(list), inOther, signal);
    const [then, now, classified] = await Promise.all([
      detailsIn(older, pair.older),
      detailsIn(newer, pair.newer),
      // What doesn't need the details, while the database reads them.
      yieldToEvents().then(() => classifyUnshared(pair)),
    ]);
    classifyShared(classified, pair, compareDetails(then, now, pair.newer.inOther));
    const side = (id: SnapshotId, { evidence, inOther }: Side) => ({ id, evidence, inOther });
    const value: Compared = {
      older: side(older.id, pair.older),
      newer: side(newer.id, pair.newer),
      classified,
      byHandle: pair.byHandle,
    };
    addWithin(MAX_COMPARED, this.#compared, key, { stamp, value });
    this.#forget();
    return value;
  }

  /**
   * Compares several lists of one platform: how many accounts are in exactly which of them. Nothing of it is cached.
   * @throws ListGoneError if one was deleted, also in the meantime; Error if they are of different platforms;
   * `signal.reason` if it is aborted
   */
  async overlap(ids: readonly SnapshotId[], onRead: OnRead, signal: AbortSignal): Promise<Overlap> {
    const lists = await Promise.all(ids.map((id) => this.#snapshot(id)));
    if (lists.some(({ platform }) => platform !== lists[0]?.platform))
      throw new Error('The lists are of different platforms.');
    const overlap = await readOverlap(this.#store, lists, onRead, signal);
    // A list that was deleted in the meantime may have been read only in part.
    for (const id of ids) await this.#snapshot(id);
    return overlap;
  }

  /**
   * The other lists that contain an account, newest first. Only IDs count, and lists of the same platform.
   * @throws ListGoneError if the list was deleted; `signal.reason` if it is aborted
   */
  async elsewhere(id: SnapshotId, position: number, signal: AbortSignal): Promise<readonly Elsewhere[]> {
    const own = await this.#snapshot(id);
    const keys = await this.#keysOf(own, signal);
    const found: Elsewhere[] = [];
    for (const other of await this.#othersOf(own)) {
      const at = positionOf(keys, position, await this.#keysOf(other, signal));
      signal.throwIfAborted();
      if (at !== ABSENT) found.push({ id: other.id, position: at });
      this.#forget();
    }
    return found;
  }

  /** Finds an account in all lists, the newest first. @throws what the store throws; `signal.reason` if it is aborted */
  async *findAccount(wanted: WantedAccount, signal: AbortSignal): AsyncGenerator<FindProgress> {
    yield* findAccount(this.#store, await this.#lists(() => true), wanted, signal);
  }

  /** Frees everything. It is read again when needed. */
  release(): void {
    this.#keys.clear();
    this.#shared.clear();
    this.#compared.clear();
  }

  /** The other lists of the platform, newest first. */
  #othersOf({ id, platform }: Snapshot): Promise<readonly Snapshot[]> {
    return this.#lists((one) => one.id !== id && one.platform === platform);
  }

  /** The lists with accounts that meet a condition and are not deleted, newest first. */
  async #lists(isWanted: (snapshot: Snapshot) => boolean): Promise<readonly Snapshot[]> {
    const lists: Snapshot[] = [];
    for await (const { snapshots } of this.#store.index.parts()) {
      lists.push(...snapshots.filter((one) => one.rows > 0 && one.deletedAt === undefined && isWanted(one)));
    }
    return lists.sort((a, b) => b.createdAt - a.createdAt);
  }

  /** Frees the IDs that were read first, if there are more than {@link MAX_CACHED}. */
  #forget(): void {
    let cached = Array.from(this.#keys.values()).reduce((sum, { value }) => sum + value.count, 0);
    for (const [id, { value }] of this.#keys) {
      if (cached <= MAX_CACHED) return;
      this.#keys.delete(id);
      cached -= value.count;
    }
  }

  async #snapshot(id: SnapshotId): Promise<Snapshot> {
    const snapshot = await this.#store.snapshots.get(id);
    if (snapshot === undefined || snapshot.deletedAt !== undefined) throw new ListGoneError();
    return snapshot;
  }

  async #sharedBy(one: Snapshot, other: Snapshot, signal: AbortSignal): Promise<SharedAccounts> {
    const key = `${one.id} ${other.id}`;
    const stamp = `${stampOf(one)} ${stampOf(other)}`;
    const cached = this.#shared.get(key);
    if (cached?.stamp === stamp) return cached.value;
    const value = await this.#join(one, other, signal);
    addWithin(MAX_SHARED, this.#shared, key, { stamp, value });
    return value;
  }

  async #join(one: Snapshot, other: Snapshot, signal: AbortSignal): Promise<SharedAccounts> {
    if (one.platform !== other.platform) {
      return { positions: new Int32Array(one.rows).fill(ABSENT), byHandle: new Set() };
    }
    const [keys, others] = [await this.#keysOf(one, signal), await this.#keysOf(other, signal)];
    const positions = positionsIn(keys, others);
    if (!needsHandles(keys, others)) return { positions, byHandle: new Set() };
    const byHandle = joinByHandle(positions, keys, others, [
      await handlesOf(new LoadedColumns(this.#store, one.id), extentOf(one), signal),
      await handlesOf(new LoadedColumns(this.#store, other.id), extentOf(other), signal),
    ]);
    return { positions, byHandle };
  }

  async #keysOf(snapshot: Snapshot, signal: AbortSignal): Promise<IdKeys> {
    const stamp = String(snapshot.rows);
    const cached = this.#keys.get(snapshot.id);
    if (cached?.stamp === stamp) return cached.value;
    const value = await readIdKeys(this.#store.pages, snapshot, signal);
    this.#keys.set(snapshot.id, { stamp, value });
    return value;
  }

  /** Reads everything about two lists that is known without their details. */
  async #pair(older: Snapshot, newer: Snapshot, signal: AbortSignal): Promise<Pair> {
    const [then, now, olderKeys, newerKeys] = await Promise.all([
      this.#proof(older, signal),
      this.#proof(newer, signal),
      this.#keysOf(older, signal),
      this.#keysOf(newer, signal),
    ]);
    const [{ positions, byHandle }, olderAfter, newerAfter, newerBefore] = await Promise.all([
      // The database reads the times while the accounts of one list are found in the other.
      yieldToEvents().then(() => this.#sharedBy(newer, older, signal)),
      timesOf(then.loaded, extentOf(older), 'followedAfter', signal),
      timesOf(now.loaded, extentOf(newer), 'followedAfter', signal),
      timesOf(now.loaded, extentOf(newer), 'followedBefore', signal),
    ]);
    return {
      older: {
        evidence: then.evidence,
        keys: olderKeys,
        after: olderAfter,
        inOther: reversed(positions, older.rows),
      },
      newer: {
        evidence: now.evidence,
        keys: newerKeys,
        after: newerAfter,
        before: newerBefore,
        inOther: positions,
      },
      byHandle,
    };
  }

  /** What a list proves, and its columns. */
  async #proof(
    snapshot: Snapshot,
    signal: AbortSignal,
  ): Promise<{ readonly evidence: ListEvidence; readonly loaded: LoadedColumns }> {
    const loaded = new LoadedColumns(this.#store, snapshot.id, AT_ONCE);
    const { problem } = await loaded.followBasis(extentOf(snapshot), signal);
    const { followTime } = followSourceOf(snapshot);
    const evidence = await evidenceOf({
      snapshot,
      read: (from, count) => this.#store.pages.facts(snapshot.id, from, count),
      followTime: problem === null ? followTime : null,
    });
    return { evidence, loaded };
  }
}
