/**
 * The snapshots as this page shows them: one copy for every place, so that a figure is the same in all of them at the
 * same moment. Read a part at a time, then only what changed; mere progress is shown once a second, all else at once.
 */
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import type { ChangedSnapshots, ReadSnapshots, SnapshotIndex } from '../../lib/store/snapshot-index.ts';

/** Progress is shown at most so often, milliseconds. */
const EVERY = 1000;

/** What is shown: replaced as a whole, never changed. */
export interface ShownSnapshots {
  readonly byId: ReadonlyMap<SnapshotId, Snapshot>;
  /** Newest first, without deleted ones; `undefined` until all are read. */
  readonly lists: readonly Snapshot[] | undefined;
  /** Those whose deletion can still be undone, deleted last first. */
  readonly deleted: readonly Snapshot[] | undefined;
  /** How many stored rows are no snapshots. */
  readonly unreadable: number;
  /** Looked for, and not there. */
  readonly missing: ReadonlySet<SnapshotId>;
}

const NOTHING: ShownSnapshots = {
  byId: new Map(),
  lists: undefined,
  deleted: undefined,
  unreadable: 0,
  missing: new Set(),
};

/** Whether a change is mere progress: more of the same, with nothing for the user to do about it. */
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

/** What the catalog needs of the store. */
export type CatalogSource = Pick<SnapshotIndex, 'parts' | 'some' | 'watch'>;

export class Catalog {
  readonly #source: CatalogSource;
  readonly #listeners = new Set<() => void>();
  readonly #byId = new Map<SnapshotId, Snapshot>();
  readonly #unreadable = new Set<string>();
  readonly #missing = new Set<SnapshotId>();
  /** Ids to be read, by request or because they changed. */
  readonly #due = new Set<SnapshotId>();
  readonly #now: () => number;
  #shown: ShownSnapshots = NOTHING;
  #shownAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watching = false;
  #wanted: 'some' | 'all' = 'some';
  /** Whether all of them have to be read, once more or for the first time. */
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

  /** @throws Error where the database cannot be read: the page says so in place of itself */
  readonly shown = (): ShownSnapshots => {
    if (this.#error !== null) throw this.#error;
    return this.#shown;
  };

  /** Has all snapshots read, and kept current. */
  wantAll(): void {
    if (this.#wanted === 'all') return;
    this.#wanted = 'all';
    this.#read();
  }

  /** Has one snapshot read, and kept current, before all others. */
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

  /** Reads everything once more, after the database could not be read for a while. */
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

  /** One thing after the other, until nothing is due. What changes meanwhile is due once more. */
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
    // A change from now on is noted, and read after this.
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
