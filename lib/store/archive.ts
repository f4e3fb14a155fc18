/**
 * What backups need: stored rows, read a few at a time; and the rows of a restored list, which stay hidden until one
 * transaction shows all of them.
 *
 * Pages without a row in `snapshots` are hidden. `staged` names them, so that the rows of a restore that was interrupted
 * are found and removed.
 */
import { Dexie } from 'dexie';
import type { Batch } from '../model/batch.ts';
import type { Budget } from '../model/budget.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawResponse } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import { clean } from './clean.ts';
import { pickAccounts } from './columns.ts';
import type { PlacedPart } from './layout.ts';
import { isShared, releaseParts } from './parts.ts';
import { PlacedPages } from './placed-pages.ts';
import type { Store } from './index.ts';
import { readable } from './readable.ts';
import type { Database, FillRow, PageRow } from './database.ts';

export type { FillRow, PageRow } from './database.ts';

/** A list at one moment. Its pages and fills up to here never change. */
export interface FrozenList {
  readonly snapshot: Snapshot;
  /** Its requests, by id. */
  readonly entries: readonly LedgerEntry[];
  /** The last fill: page and part. `null` if there is none. */
  readonly lastFill: readonly [number, number] | null;
  readonly raw: readonly RawResponse[];
}

/** A restored list whose rows are staged. */
export interface StagedList {
  /** The ID under which its rows are staged. */
  readonly id: SnapshotId;
  /** The row that makes it visible. */
  readonly snapshot: Snapshot;
  /** If it continues an existing list: that list's numbers of pages and filled rows. The staged rows are appended. */
  readonly continues: { readonly pages: number; readonly filled: number } | null;
}

/** A list that a restore continues was changed meanwhile. */
export class ListChanged extends Error {
  constructor() {
    super('A list changed while it was being restored.');
    this.name = 'ListChanged';
  }
}

const LAST = Number.MAX_SAFE_INTEGER;
const MOVE_BATCH = 64;

const NO_BATCHES = { budgets: [], batches: [] };

/** Of two records of one request, the one that is more certain. */
function moreCertain(stored: LedgerEntry | undefined, other: LedgerEntry): LedgerEntry {
  const rank = { sent: 0, maybe: 1, charged: 2 } as const;
  return stored === undefined || rank[other.status] > rank[stored.status] ? other : stored;
}

export class Archive {
  readonly #db: Database;
  readonly #placed: PlacedPages;

  constructor(db: Database) {
    this.#db = db;
    this.#placed = new PlacedPages(db);
  }

  /** A list as it is now, deleted or not; `undefined` if there is none. */
  async freeze(id: SnapshotId): Promise<FrozenList | undefined> {
    const { snapshots, ledger, fills, raw } = this.#db;
    return this.#db.transaction('r', [snapshots, ledger, fills, raw], async () => {
      const snapshot = await snapshots.get(id);
      if (snapshot === undefined) return undefined;
      const entries = readable(await ledger.where('snapshotId').equals(id).toArray());
      const keys = await fills
        .where('[snapshotId+seq+part]')
        .between([id, 0, 0], [id, LAST, LAST], true, true)
        .reverse()
        .limit(1)
        .primaryKeys();
      // A list that shows an earlier one has ended, so that no fill is added.
      const isJoined = (snapshot.update?.joined ?? null) !== null;
      const [lastKey] = keys;
      const last = isJoined ? ([id, LAST, LAST] as const) : lastKey;
      return {
        snapshot,
        entries: entries.sort((a, b) => (a.id < b.id ? -1 : 1)),
        lastFill: last === undefined ? null : [last[1], last[2]],
        raw: await raw.where('[snapshotId+seq]').between([id, 0], [id, LAST], true, true).toArray(),
      };
    });
  }

  /** Pages as they are stored, in order. Those that a list shares with an earlier one are like its own. */
  async pageRows(id: SnapshotId, from: number, until: number): Promise<PageRow[]> {
    const pages = await this.#placed.read(id, from, until - from);
    return pages.map(({ row, seq, first, kept }) =>
      row.snapshotId === id
        ? row
        : { ...row, snapshotId: id, seq, first, accounts: pickAccounts(row.accounts, kept) },
    );
  }

  /** Fills as they are stored, in order, after one of them and up to another. */
  async fillRows(
    id: SnapshotId,
    after: readonly [number, number] | null,
    until: readonly [number, number],
    count: number,
  ): Promise<FillRow[]> {
    const parts = await this.#placed.partsOf(id);
    if (parts !== null) return this.#placedFills(id, parts, after, count);
    return this.#db.fills
      .where('[snapshotId+seq+part]')
      .between([id, ...(after ?? [-1, -1])], [id, ...until], false, true)
      .limit(count)
      .toArray();
  }

  /** The fills of a list that shows an earlier one, like its own, in order, after one of them. */
  async #placedFills(
    id: SnapshotId,
    parts: readonly PlacedPart[],
    after: readonly [number, number] | null,
    count: number,
  ): Promise<FillRow[]> {
    const [seqBefore, partBefore] = after ?? [-1, -1];
    const found: FillRow[] = [];
    for (const part of parts) {
      let from = Math.max(0, seqBefore - part.seq);
      while (from < part.pages && found.length < count) {
        const first = await this.#db.fills
          .where('[snapshotId+seq+part]')
          .between([part.log, from, 0], [part.log, part.pages, 0], true, false)
          .first();
        if (first === undefined) break;
        const fills = await this.#fillsOfPage(part, first.seq);
        const seq = part.seq + first.seq;
        for (const fill of fills) {
          if (seq > seqBefore || fill.part > partBefore) found.push({ ...fill, snapshotId: id, seq });
        }
        from = first.seq + 1;
      }
    }
    return found;
  }

  /** The fills of one page, with the accounts that the list shows. */
  async #fillsOfPage({ log, dropped }: PlacedPart, seq: number): Promise<FillRow[]> {
    const page = await this.#db.pages.get([log, seq]);
    const fills = await this.#db.fills
      .where('[snapshotId+seq+part]')
      .between([log, seq, 0], [log, seq, LAST], true, true)
      .toArray();
    const first = page?.first ?? 0;
    return fills.flatMap((fill) => {
      const part = fill.part - (dropped.before(first + fill.part) - dropped.before(first));
      const kept = Array.from(fill.accounts.id.keys()).filter((at) => !dropped.has(first + fill.part + at));
      return kept.length === 0 ? [] : [{ ...fill, part, accounts: pickAccounts(fill.accounts, kept) }];
    });
  }

  /** Ledger entries by ID, after one of them. */
  async entriesAfter(id: string | null, count: number): Promise<LedgerEntry[]> {
    const from = id === null ? this.#db.ledger.orderBy('id') : this.#db.ledger.where('id').above(id);
    return readable(await from.limit(count).toArray());
  }

  /** Traces of all keys that were ever used. */
  async keyTraces(): Promise<KeyTrace[]> {
    return this.#db.traces.toArray();
  }

  // ——— restoring ———

  /** Registers an ID whose rows stay hidden. Must be called before they are written. */
  async stage(id: SnapshotId): Promise<void> {
    await this.#db.staged.put(clean.staged({ key: `list ${id}`, id, entries: [] }));
  }

  /** Stores hidden pages. */
  async stagePages(rows: readonly PageRow[]): Promise<void> {
    const { pages, ids } = this.#db;
    const cleaned = rows.map(clean.page);
    await this.#db.transaction('rw', [pages, ids], async () => {
      await pages.bulkPut(cleaned);
      await ids.bulkPut(cleaned.map(clean.idsOf));
    });
  }

  async stageFills(rows: readonly FillRow[]): Promise<void> {
    await this.#db.fills.bulkPut(rows.map(clean.fill));
  }

  async stageRaw(row: RawResponse): Promise<void> {
    await this.#db.raw.put(clean.raw(row));
  }

  /** Stores hidden ledger entries, under a number of their own. */
  async stageEntries(number: number, entries: readonly LedgerEntry[]): Promise<void> {
    const key = `entries ${String(number).padStart(9, '0')}`;
    await this.#db.staged.put(clean.staged({ key, id: null, entries }));
  }

  /**
   * Shows everything that was staged, or nothing.
   * @returns how many requests are new in the ledger
   * @throws ListChanged if a list that is to be continued was changed meanwhile
   */
  async show(
    lists: readonly StagedList[],
    together: { readonly budgets: readonly Budget[]; readonly batches: readonly Batch[] } = NO_BATCHES,
  ): Promise<{ readonly newEntries: number }> {
    const { snapshots, pages, ids, fills, raw, ledger, staged, derived, parts, budgets, batches } = this.#db;
    const tables = [snapshots, pages, ids, fills, raw, ledger, staged, derived, parts, budgets, batches];
    return this.#db.transaction('rw', tables, async () => {
      for (const list of lists) {
        if (list.continues === null) {
          // A list with that ID that was created meanwhile must not be overwritten.
          if ((await snapshots.get(list.snapshot.id)) !== undefined) throw new ListChanged();
        } else await this.#move(list, list.continues);
        // In the backup, everything that the list shows is its own.
        await releaseParts(this.#db, list.snapshot.id);
        await snapshots.put(clean.snapshot(list.snapshot));
      }
      let newEntries = 0;
      const chunks = await staged.where('key').startsWith('entries ').primaryKeys();
      for (const key of chunks) {
        const entries = (await staged.get(key))?.entries ?? [];
        const stored = await ledger.bulkGet(entries.map(({ id }) => id));
        newEntries += stored.filter((entry) => entry === undefined).length;
        await ledger.bulkPut(entries.map((entry, index) => clean.entry(moreCertain(stored[index], entry))));
      }
      await staged.clear();
      await this.#showBatches(together);
      return { newEntries };
    });
  }

  /** Batches and limits that are stored already stay as they are; of a limit, the larger sum counts. */
  async #showBatches({
    budgets,
    batches,
  }: {
    budgets: readonly Budget[];
    batches: readonly Batch[];
  }): Promise<void> {
    for (const budget of budgets) {
      const own = await this.#db.budgets.get(budget.id);
      const counted = Math.max(own?.counted ?? 0, budget.counted);
      await this.#db.budgets.put(clean.budget({ ...(own ?? budget), counted }));
    }
    for (const batch of batches) {
      if ((await this.#db.batches.get(batch.id)) === undefined)
        await this.#db.batches.put(clean.batch(batch));
    }
  }

  /** Appends staged rows to those of the list that they continue. */
  async #move(
    { id: from, snapshot: { id: to } }: StagedList,
    was: { readonly pages: number; readonly filled: number },
  ): Promise<void> {
    const { snapshots, pages, ids, fills, raw, derived } = this.#db;
    const now = await snapshots.get(to);
    if (now?.pages !== was.pages || now.filled !== was.filled) throw new ListChanged();
    for (const [table, index] of [
      [pages, '[snapshotId+seq]'],
      [ids, '[snapshotId+seq]'],
      [raw, '[snapshotId+seq]'],
      [fills, '[snapshotId+seq+part]'],
    ] as const) {
      const least = [from, ...(table === fills ? [0, 0] : [0])];
      const most = [from, ...(table === fills ? [LAST, LAST] : [LAST])];
      for (;;) {
        const rows = await table.where(index).between(least, most, true, true).limit(MOVE_BATCH).toArray();
        if (rows.length === 0) break;
        // Each table gets its own rows back, with another ID.
        await (table as typeof pages).bulkPut(rows.map((row) => clean.moved(row as PageRow, to)));
        await table.where(index).between(least, most, true, true).limit(rows.length).delete();
      }
    }
    // Columns of the shorter list are built again.
    await derived
      .where('[snapshotId+column+segment]')
      .between([to, Dexie.minKey, Dexie.minKey], [to, Dexie.maxKey, Dexie.maxKey])
      .delete();
  }

  /** Removes the rows of restores that were interrupted. Only while no restore is in progress. */
  async dropStaged(): Promise<void> {
    const { snapshots, pages, ids, fills, raw, staged, parts } = this.#db;
    for (const { key, id } of await staged.toArray()) {
      await this.#db.transaction('rw', [snapshots, pages, ids, fills, raw, staged, parts], async () => {
        const isHidden = id !== null && (await snapshots.get(id)) === undefined;
        // An updated list may still show the pages of a list that was deleted.
        if (isHidden && !(await isShared(this.#db, id))) {
          for (const table of [pages, ids, raw]) {
            await table.where('[snapshotId+seq]').between([id, 0], [id, LAST], true, true).delete();
          }
          await fills
            .where('[snapshotId+seq+part]')
            .between([id, 0, 0], [id, LAST, LAST], true, true)
            .delete();
        }
        await staged.delete(key);
      });
    }
  }
}

const archives = new WeakMap<Store, Archive>();

/** The archive of a store. It isn't a property of it, because most pages never need a backup. */
export function archiveOf(store: Store): Archive {
  const known = archives.get(store) ?? store.part((database) => new Archive(database));
  archives.set(store, known);
  return known;
}
