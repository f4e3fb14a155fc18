/** The accounts that an update knows from the earlier list, by ID. Read from the pages that the update holds. */
import type { AccountId, SnapshotId } from '../model/ids.ts';
import type { PageLog } from '../store/page-log.ts';
import { IdSet } from './id-set.ts';

export class KnownAccounts {
  readonly #ids = new IdSet({ withPositions: true });

  /** The position of an account in the earlier list; `undefined` if it is not there. */
  readonly positionOf = (id: AccountId): number | undefined => this.#ids.positionOf(id);

  has(id: AccountId): boolean {
    return this.#ids.has(id);
  }

  /** Reads the IDs of the list that an update brings up to date. */
  static async of(pages: Pick<PageLog, 'eachHeldIds'>, update: SnapshotId): Promise<KnownAccounts> {
    const known = new KnownAccounts();
    // Those that are listed further up as well have their position from there.
    await pages.eachHeldIds(update, (ids) => {
      known.#ids.addPacked(ids);
    });
    return known;
  }
}
