/**
 * The transactions that concern money. A request is recorded before it is sent, and settled in the same transaction
 * that stores what it returned. So the ledger never misses a cost, and either everything of a page is stored or nothing.
 */
import type { BudgetId } from '../model/budget.ts';
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import { countedAmount, type KeyCheckEntry, type LedgerEntry, type RunEntry } from '../model/ledger.ts';
import type { Account } from '../model/account.ts';
import type { RawResponse } from '../model/raw-response.ts';
import { hasEnded, type Snapshot } from '../model/snapshot.ts';
import { counting, leftOf } from './budgets.ts';
import { clean } from './clean.ts';
import { toColumns } from './columns.ts';
import type { Database } from './database.ts';
import { MonthTotals, type SpendingChange } from './month-totals.ts';
import { toPageRow, type NewPage } from './page-log.ts';
import { readable } from './readable.ts';
import { changeSnapshot, type SnapshotChange } from './snapshots.ts';

/** Completed accounts of a page of IDs; `part` is the position in the page where they begin. */
export interface NewFill {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly part: number;
  readonly accounts: readonly Account[];
  readonly receivedAt: number;
  readonly sha256: string;
}

/** How a request that was recorded as `sent` ended. */
export interface Settlement {
  readonly entry: string;
  readonly provider: ProviderId;
  readonly at: number;
  readonly status: 'charged' | 'maybe';
  readonly amount: number;
  /** What our price list says that it costs; `null` if it is not known what was received. */
  readonly listed: number | null;
  /** The account's balance, if the response states it. */
  readonly balance?: number;
}

/** The most that a provider may be paid for requests sent since a time, in its unit. */
export interface Allowance {
  readonly since: number;
  readonly limit: number;
}

/** The result of recording a request. It may be sent only after `written`; otherwise nothing was written. */
export type WriteResult =
  | { readonly kind: 'written'; readonly snapshot: Snapshot }
  /** The run was paused, was stopped, or ended meanwhile. */
  | { readonly kind: 'inactive'; readonly snapshot: Snapshot }
  /** The limit leaves too little: another request was recorded first. */
  | { readonly kind: 'over-limit' }
  /** The list was deleted. */
  | { readonly kind: 'deleted' };

/** The request that follows a page, recorded in the same transaction. */
export interface NextRequest {
  /** The provider's limit; `null` if there is none. */
  readonly allowance: Allowance | null;
  /**
   * Pure. `left` is what the provider's limit leaves after the page, and `sharedLeft` what the limit leaves that the run
   * shares with others; `null` if there is no limit.
   * @returns the request's entry and the snapshot with it; `null` if no request is to be sent
   */
  readonly plan: (
    saved: Snapshot,
    left: number | null,
    sharedLeft: number | null,
  ) => { readonly entry: RunEntry; readonly snapshot: Snapshot } | null;
}

type RecordChange = (change: SpendingChange) => void;

/** What the ledger counts of a request from the moment in which it is recorded. */
function reserveOf({ provider, sentAt, reserved }: LedgerEntry): SpendingChange {
  return { provider, sentAt, by: reserved };
}

export class Money {
  readonly #db: Database;
  readonly #totals = new MonthTotals();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Records a run's request before it is sent, and what it means for the snapshot. The limits are checked in the same
   * transaction, so requests of other runs and windows are counted either before it or after it.
   */
  async writeRequest(
    entry: RunEntry,
    change: SnapshotChange,
    allowance: Allowance | null = null,
  ): Promise<WriteResult> {
    const { snapshots, ledger, budgets } = this.#db;
    return this.#totals.during((record) =>
      this.#db.transaction('rw', [snapshots, ledger, budgets], async (): Promise<WriteResult> => {
        const snapshot = await snapshots.get(entry.snapshotId);
        if (snapshot === undefined) return { kind: 'deleted' };
        const changed = change(snapshot);
        const { state } = changed;
        if (hasEnded(state) || state.kind === 'paused') return { kind: 'inactive', snapshot };
        const sharedLeft = await this.sharedLeft(entry.budget, entry.sentAt);
        const isShared = sharedLeft === null || entry.reserved <= sharedLeft;
        if (!isShared || !(await this.#affords(entry, allowance))) return { kind: 'over-limit' };
        const saved = clean.snapshot(changed);
        const sent = clean.entry(entry);
        await Promise.all([snapshots.put(saved), ledger.add(sent), this.#share(sent, sent.reserved)]);
        record(reserveOf(sent));
        return { kind: 'written', snapshot: saved };
      }),
    );
  }

  /** Records a request that the browser may have sent a second time by itself. It can't be prevented any more. */
  async addResent(entry: RunEntry, change: SnapshotChange): Promise<void> {
    const { snapshots, ledger, budgets } = this.#db;
    await this.#totals.during((record) =>
      this.#db.transaction('rw', [snapshots, ledger, budgets], async () => {
        if ((await changeSnapshot(this.#db, entry.snapshotId, change)) === undefined) return;
        const sent = clean.entry(entry);
        await Promise.all([ledger.add(sent), this.#share(sent, sent.amount)]);
        record({ provider: sent.provider, sentAt: sent.sentAt, by: sent.amount });
      }),
    );
  }

  /** Settles a request that returned no page. A response that could not be parsed is stored with it. */
  async settle(
    snapshotId: SnapshotId,
    settlement: Settlement,
    change: SnapshotChange,
    raw: RawResponse | null,
  ): Promise<Snapshot | undefined> {
    const { snapshots, ledger, raw: responses, keys, budgets } = this.#db;
    const tables = [snapshots, ledger, responses, keys, budgets];
    return this.#totals.during((record) =>
      this.#db.transaction('rw', tables, async () => {
        await this.#settleEntry(settlement, record);
        if (raw !== null) await responses.put(clean.raw(raw));
        return changeSnapshot(this.#db, snapshotId, change);
      }),
    );
  }

  /**
   * Stores a page: the page, its IDs, the snapshot's counters and the ledger in one transaction, together with the
   * request for the next page.
   */
  async settlePage(
    page: NewPage,
    settlement: Settlement,
    change: SnapshotChange,
    next: NextRequest | null = null,
  ): Promise<Snapshot | undefined> {
    const { snapshots, ledger, pages, ids, keys, budgets } = this.#db;
    const { snapshotId } = page;
    // Built before the transaction opens, so that others wait only for the disk.
    const row = toPageRow(page);
    const idsRow = clean.idsOf(row);
    return this.#totals.during((record) =>
      this.#db.transaction('rw', [snapshots, ledger, pages, ids, keys, budgets], async () => {
        const before = await this.#leftBefore(settlement, next);
        const [now, settled] = await Promise.all([
          snapshots.get(snapshotId),
          this.#settleEntry(settlement, record),
        ]);
        // A list that was deleted while its page was requested stays deleted; the ledger has what the page cost.
        if (now === undefined) return undefined;
        const saved = clean.snapshot(change(now));
        const left = before === null ? null : before - settled;
        const sharedLeft = next === null ? null : await this.sharedLeft(saved.budget, settlement.at);
        const planned = next?.plan(saved, left, sharedLeft) ?? null;
        const changed = planned === null ? saved : clean.snapshot(planned.snapshot);
        const sent = planned === null ? null : clean.entry(planned.entry);
        await Promise.all([
          pages.add(row),
          ids.add(idsRow),
          snapshots.put(changed),
          sent === null ? undefined : ledger.add(sent),
          sent === null ? undefined : this.#share(sent, sent.reserved),
        ]);
        if (sent !== null) record(reserveOf(sent));
        return changed;
      }),
    );
  }

  /** Stores the accounts that a fill completed, with the ledger and the snapshot's counters in one transaction. */
  async settleFill(
    fill: NewFill,
    settlement: Settlement,
    change: SnapshotChange,
  ): Promise<Snapshot | undefined> {
    const { snapshots, ledger, fills, keys, budgets } = this.#db;
    const { accounts, ...rest } = fill;
    return this.#totals.during((record) =>
      this.#db.transaction('rw', [snapshots, ledger, fills, keys, budgets], async () => {
        await this.#settleEntry(settlement, record);
        if ((await snapshots.get(fill.snapshotId)) === undefined) return undefined;
        await fills.add(clean.fill({ ...rest, accounts: toColumns(accounts) }));
        return changeSnapshot(this.#db, fill.snapshotId, change);
      }),
    );
  }

  /**
   * Turns a provider's entries that are still `sent` into `maybe`, and changes the snapshot of each. Only for a caller
   * that knows that no request to this provider is in progress.
   */
  async settleInterrupted(
    provider: ProviderId,
    at: number,
    change: (entry: LedgerEntry) => SnapshotChange,
  ): Promise<void> {
    const { snapshots, ledger, keys, budgets } = this.#db;
    this.#totals.forget(provider);
    await this.#totals.during((record) =>
      this.#db.transaction('rw', [snapshots, ledger, keys, budgets], async () => {
        const open = readable(await ledger.where('[provider+status]').equals([provider, 'sent']).toArray());
        for (const entry of open) {
          const { id, reserved: amount } = entry;
          await this.#settleEntry({ entry: id, provider, at, status: 'maybe', amount, listed: null }, record);
          if (entry.snapshotId !== null) await changeSnapshot(this.#db, entry.snapshotId, change(entry));
        }
      }),
    );
  }

  /**
   * Records the test of a key before it is sent. The limit is checked in the same transaction.
   * @returns whether the limit allows it; if not, nothing was written
   */
  async writeKeyCheck(entry: KeyCheckEntry, allowance: Allowance | null = null): Promise<boolean> {
    const { ledger } = this.#db;
    return this.#totals.during((record) =>
      this.#db.transaction('rw', [ledger], async () => {
        if (!(await this.#affords(entry, allowance))) return false;
        const sent = clean.entry(entry);
        await ledger.add(sent);
        record(reserveOf(sent));
        return true;
      }),
    );
  }

  async settleKeyCheck(settlement: Settlement): Promise<void> {
    const { ledger, keys, budgets } = this.#db;
    await this.#totals.during((record) =>
      this.#db.transaction('rw', [ledger, keys, budgets], () => this.#settleEntry(settlement, record)),
    );
  }

  /**
   * What limits count of the requests sent to a provider since a time: what was charged or may have been, at least the
   * list price; requests in progress at their reserve. Takes the same time however many requests there were.
   */
  async spentSince(provider: ProviderId, since: number, now: number): Promise<number> {
    return this.#totals.since(provider, { since, now }, async (from, until) => {
      const entries = await this.#db.ledger
        .where('[provider+sentAt]')
        .between([provider, from], [provider, until], true, false)
        .toArray();
      return readable(entries).reduce((sum, entry) => sum + countedAmount(entry), 0);
    });
  }

  /**
   * What a shared limit leaves for requests that are sent now; nothing if the limit can't be read. `null` if there is none.
   */
  async sharedLeft(id: BudgetId | undefined, now: number): Promise<number | null> {
    if (id === undefined) return null;
    const budget = await this.#db.budgets.get(id);
    return budget === undefined ? 0 : leftOf(budget, now);
  }

  /** Counts a request against the limit that its run shares. Within a transaction of the budgets. */
  async #share(entry: LedgerEntry, by: number): Promise<void> {
    if (entry.snapshotId === null || entry.budget === undefined || by === 0) return;
    const budget = await this.#db.budgets.get(entry.budget);
    if (budget !== undefined) await this.#db.budgets.put(clean.budget(counting(budget, entry.sentAt, by)));
  }

  /** Discards cached totals: the ledger was written in another way than by this object. */
  forgetTotals(providers: readonly ProviderId[] | 'all'): void {
    if (providers === 'all') this.#totals.forgetAll();
    else for (const provider of providers) this.#totals.forget(provider);
  }

  /** Whether a limit leaves enough for a request. Within a transaction of the ledger. */
  async #affords({ provider, reserved, sentAt }: LedgerEntry, allowance: Allowance | null): Promise<boolean> {
    if (allowance === null) return true;
    const { since, limit } = allowance;
    return (await this.spentSince(provider, since, sentAt)) + reserved <= limit;
  }

  /** What a limit leaves before a request is settled. It reads what the settlement changes, so it is called first. */
  async #leftBefore({ provider, at }: Settlement, next: NextRequest | null): Promise<number | null> {
    const allowance = next?.allowance ?? null;
    if (allowance === null) return null;
    const { since, limit } = allowance;
    return limit - (await this.spentSince(provider, since, at));
  }

  /**
   * Settles an entry, and subtracts its cost from the balance that the provider stated last.
   * @returns by how much more the entry now counts
   */
  async #settleEntry(settlement: Settlement, record: RecordChange): Promise<number> {
    const { entry: id, provider, at, status, amount, listed, balance: stated } = settlement;
    const { ledger, keys } = this.#db;
    const costs = (status === 'charged' && amount > 0) || stated !== undefined;
    const [entry, key] = await Promise.all([ledger.get(id), costs ? keys.get(provider) : undefined]);
    const balance = stated ?? key?.balance ?? null;
    const settled =
      entry === undefined ? undefined : clean.entry({ ...entry, settledAt: at, status, amount, listed });
    const by =
      entry === undefined || settled === undefined ? 0 : countedAmount(settled) - countedAmount(entry);
    if (entry !== undefined) record({ provider: entry.provider, sentAt: entry.sentAt, by });
    await Promise.all([
      settled === undefined ? undefined : ledger.put(settled),
      settled === undefined ? undefined : this.#share(settled, by),
      key === undefined || balance === null
        ? undefined
        : keys.put(clean.key({ ...key, balance: stated ?? Math.max(0, balance - amount) })),
    ]);
    return by;
  }
}
