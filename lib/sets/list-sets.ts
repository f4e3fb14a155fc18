/** Several stored lists: which accounts they share, and how two of them differ. What was read is cached until released. */
import { extentOf } from '../lists/extent.ts';
import { LoadedColumns } from '../lists/loaded.ts';
import { followSourceOf } from '../lists/follow-source.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Store } from '../store/index.ts';
import { classify, type Side } from './classify.ts';
import { compareDetails } from './details.ts';
import { positionOf, type Elsewhere } from './elsewhere.ts';
import { areComparable } from './comparable.ts';
import { evidenceOf } from './evidence.ts';
import { readIdKeys, type IdKeys } from './id-keys.ts';
import { ABSENT, joinByHandle, needsHandles, positionsIn, reversed } from './join.ts';
import { detailsOf, handlesOf, timesOf } from './list-columns.ts';
import type { Compared } from './summary.ts';

/** The parts of the store that comparing lists needs. */
export type SetsStore = Pick<Store, 'snapshots' | 'pages' | 'derived' | 'index'>;

/** How many IDs stay in memory, eight bytes each. */
const MAX_CACHED = 8_000_000;

/** How many comparisons stay in memory, seven bytes per account. */
const MAX_COMPARED = 3;

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
  /** How many accounts the lists had; `filled` counts too, because handles become known. */
  readonly stamp: string;
  readonly value: T;
}

function stampOf({ rows, filled }: Snapshot): string {
  return `${String(rows)}/${String(filled)}`;
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
    return this.#sharedBy(await this.#snapshot(one), await this.#snapshot(other), signal);
  }

  /**
   * Compares two lists of the same profile and relation. Which of them is older doesn't depend on the order.
   * @throws ListGoneError if one was deleted; `signal.reason` if it is aborted
   */
  async compare(one: SnapshotId, other: SnapshotId, signal: AbortSignal): Promise<Compared> {
    const [older, newer] = inOrder(await this.#snapshot(one), await this.#snapshot(other));
    // An address can name any list.
    if (!areComparable(older, newer))
      throw new Error('The two lists are not of the same profile and relation.');
    const key = `${older.id} ${newer.id}`;
    const stamp = `${stampOf(older)} ${stampOf(newer)}`;
    const cached = this.#compared.get(key);
    if (cached?.stamp === stamp) return cached.value;
    const { positions: inOlder, byHandle } = await this.#sharedBy(newer, older, signal);
    const sides = {
      older: await this.#sideOf(older, reversed(inOlder, older.rows), signal),
      newer: await this.#sideOf(newer, inOlder, signal),
    };
    const compare = compareDetails(
      await detailsOf(new LoadedColumns(this.#store, older.id), extentOf(older), signal),
      await detailsOf(new LoadedColumns(this.#store, newer.id), extentOf(newer), signal),
    );
    const classified = classify({ ...sides, compare, byHandle });
    const side = (id: SnapshotId, { evidence, inOther }: Side) => ({ id, evidence, inOther });
    const value: Compared = {
      older: side(older.id, sides.older),
      newer: side(newer.id, sides.newer),
      classified,
      byHandle,
    };
    // The oldest comparison goes: a Map preserves insertion order.
    const [oldest] = this.#compared.keys();
    if (oldest !== undefined && this.#compared.size >= MAX_COMPARED) this.#compared.delete(oldest);
    this.#compared.set(key, { stamp, value });
    return value;
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
    }
    this.#forget(MAX_CACHED);
    return found;
  }

  /** Frees everything. It is read again when needed. */
  release(): void {
    this.#keys.clear();
    this.#shared.clear();
    this.#compared.clear();
  }

  /** The other lists of the platform, newest first. */
  async #othersOf({ id, platform }: Snapshot): Promise<readonly Snapshot[]> {
    const others: Snapshot[] = [];
    for await (const { snapshots } of this.#store.index.parts()) {
      others.push(
        ...snapshots.filter(
          (one) => one.id !== id && one.platform === platform && one.rows > 0 && one.deletedAt === undefined,
        ),
      );
    }
    return others.sort((a, b) => b.createdAt - a.createdAt);
  }

  /** Frees the IDs that were read first, if there are more than this. */
  #forget(most: number): void {
    let cached = Array.from(this.#keys.values()).reduce((sum, { value }) => sum + value.count, 0);
    for (const [id, { value }] of this.#keys) {
      if (cached <= most) return;
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
    this.#shared.set(key, { stamp, value });
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

  async #sideOf(snapshot: Snapshot, inOther: Int32Array, signal: AbortSignal): Promise<Side> {
    const loaded = new LoadedColumns(this.#store, snapshot.id);
    const extent = extentOf(snapshot);
    const { problem } = await loaded.followBasis(extent, signal);
    const { followTime } = followSourceOf(snapshot);
    const evidence = await evidenceOf({
      snapshot,
      read: (from, count) => this.#store.pages.facts(snapshot.id, from, count),
      followTime: problem === null ? followTime : null,
    });
    signal.throwIfAborted();
    const times = await timesOf(loaded, extent, signal);
    return { evidence, keys: await this.#keysOf(snapshot, signal), ...times, inOther };
  }
}

/** The older list first. */
function inOrder(one: Snapshot, other: Snapshot): readonly [older: Snapshot, newer: Snapshot] {
  const began = ({ startedAt, createdAt }: Snapshot): number => startedAt ?? createdAt;
  return began(one) <= began(other) ? [one, other] : [other, one];
}
