/** The rows of snapshots: reading, starting, changing, hiding, and deleting them. */
import { Dexie } from 'dexie';
import type { SnapshotId } from '../model/ids.ts';
import type { Platform, Relation } from '../model/platform.ts';
import {
  collectedNothing,
  hasEnded,
  isWorthOpening,
  MAX_FILES,
  turnOf,
  type ExportedFile,
  type Snapshot,
} from '../model/snapshot.ts';
import { clean } from './clean.ts';
import type { Database } from './database.ts';
import { allSeqs, toPageRow, type NewPage } from './page-log.ts';
import { totalsOf, type Totals } from './layout.ts';
import { heldBy, hold, partsOf, releaseParts, showHeld } from './parts.ts';
import { isWaiting, movedInQueue, type QueueMove } from './queue-order.ts';
import { readable } from './readable.ts';

/** Pure. Returns the same object if nothing is to be written. */
export type SnapshotChange = (snapshot: Snapshot) => Snapshot;

/** A change that depends on other snapshots, which are read in the transaction that writes it. */
export interface ChangeByRecent {
  /** Snapshots created after this time are read. Epoch milliseconds. */
  readonly since: number;
  readonly change: (snapshot: Snapshot, recent: readonly Snapshot[]) => Snapshot;
}

export interface Started {
  readonly kind: 'started' | 'joined' | 'exists';
  readonly snapshot: Snapshot;
}

/**
 * Changes a snapshot in the current transaction.
 * @returns the snapshot as stored; `undefined` if there is none
 */
export async function changeSnapshot(
  { snapshots }: Pick<Database, 'snapshots'>,
  id: SnapshotId,
  change: SnapshotChange,
): Promise<Snapshot | undefined> {
  const now = await snapshots.get(id);
  if (now === undefined) return undefined;
  const changed = change(now);
  if (changed === now) return now;
  const row = clean.snapshot(changed);
  await snapshots.put(row);
  return row;
}

export class Snapshots {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** All snapshots that are not deleted, newest first. */
  async all(): Promise<Snapshot[]> {
    return (await this.#all()).filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** The snapshots in the trash, most recently deleted first. */
  async deleted(): Promise<Snapshot[]> {
    const deleted = (await this.#all()).filter(({ deletedAt }) => deletedAt !== undefined);
    return deleted.sort((a, b) => (b.deletedAt ?? 0) - (a.deletedAt ?? 0));
  }

  async #all(): Promise<Snapshot[]> {
    const found = readable(await this.#db.snapshots.toArray());
    return found.sort((a, b) => b.createdAt - a.createdAt);
  }

  /** A snapshot, deleted or not. */
  async get(id: SnapshotId): Promise<Snapshot | undefined> {
    return this.#db.snapshots.get(id);
  }

  /** The snapshots of one relation of one profile that are not deleted, newest first. */
  async ofProfile(platform: Platform, handleKey: string, relation: Relation): Promise<Snapshot[]> {
    const found = await this.#db.snapshots
      .where('[platform+handleKey+relation]')
      .equals([platform, handleKey, relation])
      .toArray();
    return readable(found)
      .filter(({ deletedAt }) => deletedAt === undefined)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The snapshots that a collector may still have to work on, in the order of the queue: oldest first, unless it was changed. */
  async unfinished(): Promise<Snapshot[]> {
    const found = await this.#db.snapshots.where('state.kind').notEqual('ended').toArray();
    return readable(found).sort((a, b) => turnOf(a) - turnOf(b) || a.createdAt - b.createdAt);
  }

  /**
   * Stores a new snapshot, unless its list is being collected already (the run is joined), or was collected to its end
   * and `again` is false. Two clicks at once therefore start one run, and what it may spend is determined from the
   * other runs in the same transaction.
   */
  async start(fresh: Snapshot, again: boolean, byRecent: ChangeByRecent | null = null): Promise<Started> {
    return this.#db.transaction('rw', this.#db.snapshots, async () => {
      const others = await this.ofProfile(fresh.platform, fresh.handleKey, fresh.relation);
      const running = others.find((other) => !hasEnded(other.state));
      if (running !== undefined) return { kind: 'joined', snapshot: running };
      const usable = others.find(isWorthOpening);
      if (usable !== undefined && !again) return { kind: 'exists', snapshot: usable };
      const snapshot =
        byRecent === null ? fresh : byRecent.change(fresh, await this.#createdAfter(byRecent.since));
      const row = clean.snapshot(snapshot);
      await this.#db.snapshots.add(row);
      return { kind: 'started', snapshot: row };
    });
  }

  /** Stores a list that was not collected by a run, either all of it or nothing. */
  async addFinished(snapshot: Snapshot, newPages: readonly NewPage[]): Promise<void> {
    const { snapshots, pages, ids } = this.#db;
    const rows = newPages.map(toPageRow);
    await this.#db.transaction('rw', [snapshots, pages, ids], async () => {
      await snapshots.add(clean.snapshot(snapshot));
      await pages.bulkAdd(rows);
      await ids.bulkAdd(rows.map(clean.idsOf));
    });
  }

  /** Changes a snapshot as it is now; `undefined` if it was deleted meanwhile. */
  async change(id: SnapshotId, change: SnapshotChange): Promise<Snapshot | undefined> {
    return this.#db.transaction('rw', this.#db.snapshots, () => changeSnapshot(this.#db, id, change));
  }

  /** Like {@link change}, depending on the snapshots that were created recently. */
  async changeByRecent(id: SnapshotId, { since, change }: ChangeByRecent): Promise<Snapshot | undefined> {
    return this.#db.transaction('rw', this.#db.snapshots, async () => {
      const recent = await this.#createdAfter(since);
      return changeSnapshot(this.#db, id, (current) => change(current, recent));
    });
  }

  /**
   * Moves a queued run before or after the others of its provider that have not begun.
   * @returns whether it has another place now
   */
  async move(id: SnapshotId, to: QueueMove): Promise<boolean> {
    const { snapshots } = this.#db;
    return this.#db.transaction('rw', snapshots, async () => {
      const run = await snapshots.get(id);
      if (run === undefined) return false;
      const waiting = (await this.unfinished()).filter(
        (one) => one.provider === run.provider && isWaiting(one),
      );
      const moved = movedInQueue(waiting, id, to);
      await Promise.all(moved.map((one) => snapshots.put(clean.snapshot(one))));
      return moved.length > 0;
    });
  }

  /** Includes snapshots whose deletion can still be undone. */
  async #createdAfter(time: number): Promise<Snapshot[]> {
    return readable(await this.#db.snapshots.where('createdAt').above(time).toArray());
  }

  /** Records that the user looked at a list. A list that is still being collected stays unopened. */
  async markOpened(id: SnapshotId, at: number): Promise<void> {
    await this.change(id, (current) =>
      hasEnded(current.state) && current.openedAt === null ? { ...current, openedAt: at } : current,
    );
  }

  /** Names a list and adds notes to it. Empty text removes them. @returns whether the list exists */
  async describe(id: SnapshotId, { name, notes }: { name: string; notes: string }): Promise<boolean> {
    const described = await this.change(id, ({ name: _, notes: __, ...current }) => ({
      ...current,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
    }));
    return described !== undefined;
  }

  /** Records a file that was exported from a list. The same file again replaces its earlier entry. */
  async addFile(id: SnapshotId, file: ExportedFile): Promise<void> {
    await this.change(id, ({ files = [], ...current }) => ({
      ...current,
      files: [file, ...files.filter(({ sha256 }) => sha256 !== file.sha256)].slice(0, MAX_FILES),
    }));
  }

  /** Moves a list that has ended to the trash; {@link emptyTrash} deletes it. @returns whether it is there */
  async hide(id: SnapshotId, at: number): Promise<boolean> {
    const hidden = await this.change(id, (current) =>
      hasEnded(current.state) ? { ...current, deletedAt: at } : current,
    );
    return hidden?.deletedAt !== undefined;
  }

  /** Takes a list out of the trash. @returns whether it still existed */
  async unhide(id: SnapshotId): Promise<boolean> {
    const shown = await this.change(id, ({ deletedAt: _, ...current }) => current);
    return shown !== undefined;
  }

  /** Deletes the lists that were moved to the trash at a time or before, one transaction for each. */
  async emptyTrash(before: number): Promise<void> {
    for (const { id, deletedAt } of await this.deleted()) {
      if (deletedAt !== undefined && deletedAt <= before)
        await this.#deleteIf(id, (now) => now.deletedAt === deletedAt);
    }
  }

  /** Deletes what is stored of runs that collected nothing and ended at a time or before. */
  async clearRecent(before: number): Promise<void> {
    for (const { id, endedAt, ...row } of await this.all()) {
      if (collectedNothing(row) && (endedAt ?? row.updatedAt) <= before)
        await this.#deleteIf(id, collectedNothing);
    }
  }

  /** Deletes a list unless it was changed meanwhile, for example taken out of the trash in another window. */
  async #deleteIf(id: SnapshotId, isDue: (snapshot: Snapshot) => boolean): Promise<void> {
    await this.#db.transaction('rw', this.#ofLists(), async () => {
      const { snapshots } = this.#db;
      const now = await snapshots.get(id);
      if (now !== undefined && isDue(now)) await this.delete(id);
    });
  }

  /** The tables that contain lists. */
  #ofLists() {
    const { snapshots, pages, ids, raw, fills, derived, parts } = this.#db;
    return [snapshots, pages, ids, raw, fills, derived, parts];
  }

  /**
   * Deletes a list with its pages, unless an updated list still shows them: then they go with that one. Its spending
   * history stays, because the money was spent.
   */
  async delete(id: SnapshotId): Promise<void> {
    const { snapshots, raw, derived } = this.#db;
    await this.#db.transaction('rw', this.#ofLists(), async () => {
      const [from, to] = allSeqs(id);
      await raw.where('[snapshotId+seq]').between(from, to, true, true).delete();
      await derived
        .where('[snapshotId+column+segment]')
        .between([id, Dexie.minKey, Dexie.minKey], [id, Dexie.maxKey, Dexie.maxKey])
        .delete();
      for (const log of await releaseParts(this.#db, id)) await this.#deleteLog(log);
      await snapshots.delete(id);
    });
  }

  async #deleteLog(log: SnapshotId): Promise<void> {
    const { pages, ids, fills } = this.#db;
    const [from, to] = allSeqs(log);
    await fills
      .where('[snapshotId+seq+part]')
      .between([...from, 0], [...to, 0], true, true)
      .delete();
    await pages.where('[snapshotId+seq]').between(from, to, true, true).delete();
    await ids.where('[snapshotId+seq]').between(from, to, true, true).delete();
  }

  /**
   * Starts an update of a list, unless the list is being collected already, or no longer exists. Its pages are held, so
   * that they stay even if the list is deleted meanwhile.
   * @returns `undefined` if the list to be updated no longer exists
   */
  async startUpdate(fresh: Snapshot, base: SnapshotId): Promise<Started | undefined> {
    return this.#db.transaction('rw', [this.#db.snapshots, this.#db.parts], async () => {
      const earlier = await this.#db.snapshots.get(base);
      if (earlier === undefined || !hasEnded(earlier.state)) return undefined;
      const started = await this.start(fresh, true);
      if (started.kind === 'started') await hold(this.#db, fresh.id, earlier);
      return started;
    });
  }

  /**
   * Ends an update that reached the known accounts: from now on, the list shows them below its own.
   * @param dropped for each held part, the accounts that the update listed again, as ranges of positions
   */
  async join(
    id: SnapshotId,
    dropped: ReadonlyMap<number, Uint32Array<ArrayBuffer>>,
    change: (snapshot: Snapshot, totals: Totals) => Snapshot,
  ): Promise<Snapshot | undefined> {
    return this.#db.transaction('rw', [this.#db.snapshots, this.#db.parts], async () => {
      const now = await this.#db.snapshots.get(id);
      const held = await heldBy(this.#db, id);
      if (now === undefined || held.length === 0) return now;
      const parts = held.map((part) => ({ ...part, dropped: dropped.get(part.part) ?? part.dropped }));
      await showHeld(this.#db, now, parts);
      const totals = totalsOf(await partsOf(this.#db, id));
      return changeSnapshot(this.#db, id, (current) => change(current, totals));
    });
  }
}
