/**
 * The snapshots shown on this page. All components share one copy, so they show the same figures at the same time. It
 * is loaded in batches; after that, only changes are read. Progress updates are shown once a second, all other changes
 * immediately.
 */
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import type { ChangedSnapshots, ReadSnapshots, SnapshotIndex } from '../../lib/store/snapshot-index.ts';

/** The shortest time between two progress updates, in milliseconds. */
const EVERY = 1000;

/** An immutable state: each change replaces it. */
export interface ShownSnapshots {
  readonly byId: ReadonlyMap<SnapshotId, Snapshot>;
  /** Newest first, without deleted ones; `undefined` until all are read. */
  readonly lists: readonly Snapshot[] | undefined;
  /** Snapshots whose deletion can still be undone, most recently deleted first. */
  readonly deleted: readonly Snapshot[] | undefined;
  /** How many stored rows are not valid snapshots. */
  readonly unreadable: number;
  /** Requested IDs that do not exist. */
  readonly missing: ReadonlySet<SnapshotId>;
}

const NOTHING: ShownSnapshots = {
  byId: new Map(),
  lists: undefined,
  deleted: undefined,
  unreadable: 0,
  missing: new Set(),
};

/** Whether a change is only progress: more accounts, and nothing for the user to act on. */
function isProgress(before: Snapshot, now: Snapshot): boolean {
  return (
    before.state.kind === now.state.kind &&
    !hasEnded(now.state) &&
    before.deletedAt === now.deletedAt &&
    before.howMany === now.howMany &&
    before.cap === now.cap &&
    (before.facts === null) === (now.facts === null)
  );
}

function newestFirst(a: Snapshot, b: Snapshot): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
}

/** The parts of the store that the catalog uses. */
export type CatalogSource = Pick<SnapshotIndex, 'parts' | 'some' | 'watch'>;

export class Catalog {
  readonly #source: CatalogSource;
  readonly #listeners = new Set<() => void>();
  readonly #byId = new Map<SnapshotId, Snapshot>();
  readonly #unreadable = new Set<string>();
  readonly #missing = new Set<SnapshotId>();
  /** IDs to read because they were requested or have changed. */
  readonly #due = new Set<SnapshotId>();
  readonly #now: () => number;
  #shown: ShownSnapshots = NOTHING;
  #shownAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watching = false;
  #wanted: 'some' | 'all' = 'some';
  /** Whether all snapshots have to be read, for the first time or again. */
  #isStale = true;
  #isReadingAll = false;
  #isReading = false;
  #error: Error | null = null;

  constructor(source: CatalogSource, now: () => number = () => performance.now()) {
    this.#source = source;
    this.#now = now;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** @throws Error if the database cannot be read; the page then shows the error instead of its content */
  readonly shown = (): ShownSnapshots => {
    if (this.#error !== null) throw this.#error;
    return this.#shown;
  };

  /** Loads all snapshots and keeps them current. */
  wantAll(): void {
    if (this.#wanted === 'all') return;
    this.#wanted = 'all';
    this.#read();
  }

  /** Loads one snapshot before all others and keeps it current. */
  want(id: SnapshotId): void {
    if (this.#byId.has(id) || this.#missing.has(id) || this.#due.has(id)) return;
    this.#due.add(id);
    this.#read();
  }

  #changed(ids: ChangedSnapshots): void {
    if (ids === 'all' && this.#wanted === 'all') {
      this.#isStale = true;
    } else {
      for (const id of ids === 'all' ? [...this.#byId.keys(), ...this.#missing] : ids) {
        if (this.#wanted === 'all' || this.#byId.has(id) || this.#missing.has(id)) this.#due.add(id);
      }
    }
    this.#read();
  }

  /** Reads everything again after the database was unavailable. */
  retry(): void {
    if (this.#error === null) return;
    this.#error = null;
    this.#changed('all');
  }

  #read(): void {
    if (!this.#watching) {
      this.#watching = true;
      this.#source.watch((ids) => {
        this.#changed(ids);
      });
    }
    if (this.#isReading || this.#error !== null) return;
    this.#isReading = true;
    this.#readDue()
      .catch((error: unknown) => {
        this.#error = error instanceof Error ? error : new Error(String(error));
        this.#isStale = true;
        this.#show();
      })
      .finally(() => {
        this.#isReading = false;
      });
  }

  /** Runs pending reads one at a time until none are left. Changes during a read schedule another one. */
  async #readDue(): Promise<void> {
    for (;;) {
      if (this.#due.size > 0) await this.#readSome();
      else if (this.#wanted === 'all' && this.#isStale) await this.#readAll();
      else return;
    }
  }

  async #readSome(): Promise<void> {
    const ids = [...this.#due];
    this.#due.clear();
    const found = await this.#source.some(ids);
    const before = new Map(ids.map((id) => [id, this.#byId.get(id)]));
    for (const id of ids) {
      this.#byId.delete(id);
      this.#unreadable.delete(id);
      this.#missing.add(id);
    }
    this.#take(found);
    const isCalm = ids.every((id) => {
      const [was, is] = [before.get(id), this.#byId.get(id)];
      return was !== undefined && is !== undefined && isProgress(was, is);
    });
    if (isCalm) this.#showInTime();
    else this.#show();
  }

  async #readAll(): Promise<void> {
    const seen = new Set<string>();
    // Changes from here on are recorded and read afterward.
    this.#isStale = false;
    this.#isReadingAll = true;
    try {
      for await (const part of this.#source.parts()) {
        this.#take(part);
        for (const { id } of part.snapshots) seen.add(id);
        for (const id of part.unreadable) seen.add(id);
      }
    } finally {
      this.#isReadingAll = false;
    }
    for (const id of this.#byId.keys()) if (!seen.has(id)) this.#byId.delete(id);
    for (const id of this.#unreadable) if (!seen.has(id)) this.#unreadable.delete(id);
    this.#show();
  }

  #take({ snapshots, unreadable }: ReadSnapshots): void {
    for (const snapshot of snapshots) {
      this.#byId.set(snapshot.id, snapshot);
      this.#missing.delete(snapshot.id);
    }
    for (const id of unreadable) this.#unreadable.add(id);
  }

  #showInTime(): void {
    const wait = this.#shownAt + EVERY - this.#now();
    this.#timer ??= setTimeout(
      () => {
        this.#show();
      },
      Math.max(0, wait),
    );
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shownAt = this.#now();
    const all = Array.from(this.#byId.values());
    const isKnown = this.#wanted === 'all' && !this.#isStale && !this.#isReadingAll;
    this.#shown = {
      byId: new Map(this.#byId),
      lists: isKnown
        ? all.filter(({ deletedAt }) => deletedAt === undefined).sort(newestFirst)
        : this.#shown.lists,
      deleted: isKnown
        ? all
            .filter(({ deletedAt }) => deletedAt !== undefined)
            .sort((a, b) => (b.deletedAt ?? 0) - (a.deletedAt ?? 0))
        : this.#shown.deleted,
      unreadable: this.#unreadable.size,
      missing: new Set(this.#missing),
    };
    for (const listener of this.#listeners) listener();
  }
}
