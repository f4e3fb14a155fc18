/** The spending history, as it is read. Only money.ts and restored backups write it. */
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Database } from './database.ts';
import { readable } from './readable.ts';
import {
  SharedSums,
  SpendingLines,
  SpendingSums,
  sumOf,
  type MonthlySpending,
  type SpendingLine,
  type SpendingHistory,
  type Spent,
} from './spending.ts';

/** A list with its ledger in sums, read at one moment. */
export interface Statement {
  readonly snapshot: Snapshot;
  readonly spent: Spent;
  /** The same by purpose. */
  readonly lines: readonly SpendingLine[];
}

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

  /**
   * A list and what it has cost, read in one transaction; `undefined` if the list was deleted. Requests in progress are
   * counted, but their cost is not known yet.
   */
  async statementOf(id: SnapshotId): Promise<Statement | undefined> {
    const { snapshots, ledger } = this.#db;
    return this.#db.transaction('r', [snapshots, ledger], async () => {
      const snapshot = await snapshots.get(id);
      if (snapshot === undefined) return undefined;
      const entries = readable(await ledger.where('snapshotId').equals(id).toArray());
      const lines = new SpendingLines();
      for (const entry of entries) lines.add(entry);
      return { snapshot, spent: sumOf(entries), lines: lines.rows() };
    });
  }

  /** How many requests were recorded for a list, including those in progress. */
  async requestsOn(id: SnapshotId): Promise<number> {
    return this.#db.ledger.where('snapshotId').equals(id).count();
  }

  /** What each provider was paid in each month, including for lists that were deleted. */
  async byMonth(): Promise<readonly MonthlySpending[]> {
    return (await this.history()).months;
  }

  /** All entries, summed by month and by list, including those of lists that were deleted. */
  async history(): Promise<SpendingHistory> {
    const months = new SpendingSums();
    const lines = new SpendingLines();
    const shared = new SharedSums();
    await this.#db.ledger.each((entry: LedgerEntry | undefined) => {
      if (entry === undefined) return;
      months.add(entry);
      lines.add(entry);
      shared.add(entry);
    });
    return { months: months.rows(), lines: lines.rows(), shared: shared.rows() };
  }

  /** What each of some providers was paid since a time. Reads only these entries. */
  async since(time: number, providers: readonly ProviderId[]): Promise<readonly MonthlySpending[]> {
    const months = new SpendingSums();
    const found = await Promise.all(
      providers.map((provider) =>
        this.#db.ledger
          .where('[provider+sentAt]')
          .between([provider, time], [provider, Infinity], true, true)
          .toArray(),
      ),
    );
    for (const entry of readable(found.flat())) months.add(entry);
    return months.rows();
  }
}
