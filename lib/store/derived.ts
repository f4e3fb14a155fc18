/**
 * Columns of a snapshot, derived from its pages for fast reading: one record per column and segment of accounts. They may
 * be deleted at any time, and are built again if they are missing or outdated.
 */
import type { FollowBasis } from '../model/follow-times.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** The values of one record, one per account. */
export type DerivedValues =
  /** The column is unknown for every account. */
  | { readonly kind: 'nothing' }
  /** Unknown values are NaN, or {@link UNKNOWN_WHOLE} in whole numbers. */
  | { readonly kind: 'numbers'; readonly of: Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> }
  | { readonly kind: 'flags'; readonly of: Uint8Array<ArrayBuffer> }
  /**
   * One string with all texts. Each of its characters is a byte of UTF-8, so that it is as small in memory as on disk.
   * The account at `i` has the bytes from `starts[i]` to `starts[i + 1]`, without the last one.
   */
  | { readonly kind: 'text'; readonly text: string; readonly starts: Uint32Array<ArrayBuffer> }
  /** `of[i]` is the number of the account's value in `words`, counted from 1; 0 is unknown. */
  | { readonly kind: 'values'; readonly words: Words; readonly of: Uint16Array<ArrayBuffer> }
  /** The account at `i` has the values from `of[starts[i]]` to `of[starts[i + 1]]`, counted from 0, each once. */
  | {
      readonly kind: 'terms';
      readonly words: Words;
      readonly starts: Uint32Array<ArrayBuffer>;
      readonly of: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
    }
  /**
   * What two lists are compared by, in one record: it is read much faster than one per text. `hashes` has a hash for each
   * account of the first text in `texts`, then of the second; unknown is {@link UNKNOWN_WHOLE}. Texts that are unknown for
   * every account are left out.
   */
  | {
      readonly kind: 'details';
      readonly texts: readonly string[];
      readonly hashes: Uint32Array<ArrayBuffer>;
      readonly flags: Uint8Array<ArrayBuffer>;
    }
  /** Not one per account: what the follow times of the segment are based on. */
  | ({ readonly kind: 'basis' } & FollowBasis);

/**
 * Different values, joined by line breaks, which no value contains. One string is read much faster than thousands.
 * `spelled` are the same values as they were first stated; `null` if they were stated like this.
 */
export interface Words {
  readonly count: number;
  readonly keys: string;
  readonly spelled: string | null;
}

export const UNKNOWN_WHOLE = 0xffffffff;

export interface DerivedRow {
  readonly snapshotId: SnapshotId;
  readonly column: string;
  /** Counts from 0. */
  readonly segment: number;
  /** Of the rules by which it was built. */
  readonly version: number;
  /** How many accounts it contains, from the segment's first on. */
  readonly count: number;
  /** For how many of these the details were known when it was built. */
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
