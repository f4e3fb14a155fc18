/**
 * The log of pages, as it is read. Pages, their IDs and the fills that complete them are written once, together with
 * their cost (money.ts), and never changed. The last page is the only checkpoint there is.
 */
import { Dexie } from 'dexie';
import type { Account } from '../model/account.ts';
import type { Cursor, SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { clean, type Clean } from './clean.ts';
import { accountAt, fromColumns, replaceAccounts, toColumns, type AccountColumns } from './columns.ts';
import type { Database, FillRow, PageRow } from './database.ts';
import type { PackedIds } from './ids.ts';
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

export class PageLog {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async checkpoint(id: SnapshotId): Promise<Checkpoint> {
    const [from, to] = allSeqs(id);
    const last = await this.#db.ids.where('[snapshotId+seq]').between(from, to, true, true).last();
    return last === undefined
      ? { nextSeq: 0, cursor: null, atEnd: false }
      : { nextSeq: last.seq + 1, cursor: last.next, atEnd: last.next === null };
  }

  /** Passes on the IDs and the next cursor of every page, in order, reading a few pages at a time. */
  async eachIds(id: SnapshotId, visit: (ids: PackedIds, next: Cursor | null) => void): Promise<void> {
    const BATCH = 256;
    const read = (seq: number) =>
      this.#db.ids
        .where('[snapshotId+seq]')
        .between([id, seq], [id, seq + BATCH], true, false)
        .toArray();
    let reading = read(0);
    for (let seq = BATCH; ; seq += BATCH) {
      const rows = await reading;
      const isLast = rows.length < BATCH;
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
    return this.#complete(await this.#rows(id, fromSeq, count));
  }

  /** Like {@link read}, in columns: many times faster when millions of fields are read. */
  async readColumns(id: SnapshotId, fromSeq: number, count: number): Promise<PageColumns[]> {
    const rows = await this.#rows(id, fromSeq, count);
    const fills = await this.#fillsOf(rows);
    return rows.map(({ seq, first, cursor, next, providerAt, receivedAt, accounts }) => ({
      seq,
      first,
      cursor,
      next,
      providerAt,
      receivedAt,
      columns: replaceAccounts(
        accounts,
        (fills.get(seq) ?? []).map(({ part, accounts: columns }) => ({ from: part, columns })),
      ),
    }));
  }

  /** What is known of the pages from `fromSeq` on, in order, at most `count`. */
  async facts(id: SnapshotId, fromSeq: number, count: number): Promise<PageFacts[]> {
    const rows = await this.#rows(id, fromSeq, count);
    return rows.map(({ seq, first, accounts, cursor, next, unreadable, providerAt, receivedAt }) => ({
      seq,
      first,
      rows: accounts.id.length,
      cursor,
      next,
      unreadable,
      providerAt,
      receivedAt,
    }));
  }

  /** The page with the account at a list position (from 0), if there is one. */
  async pageAt(id: SnapshotId, position: number): Promise<StoredPage | undefined> {
    const row = await this.#rowAt(id, position);
    if (row === undefined) return undefined;
    const [page] = await this.#complete([row]);
    return page;
  }

  /** Like {@link pageAt}, for a caller that needs few of its accounts: each is built when it is requested. */
  async accountsAt(id: SnapshotId, position: number): Promise<StoredAccounts | undefined> {
    const row = await this.#rowAt(id, position);
    if (row === undefined) return undefined;
    const { seq, first, receivedAt, accounts, idsOnly } = row;
    const fills = idsOnly
      ? await this.#db.fills
          .where('[snapshotId+seq+part]')
          .between([id, seq, 0], [id, seq, Dexie.maxKey], true, true)
          .toArray()
      : [];
    return {
      seq,
      first,
      receivedAt,
      count: accounts.id.length,
      accountAt: (index) => {
        const fill = fills.findLast(({ part }) => part <= index);
        const filled = fill === undefined ? undefined : accountAt(fill.accounts, index - fill.part);
        return filled ?? accountAt(accounts, index);
      },
    };
  }

  /** The number of the page with the account at a list position (from 0), without reading the page. */
  async seqAt(id: SnapshotId, position: number): Promise<number | undefined> {
    const [key] = await this.#db.pages
      .where('[snapshotId+first]')
      .between([id, 0], [id, position], true, true)
      .reverse()
      .limit(1)
      .primaryKeys();
    return key?.[1];
  }

  /** About how many bytes one account of a list takes, estimated from a few pages; 0 if there are none. */
  async bytesPerAccount({ id, pages, filled }: Pick<Snapshot, 'id' | 'pages' | 'filled'>): Promise<number> {
    const seqs = Array.from(new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.floor(share * (pages - 1)))));
    const samples = await this.#db.pages.bulkGet(seqs.map((seq) => [id, seq] as [SnapshotId, number]));
    let bytes = 0;
    let counted = 0;
    for (const sample of samples) {
      if (sample === undefined) continue;
      bytes += pageBytes(sample.accounts);
      counted += sample.accounts.id.length;
      if (sample.idsOnly) bytes += await this.#detailBytes(sample, filled);
    }
    return counted === 0 ? 0 : bytes / counted;
  }

  /** About how many bytes the details of a page of IDs take, estimated from a few of its fills. */
  async #detailBytes({ snapshotId, seq, first, accounts }: PageRow, filledOfList: number): Promise<number> {
    const fills = await this.#db.fills
      .where('[snapshotId+seq+part]')
      .between([snapshotId, seq, 0], [snapshotId, seq, Dexie.maxKey], true, true)
      .limit(FILLS_SAMPLED)
      .toArray();
    const sampled = fills.reduce((sum, fill) => sum + fill.accounts.id.length, 0);
    if (sampled === 0) return 0;
    const sampledBytes = fills.reduce((sum, fill) => sum + pageBytes(fill.accounts), 0);
    const filled = Math.min(accounts.id.length, Math.max(0, filledOfList - first));
    return (sampledBytes / sampled) * filled;
  }

  async #rows(id: SnapshotId, fromSeq: number, count: number): Promise<PageRow[]> {
    return this.#db.pages
      .where('[snapshotId+seq]')
      .between([id, fromSeq], [id, fromSeq + count], true, false)
      .toArray();
  }

  async #rowAt(id: SnapshotId, position: number): Promise<PageRow | undefined> {
    return this.#db.pages.where('[snapshotId+first]').between([id, 0], [id, position], true, true).last();
  }

  async #fillsOf(rows: readonly PageRow[]): Promise<ReadonlyMap<number, readonly FillRow[]>> {
    const fills = new Map<number, FillRow[]>();
    const [first] = rows.filter(({ idsOnly }) => idsOnly);
    const last = rows.findLast(({ idsOnly }) => idsOnly);
    if (first !== undefined && last !== undefined) {
      await this.#db.fills
        .where('[snapshotId+seq+part]')
        .between([first.snapshotId, first.seq, 0], [last.snapshotId, last.seq, Dexie.maxKey], true, true)
        .each((fill) => {
          fills.set(fill.seq, [...(fills.get(fill.seq) ?? []), fill]);
        });
    }
    return fills;
  }

  /** The pages, with what fills added to accounts that were received as IDs only. */
  async #complete(rows: readonly PageRow[]): Promise<StoredPage[]> {
    const fills = await this.#fillsOf(rows);
    return rows.map(({ seq, first, receivedAt, accounts }) => {
      const whole = fromColumns(accounts);
      for (const fill of fills.get(seq) ?? []) {
        whole.splice(fill.part, fill.accounts.id.length, ...fromColumns(fill.accounts));
      }
      return { seq, first, receivedAt, accounts: whole };
    });
  }
}
