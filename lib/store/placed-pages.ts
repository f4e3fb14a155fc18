/** Stored pages at their places in a list, which may show pages of earlier collections below its own. */
import type { SnapshotId } from '../model/ids.ts';
import type { Database, PageRow } from './database.ts';
import { placed, type Dropped, type PlacedPart } from './layout.ts';
import { partsOf } from './parts.ts';

/** A stored page at its place in a list. */
export interface PlacedPage {
  readonly row: PageRow;
  /** Its number in the list. */
  readonly seq: number;
  /** The position in the list of its first shown account. */
  readonly first: number;
  /** The accounts that are shown; `null` is all of them. */
  readonly kept: readonly number[] | null;
}

/** The accounts of a page that are not dropped; `null` if all are. */
function keptOf({ first, accounts }: PageRow, dropped: Dropped): readonly number[] | null {
  const { length } = accounts.id;
  if (dropped.before(first + length) === dropped.before(first)) return null;
  return Array.from(accounts.id.keys()).filter((row) => !dropped.has(first + row));
}

function place(row: PageRow, part: PlacedPart): PlacedPage {
  return {
    row,
    seq: part.seq + row.seq,
    first: part.first + row.first - part.dropped.before(row.first),
    kept: keptOf(row, part.dropped),
  };
}

/** A page of a list that has only its own. */
function own(row: PageRow): PlacedPage {
  return { row, seq: row.seq, first: row.first, kept: null };
}

export class PlacedPages {
  readonly #db: Pick<Database, 'pages' | 'parts'>;
  /** Parts are written once, so that those that were read stay true. */
  readonly #parts = new Map<SnapshotId, readonly PlacedPart[]>();

  constructor(db: Pick<Database, 'pages' | 'parts'>) {
    this.#db = db;
  }

  /** The parts of a list; `null` if it has only its own pages. */
  async partsOf(id: SnapshotId): Promise<readonly PlacedPart[] | null> {
    const known = this.#parts.get(id);
    if (known !== undefined) return known;
    const rows = await partsOf(this.#db, id);
    if (rows.length === 0) return null;
    const parts = placed(rows);
    this.#parts.set(id, parts);
    return parts;
  }

  /** The pages from number `fromSeq` on, in order, at most `count`. */
  async read(id: SnapshotId, fromSeq: number, count: number): Promise<PlacedPage[]> {
    // Most lists have only their own pages: these are read while the parts are.
    const [parts, rows] = await Promise.all([
      this.partsOf(id),
      this.#parts.has(id) ? [] : this.#rows(id, fromSeq, count),
    ]);
    if (parts === null) return rows.map(own);
    const pages = await Promise.all(
      parts.map(async (part) => {
        const from = Math.max(0, fromSeq - part.seq);
        const until = Math.min(part.pages, fromSeq + count - part.seq);
        return until <= from
          ? []
          : (await this.#rows(part.log, from, until - from)).map((row) => place(row, part));
      }),
    );
    return pages.flat();
  }

  /** The page with the account at a position of the list, if there is one. */
  async at(id: SnapshotId, position: number): Promise<PlacedPage | undefined> {
    const found = await this.#logPosition(id, position);
    if (found === null) {
      const row = await this.#rowAt(id, position);
      return row === undefined ? undefined : own(row);
    }
    const row = await this.#rowAt(found.part.log, found.position);
    return row === undefined ? undefined : place(row, found.part);
  }

  /** The number of the page with the account at a position, without reading the page. */
  async seqAt(id: SnapshotId, position: number): Promise<number | undefined> {
    const found = await this.#logPosition(id, position);
    const log = found?.part.log ?? id;
    const [key] = await this.#db.pages
      .where('[snapshotId+first]')
      .between([log, 0], [log, found?.position ?? position], true, true)
      .reverse()
      .limit(1)
      .primaryKeys();
    return key === undefined ? undefined : (found?.part.seq ?? 0) + key[1];
  }

  /** Where the account at a position of a list is stored; `null` if the list has only its own pages. */
  async #logPosition(
    id: SnapshotId,
    position: number,
  ): Promise<{ readonly part: PlacedPart; readonly position: number } | null> {
    const parts = await this.partsOf(id);
    if (parts === null) return null;
    const part = parts.findLast(({ first, shown }) => first <= position && shown > 0) ?? parts[0];
    if (part === undefined) return null;
    return { part, position: part.dropped.positionOf(position - part.first) };
  }

  #rows(log: SnapshotId, fromSeq: number, count: number): Promise<PageRow[]> {
    return this.#db.pages
      .where('[snapshotId+seq]')
      .between([log, fromSeq], [log, fromSeq + count], true, false)
      .toArray();
  }

  #rowAt(log: SnapshotId, position: number): Promise<PageRow | undefined> {
    return this.#db.pages.where('[snapshotId+first]').between([log, 0], [log, position], true, true).last();
  }
}
