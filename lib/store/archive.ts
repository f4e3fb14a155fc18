/**
 * The store as a backup needs it: rows as they are kept, read a few at a time; and rows of a restored list, which stay
 * out of sight until one transaction shows them all.
 *
 * Pages without a row in `snapshots` are seen by nobody. `staged` names them, so that what a restore leaves behind when
 * it dies half-way is found and removed.
 */
import { Dexie } from 'dexie';
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawAnswer } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import { clean } from './clean.ts';
import { readable } from './readable.ts';
import type { Database, FillRow, PageRow } from './database.ts';

export type { FillRow, PageRow } from './database.ts';

/** A list as it stood at one moment; its pages and fills up to here are never changed. */
export interface FrozenList {
  readonly snapshot: Snapshot;
  /** Its requests, by id. */
  readonly entries: readonly LedgerEntry[];
  /** The last fill: page and part. `null` where there is none. */
  readonly lastFill: readonly [number, number] | null;
  readonly raw: readonly RawAnswer[];
}

/** A list that a restore brings, its rows staged. */
export interface StagedList {
  /** Under which id its rows lie. */
  readonly id: SnapshotId;
  /** The row that shows it. */
  readonly snapshot: Snapshot;
  /**
   * Where it continues a list that is there: that list's pages and rows before. The staged rows are then moved behind
   * them.
   */
  readonly continues: { readonly pages: number; readonly filled: number } | null;
}

/** A list that a restore wanted to continue changed meanwhile. */
export class ListChanged extends Error {
  constructor() {
    super('A list changed while it was being restored.');
    this.name = 'ListChanged';
  }
}

const LAST = Number.MAX_SAFE_INTEGER;
const MOVED_AT_ONCE = 64;

/** Of two records of one request, the one that knows more. */
function surer(own: LedgerEntry | undefined, other: LedgerEntry): LedgerEntry {
  const rank = { sent: 0, maybe: 1, charged: 2 } as const;
  return own === undefined || rank[other.status] > rank[own.status] ? other : own;
}

export class Archive {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A list as it now stands, deleted or not; `undefined` where there is none. */
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
      const [last] = keys;
      return {
        snapshot,
        entries: entries.sort((a, b) => (a.id < b.id ? -1 : 1)),
        lastFill: last === undefined ? null : [last[1], last[2]],
        raw: await raw.where('[snapshotId+seq]').between([id, 0], [id, LAST], true, true).toArray(),
      };
    });
  }

  /** Pages as they are kept, in order. */
  async pageRows(id: SnapshotId, from: number, until: number): Promise<PageRow[]> {
    return this.#db.pages.where('[snapshotId+seq]').between([id, from], [id, until], true, false).toArray();
  }

  /** Fills as they are kept, in order, behind one of them and up to another. */
  async fillRows(
    id: SnapshotId,
    after: readonly [number, number] | null,
    until: readonly [number, number],
    count: number,
  ): Promise<FillRow[]> {
    return this.#db.fills
      .where('[snapshotId+seq+part]')
      .between([id, ...(after ?? [-1, -1])], [id, ...until], false, true)
      .limit(count)
      .toArray();
  }

  /** Ledger entries by id, behind one of them. */
  async entriesAfter(id: string | null, count: number): Promise<LedgerEntry[]> {
    const from = id === null ? this.#db.ledger.orderBy('id') : this.#db.ledger.where('id').above(id);
    return readable(await from.limit(count).toArray());
  }

  /** Traces of all keys that were ever in use. */
  async keyTraces(): Promise<KeyTrace[]> {
    return this.#db.traces.toArray();
  }

  // ——— restoring ———

  /** Announces rows under an id that nobody may see yet. Must come before them. */
  async stage(id: SnapshotId): Promise<void> {
    await this.#db.staged.put(clean.staged({ key: `list ${id}`, id, entries: [] }));
  }

  /** Keeps pages out of sight. */
  async stagePages(rows: readonly PageRow[]): Promise<void> {
    const { pages, ids } = this.#db;
    const kept = rows.map(clean.page);
    await this.#db.transaction('rw', [pages, ids], async () => {
      await pages.bulkPut(kept);
      await ids.bulkPut(kept.map(clean.idsOf));
    });
  }

  async stageFills(rows: readonly FillRow[]): Promise<void> {
    await this.#db.fills.bulkPut(rows.map(clean.fill));
  }

  async stageRaw(row: RawAnswer): Promise<void> {
    await this.#db.raw.put(clean.raw(row));
  }

  /** Keeps ledger entries out of sight, under a number of their own. */
  async stageEntries(number: number, entries: readonly LedgerEntry[]): Promise<void> {
    const key = `entries ${String(number).padStart(9, '0')}`;
    await this.#db.staged.put(clean.staged({ key, id: null, entries }));
  }

  /**
   * Shows everything that was staged, or nothing.
   * @returns how many requests came new into the ledger
   * @throws ListChanged when a list that is to be continued is no longer as it was
   */
  async show(lists: readonly StagedList[]): Promise<{ readonly newEntries: number }> {
    const { snapshots, pages, ids, fills, raw, ledger, staged, derived } = this.#db;
    const tables = [snapshots, pages, ids, fills, raw, ledger, staged, derived];
    return this.#db.transaction('rw', tables, async () => {
      for (const list of lists) {
        if (list.continues === null) {
          // A list of that id that came into being meanwhile is no list to write over.
          if ((await snapshots.get(list.snapshot.id)) !== undefined) throw new ListChanged();
        } else await this.#move(list, list.continues);
        await snapshots.put(clean.snapshot(list.snapshot));
      }
      let newEntries = 0;
      const chunks = await staged.where('key').startsWith('entries ').primaryKeys();
      for (const key of chunks) {
        const entries = (await staged.get(key))?.entries ?? [];
        const own = await ledger.bulkGet(entries.map(({ id }) => id));
        newEntries += own.filter((entry) => entry === undefined).length;
        await ledger.bulkPut(entries.map((entry, index) => clean.entry(surer(own[index], entry))));
      }
      await staged.clear();
      return { newEntries };
    });
  }

  /** Moves staged rows behind those of the list that they continue. */
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
        const rows = await table.where(index).between(least, most, true, true).limit(MOVED_AT_ONCE).toArray();
        if (rows.length === 0) break;
        // Each table takes back the rows it gave, with another id.
        await (table as typeof pages).bulkPut(rows.map((row) => clean.moved(row as PageRow, to)));
        await table.where(index).between(least, most, true, true).limit(rows.length).delete();
      }
    }
    // What was made of the shorter list is made again.
    await derived
      .where('[snapshotId+column+segment]')
      .between([to, Dexie.minKey, Dexie.minKey], [to, Dexie.maxKey, Dexie.maxKey])
      .delete();
  }

  /** Removes what a restore left that did not come to its end. Only while none is under way. */
  async dropStaged(): Promise<void> {
    const { snapshots, pages, ids, fills, raw, staged } = this.#db;
    for (const { key, id } of await staged.toArray()) {
      await this.#db.transaction('rw', [snapshots, pages, ids, fills, raw, staged], async () => {
        if (id !== null && (await snapshots.get(id)) === undefined) {
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
