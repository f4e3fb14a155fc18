/**
 * The IDs and cursors of a list so far, to drop accounts that pages repeat, and to notice a cursor that repeats. Rebuilt
 * from the log of pages after a restart.
 */
import type { Account } from '../model/account.ts';
import type { AccountId, Cursor, SnapshotId } from '../model/ids.ts';
import type { PackedIds } from '../store/ids.ts';
import type { PageLog } from '../store/page-log.ts';
import { IdSet } from './id-set.ts';

export interface Fresh {
  /** Accounts that are new, in order. */
  readonly accounts: readonly Account[];
  readonly duplicates: number;
}

export class Seen {
  readonly #ids = new IdSet();
  readonly #cursors = new Set<string>();

  /** How many accounts the list has. */
  get size(): number {
    return this.#ids.size;
  }

  /**
   * The accounts of a page that are new. Changes nothing, because only a saved page counts as seen.
   * @param isKnown whether an account counts as a duplicate because an earlier list contains it
   */
  sift(accounts: readonly Account[], isKnown: (id: AccountId) => boolean = () => false): Fresh {
    const here = new Set<string>();
    const fresh = accounts.filter(({ id }) => {
      if (this.#ids.has(id) || here.has(id) || isKnown(id)) return false;
      here.add(id);
      return true;
    });
    return { accounts: fresh, duplicates: accounts.length - fresh.length };
  }

  hasCursor(cursor: Cursor): boolean {
    return this.#cursors.has(cursor);
  }

  /** Adds a saved page. */
  add(ids: PackedIds, next: Cursor | null): void {
    this.#ids.addPacked(ids);
    if (next !== null) this.#cursors.add(next);
  }

  /** Reads the stored pages of a snapshot. */
  static async of(pages: Pick<PageLog, 'eachOwnIds'>, id: SnapshotId): Promise<Seen> {
    const seen = new Seen();
    await pages.eachOwnIds(id, (ids, next) => {
      seen.add(ids, next);
    });
    return seen;
  }
}
