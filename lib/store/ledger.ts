/** The spending history, as it is read. Only money.ts and restored backups write it. */
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Database } from './database.ts';
import { readable } from './readable.ts';
import { SpendingSums, sumOf, type MonthlySpending, type Spent } from './spending.ts';

export class Ledger {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async entry(id: string): Promise<LedgerEntry | undefined> {
    return this.#db.ledger.get(id);
  }

  /** The entries of one snapshot, in the order in which their requests were sent. */
  async ofSnapshot(id: SnapshotId): Promise<LedgerEntry[]> {
    const entries = readable(await this.#db.ledger.where('snapshotId').equals(id).toArray());
    return entries.sort((a, b) => a.sentAt - b.sentAt);
  }

  /** What a list has cost so far. */
  async spentOn(id: SnapshotId): Promise<Spent> {
    return sumOf(readable(await this.#db.ledger.where('snapshotId').equals(id).toArray()));
  }

  /** How many requests were recorded for a list, including those in progress. */
  async requestsOn(id: SnapshotId): Promise<number> {
    return this.#db.ledger.where('snapshotId').equals(id).count();
  }

  /** What each provider was paid in each month, including for lists that were deleted. */
  async byMonth(): Promise<MonthlySpending[]> {
    const sums = new SpendingSums();
    await this.#db.ledger.each((entry: LedgerEntry | undefined) => {
      if (entry !== undefined) sums.add(entry);
    });
    return sums.rows();
  }
}
