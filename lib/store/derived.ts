/**
 * What reading is made fast with: single columns of a snapshot, made from its pages, a segment of accounts a record.
 * They may be deleted at any time, and are made again where they are missing or do not fit any more.
 */
import type { SnapshotId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** What one record holds, an entry an account. */
export type DerivedValues =
  /** The column is unknown for every account. */
  | { readonly kind: 'nothing' }
  /** Unknown is NaN, or in whole numbers {@link UNKNOWN_WHOLE}. */
  | { readonly kind: 'numbers'; readonly of: Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> }
  | { readonly kind: 'flags'; readonly of: Uint8Array<ArrayBuffer> }
  /**
   * One string of all texts, each character a byte of UTF-8, which keeps it as small in memory as on the disk. The
   * account at `i` has what is between `starts[i]` and `starts[i + 1]`, without the last byte.
   */
  | { readonly kind: 'text'; readonly text: string; readonly starts: Uint32Array<ArrayBuffer> };

export const UNKNOWN_WHOLE = 0xffffffff;

export interface DerivedRow {
  readonly snapshotId: SnapshotId;
  readonly column: string;
  /** Counts from 0. */
  readonly segment: number;
  /** Of the rules by which it was made. */
  readonly version: number;
  /** How many accounts it holds, from the segment's first on. */
  readonly count: number;
  /** Of how many of these the details were known when it was made. */
  readonly filled: number;
  readonly values: DerivedValues;
}

export class DerivedColumns {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The existing records of some columns, from segment `from` up to but not including `to`; in no order. */
  async read(
    id: SnapshotId,
    columns: readonly string[],
    from: number,
    to: number,
  ): Promise<readonly DerivedRow[]> {
    const { derived } = this.#db;
    const found = await this.#db.transaction('r', derived, () =>
      Promise.all(
        columns.map((column) =>
          derived
            .where('[snapshotId+column+segment]')
            .between([id, column, from], [id, column, to], true, false)
            .toArray(),
        ),
      ),
    );
    return found.flat();
  }

  /** Stores records, unless their list was deleted meanwhile. */
  async put(id: SnapshotId, rows: readonly DerivedRow[]): Promise<void> {
    const { derived, snapshots } = this.#db;
    await this.#db.transaction('rw', [derived, snapshots], async () => {
      if ((await snapshots.get(id)) === undefined) return;
      await derived.bulkPut(rows);
    });
  }
}
