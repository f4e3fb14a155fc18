/**
 * The log of pages, as it is read. Pages, their IDs and the fills that complete them are written once, together with
 * their cost (money.ts), and never changed. The last page is the only checkpoint there is. Reading an updated list returns
 * its own pages first, then those of earlier collections (layout.ts).
 */
import { Dexie } from 'dexie';
import type { Account } from '../model/account.ts';
import type { Cursor, SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { clean, type Clean } from './clean.ts';
import {
  accountAt,
  fromColumns,
  pickAccounts,
  replaceAccounts,
  toColumns,
  type AccountColumns,
} from './columns.ts';
import type { Database, FillRow, PageRow } from './database.ts';
import type { PackedIds } from './ids.ts';
import { Dropped } from './layout.ts';
import { heldBy } from './parts.ts';
import { PlacedPages, type PlacedPage } from './placed-pages.ts';
import { pageBytes } from './size.ts';

/** A page with its accounts. */
export interface StoredPage {
  readonly seq: number;
  readonly first: number;
  readonly receivedAt: number;
  readonly accounts: readonly Account[];
}

/** A page whose accounts are read one by one. */
export interface StoredAccounts {
  readonly seq: number;
  readonly first: number;
  readonly receivedAt: number;
  readonly count: number;
  /** By position in the page, from 0. */
  readonly accountAt: (index: number) => Account | undefined;
}

/** A page in columns, as it is stored. */
export interface PageColumns {
  readonly seq: number;
  readonly first: number;
  /** The cursor that requested it. */
  readonly cursor: Cursor | null;
  /** The cursor that follows it. */
  readonly next: Cursor | null;
  readonly providerAt: number | null;
  readonly receivedAt: number;
  readonly columns: AccountColumns;
}

/** What is known of a page without its accounts. */
export interface PageFacts {
  readonly seq: number;
  /** How many accounts the pages before it contain. */
  readonly first: number;
  readonly rows: number;
  readonly cursor: Cursor | null;
  readonly next: Cursor | null;
  readonly unreadable: number;
  readonly providerAt: number | null;
  readonly receivedAt: number;
}

/** A page that is about to be stored. */
export interface NewPage {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly cursor: Cursor | null;
  readonly next: Cursor | null;
  readonly first: number;
  readonly accounts: readonly Account[];
  readonly idsOnly: boolean;
  readonly duplicates: number;
  readonly unreadable: number;
  readonly charged: number;
  readonly providerAt: number | null;
  readonly receivedAt: number;
  readonly sha256: string;
}

/** Where a list currently ends, and so where a new background worker continues. */
export interface Checkpoint {
  readonly nextSeq: number;
  /** The cursor of the next page; `null` at the beginning, and when the last page offered none. */
  readonly cursor: Cursor | null;
  /** Whether the last page stated that none follows. */
  readonly atEnd: boolean;
}

/** The keys of all rows of a snapshot in a table whose key is `[snapshotId, seq]`. */
export function allSeqs(id: SnapshotId): [readonly [SnapshotId, number], readonly [SnapshotId, number]] {
  return [
    [id, 0],
    [id, Number.MAX_SAFE_INTEGER],
  ];
}

/** A page as the table `pages` takes it. */
export function toPageRow({ accounts, ...rest }: NewPage): Clean<PageRow> {
  return clean.page({ ...rest, accounts: toColumns(accounts) });
}

/** From how many fills of a page the size of its details is estimated. */
const FILLS_SAMPLED = 5;

/** IDs of a log that are shown. */
function shownIds(ids: PackedIds, first: number, dropped: Dropped): PackedIds {
  if (dropped.before(first + ids.length) === dropped.before(first)) return ids;
  const isShown = (_: unknown, at: number): boolean => !dropped.has(first + at);
  return ids instanceof BigUint64Array ? ids.filter(isShown) : ids.filter(isShown);
}

export class PageLog {
  readonly #db: Database;
  readonly #placed: PlacedPages;

  constructor(db: Database) {
    this.#db = db;
    this.#placed = new PlacedPages(db);
  }

  /** Where the run of a list continues. */
  async checkpoint(id: SnapshotId): Promise<Checkpoint> {
    const [from, to] = allSeqs(id);
    const last = await this.#db.ids.where('[snapshotId+seq]').between(from, to, true, true).last();
    return last === undefined
      ? { nextSeq: 0, cursor: null, atEnd: false }
      : { nextSeq: last.seq + 1, cursor: last.next, atEnd: last.next === null };
  }

  /** Passes on the IDs of every page of a list, in order, reading a few pages at a time. */
  async eachIds(id: SnapshotId, visit: (ids: PackedIds) => void): Promise<void> {
    const parts = await this.#placed.partsOf(id);
    if (parts === null) return this.eachOwnIds(id, visit);
    for (const { log, pages, dropped } of parts) {
      let first = 0;
      await this.#eachIdsOf(log, pages, (ids) => {
        visit(shownIds(ids, first, dropped));
        first += ids.length;
      });
    }
  }

  /** Like {@link eachIds}, with the next cursors, for the pages that the list's own run collected. */
  async eachOwnIds(id: SnapshotId, visit: (ids: PackedIds, next: Cursor | null) => void): Promise<void> {
    await this.#eachIdsOf(id, Infinity, visit);
  }

  /** The IDs that an update holds, in the order of the earlier list, with their log and position there. */
  async eachHeldIds(
    id: SnapshotId,
    visit: (
      ids: PackedIds,
      at: { readonly part: number; readonly first: number; readonly dropped: Dropped },
    ) => void,
  ): Promise<void> {
    for (const { part, log, pages, dropped: ranges } of await heldBy(this.#db, id)) {
      const dropped = new Dropped(ranges);
      let first = 0;
      await this.#eachIdsOf(log, pages, (ids) => {
        visit(ids, { part, first, dropped });
        first += ids.length;
      });
    }
  }

  /** The IDs of the first `pages` pages of a log. */
  async #eachIdsOf(
    log: SnapshotId,
    pages: number,
    visit: (ids: PackedIds, next: Cursor | null) => void,
  ): Promise<void> {
    const BATCH = 256;
    const read = (seq: number) =>
      this.#db.ids
        .where('[snapshotId+seq]')
        .between([log, seq], [log, Math.min(pages, seq + BATCH)], true, false)
        .toArray();
    let reading = read(0);
    for (let seq = BATCH; ; seq += BATCH) {
      const rows = await reading;
      const isLast = rows.length < BATCH || seq >= pages;
      if (!isLast) {
        // Reads ahead while the caller uses these. A failure is handled where the result is awaited, if it is.
        reading = read(seq);
        reading.catch(() => undefined);
      }
      for (const row of rows) visit(row.ids, row.next);
      if (isLast) return;
    }
  }

  /** The pages from `fromSeq` on, in order, at most `count`. */
  async read(id: SnapshotId, fromSeq: number, count: number): Promise<StoredPage[]> {
    return this.#complete(await this.#placed.read(id, fromSeq, count));
  }

  /** Like {@link read}, in columns: many times faster when millions of fields are read. */
  async readColumns(id: SnapshotId, fromSeq: number, count: number): Promise<PageColumns[]> {
    const pages = await this.#placed.read(id, fromSeq, count);
    const fills = await this.#fillsOf(pages);
    return pages.map(({ row, seq, first, kept }) => {
      const { cursor, next, providerAt, receivedAt, accounts } = row;
      const patches = (fills.get(row) ?? []).map(({ part, accounts: columns }) => ({ from: part, columns }));
      const columns = pickAccounts(replaceAccounts(accounts, patches), kept);
      return { seq, first, cursor, next, providerAt, receivedAt, columns };
    });
  }

  /** What is known of the pages from `fromSeq` on, in order, at most `count`. */
  async facts(id: SnapshotId, fromSeq: number, count: number): Promise<PageFacts[]> {
    const pages = await this.#placed.read(id, fromSeq, count);
    return pages.map(({ row, seq, first, kept }) => {
      const { accounts, cursor, next, unreadable, providerAt, receivedAt } = row;
      const rows = (kept ?? accounts.id).length;
      return { seq, first, rows, cursor, next, unreadable, providerAt, receivedAt };
    });
  }

  /** The page with the account at a list position (from 0), if there is one. */
  async pageAt(id: SnapshotId, position: number): Promise<StoredPage | undefined> {
    const found = await this.#placed.at(id, position);
    if (found === undefined) return undefined;
    const [page] = await this.#complete([found]);
    return page;
  }

  /** Like {@link pageAt}, for a caller that needs few of its accounts: each is built when it is requested. */
  async accountsAt(id: SnapshotId, position: number): Promise<StoredAccounts | undefined> {
    const found = await this.#placed.at(id, position);
    if (found === undefined) return undefined;
    const { row, seq, first, kept } = found;
    const { accounts, receivedAt } = row;
    const fills = (await this.#fillsOf([found])).get(row) ?? [];
    return {
      seq,
      first,
      receivedAt,
      count: (kept ?? accounts.id).length,
      accountAt: (shown) => {
        const index = kept === null ? shown : kept[shown];
        if (index === undefined) return undefined;
        const fill = fills.findLast(({ part }) => part <= index);
        const filled = fill === undefined ? undefined : accountAt(fill.accounts, index - fill.part);
        return filled ?? accountAt(accounts, index);
      },
    };
  }

  /** The number of the page with the account at a list position (from 0), without reading the page. */
  async seqAt(id: SnapshotId, position: number): Promise<number | undefined> {
    return this.#placed.seqAt(id, position);
  }

  /** About how many bytes one account of a list takes, estimated from a few pages; 0 if there are none. */
  async bytesPerAccount({ id, pages, filled }: Pick<Snapshot, 'id' | 'pages' | 'filled'>): Promise<number> {
    const seqs = Array.from(new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.floor(share * (pages - 1)))));
    const samples = await Promise.all(seqs.map((seq) => this.#placed.read(id, seq, 1)));
    let bytes = 0;
    let counted = 0;
    for (const { row, first } of samples.flat()) {
      bytes += pageBytes(row.accounts);
      counted += row.accounts.id.length;
      if (row.idsOnly) bytes += await this.#detailBytes(row, Math.max(0, filled - first));
    }
    return counted === 0 ? 0 : bytes / counted;
  }

  /** About how many bytes the details of a page of IDs take, estimated from a few of its fills. */
  async #detailBytes({ snapshotId, seq, accounts }: PageRow, filledHere: number): Promise<number> {
    const fills = await this.#db.fills
      .where('[snapshotId+seq+part]')
      .between([snapshotId, seq, 0], [snapshotId, seq, Dexie.maxKey], true, true)
      .limit(FILLS_SAMPLED)
      .toArray();
    const sampled = fills.reduce((sum, fill) => sum + fill.accounts.id.length, 0);
    if (sampled === 0) return 0;
    const sampledBytes = fills.reduce((sum, fill) => sum + pageBytes(fill.accounts), 0);
    return (sampledBytes / sampled) * Math.min(accounts.id.length, filledHere);
  }

  /** The fills of pages of IDs, in order. */
  async #fillsOf(pages: readonly PlacedPage[]): Promise<ReadonlyMap<PageRow, readonly FillRow[]>> {
    const rows = pages.map(({ row }) => row).filter(({ idsOnly }) => idsOnly);
    const byPage = new Map<PageRow, FillRow[]>();
    for (const log of new Set(rows.map(({ snapshotId }) => snapshotId))) {
      const ofLog = new Map(rows.filter((row) => row.snapshotId === log).map((row) => [row.seq, row]));
      const seqs = Array.from(ofLog.keys());
      await this.#db.fills
        .where('[snapshotId+seq+part]')
        .between([log, Math.min(...seqs), 0], [log, Math.max(...seqs), Dexie.maxKey], true, true)
        .each((fill) => {
          const row = ofLog.get(fill.seq);
          if (row !== undefined) byPage.set(row, [...(byPage.get(row) ?? []), fill]);
        });
    }
    return byPage;
  }

  /** The pages, with what fills added to accounts that were received as IDs only. */
  async #complete(pages: readonly PlacedPage[]): Promise<StoredPage[]> {
    const fills = await this.#fillsOf(pages);
    return pages.map(({ row, seq, first, kept }) => {
      const whole = fromColumns(row.accounts);
      for (const fill of fills.get(row) ?? []) {
        whole.splice(fill.part, fill.accounts.id.length, ...fromColumns(fill.accounts));
      }
      const accounts = kept === null ? whole : kept.flatMap((at) => whole[at] ?? []);
      return { seq, first, receivedAt: row.receivedAt, accounts };
    });
  }
}
