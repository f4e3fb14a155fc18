/** Everything that is stored, in parts. Each part owns its transactions; money.ts owns those that concern money. */
import type { StorageError } from '../model/error.ts';
import { openDatabase, type Database } from './database.ts';
import { DerivedColumns } from './derived.ts';
import { Keys } from './keys.ts';
import { Ledger } from './ledger.ts';
import { Money } from './money.ts';
import type { ReportStorageError } from './open-database.ts';
import { PageLog } from './page-log.ts';
import { RawResponses } from './raw-responses.ts';
import { SettingsTable } from './settings-table.ts';
import { SnapshotIndex } from './snapshot-index.ts';
import { Snapshots } from './snapshots.ts';

const DATABASE_NAME = 'followledger';

export class Store {
  readonly snapshots: Snapshots;
  readonly pages: PageLog;
  readonly rawResponses: RawResponses;
  readonly money: Money;
  readonly ledger: Ledger;
  readonly keys: Keys;
  readonly settings: SettingsTable;
  readonly derived: DerivedColumns;
  /** For pages that show all snapshots. */
  readonly index: SnapshotIndex;
  readonly #db: Database;
  readonly #listeners = new Set<ReportStorageError>();
  #error: StorageError | null = null;

  constructor(name: string) {
    this.#db = openDatabase(name, (storageError) => {
      // Once a newer version has taken over, nothing that this version does can change that.
      if (this.#error === 'outdated' || this.#error === storageError) return;
      this.#error = storageError;
      for (const listener of this.#listeners) listener(storageError);
    });
    this.snapshots = new Snapshots(this.#db);
    this.pages = new PageLog(this.#db);
    this.rawResponses = new RawResponses(this.#db);
    this.money = new Money(this.#db);
    this.ledger = new Ledger(this.#db);
    this.keys = new Keys(this.#db);
    this.settings = new SettingsTable(this.#db);
    this.derived = new DerivedColumns(this.#db);
    this.index = new SnapshotIndex(this.#db.snapshots);
  }

  /** Creates a part that only few contexts need, so that the others don't load its code. Only for this folder. */
  part<T>(create: (database: Database) => T): T {
    return create(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  /** What prevents the database from being opened, as far as is known; `null` if nothing does. */
  get error(): StorageError | null {
    return this.#error;
  }

  /** Calls back when {@link error} changes. @returns a function that ends it */
  onStorageError(listener: ReportStorageError): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** After the database failed to open: lets the next query try again, unless that can't help. */
  tryOpeningAgain(): void {
    if (this.#error !== 'outdated' && this.#db.hasFailed()) this.#db.close({ disableAutoOpen: false });
  }

  /**
   * Deletes everything. The tables are emptied first, which no open connection can delay. Then the database itself is
   * deleted, and with it the older values that the browser may still have in its files. The next query creates it anew.
   */
  async clear(): Promise<void> {
    const { tables } = this.#db;
    await this.#db.transaction('rw', tables, () => Promise.all(tables.map((table) => table.clear())));
    this.money.forgetTotals('all');
    await this.#db.delete({ disableAutoOpen: false });
  }
}

/** Opens the store. This takes no time, because the first query opens the database. */
export function openStore(name: string = DATABASE_NAME): Store {
  return new Store(name);
}
