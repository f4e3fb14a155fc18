/** The ledger in sums: what each provider was paid in each month. */
import type { BudgetId } from '../model/budget.ts';
import type { ProviderId } from '../model/ids.ts';
import { countedAmount, type LedgerEntry } from '../model/ledger.ts';
import type { Unit } from '../model/money.ts';

/**
 * Ledger entries of one unit in sums. A request in progress counts as a request, and costs nothing until it is settled:
 * so all figures on screen agree, with each other and with the counts of the list. Limits count its reserve (money.ts).
 */
export interface Spent {
  readonly requests: number;
  readonly charged: number;
  /** The list price of the charged requests; the charge for those without a list price. */
  readonly listed: number;
  /** Of requests whose response was lost. */
  readonly maybeCharged: number;
}

/** Entries that belong together, summed. */
type Summed<Group> = Group &
  Spent & {
    /** What limits count of settled requests: at least the list price. */
    readonly counted: number;
    /** When the latest request was sent, epoch milliseconds. */
    readonly lastAt: number;
  };

export type MonthlySpending = Summed<{
  readonly provider: ProviderId;
  readonly unit: Unit;
  /** The first moment of the month in the user's time zone, epoch milliseconds. */
  readonly month: number;
}>;

/** What one list, or the tests of a provider's key (`null`), cost for one purpose. */
export type SpendingLine = Summed<Pick<LedgerEntry, 'provider' | 'unit' | 'snapshotId' | 'purpose'>>;

/** What all runs that share a limit cost together. */
export type SharedSpending = Summed<Pick<LedgerEntry, 'provider' | 'unit'> & { readonly budget: BudgetId }>;

/** All of the spending history, summed in two ways. Both sums are of the same entries. */
export interface SpendingHistory {
  readonly months: readonly MonthlySpending[];
  readonly lines: readonly SpendingLine[];
  /** Those of its requests that counted against a shared limit, by that limit. */
  readonly shared: readonly SharedSpending[];
}

const nothingSpent: Spent = { requests: 0, charged: 0, listed: 0, maybeCharged: 0 };

function plus(sum: Spent, { status, amount, listed }: LedgerEntry): Spent {
  const { requests, charged, maybeCharged } = sum;
  const counted = { ...sum, requests: requests + 1 };
  switch (status) {
    case 'charged':
      return { ...counted, charged: charged + amount, listed: sum.listed + (listed ?? amount) };
    case 'maybe':
      return { ...counted, maybeCharged: maybeCharged + amount };
    case 'sent':
      return counted;
  }
}

/** Entries of one unit, summed. */
export function sumOf(entries: readonly LedgerEntry[]): Spent {
  return entries.reduce(plus, nothingSpent);
}

/** The first moment of a time's calendar month, in the user's time zone, epoch milliseconds. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

/** Entries that belong together: the fields they share, and their sum. */
class Sums<Group extends Pick<LedgerEntry, 'provider' | 'unit'>> {
  readonly #sums = new Map<string, Summed<Group>>();
  readonly #group: (entry: LedgerEntry) => Group;

  constructor(group: (entry: LedgerEntry) => Group) {
    this.#group = group;
  }

  add(entry: LedgerEntry): void {
    const group = this.#group(entry);
    const name = Object.values(group).join(' ');
    const sum = this.#sums.get(name) ?? { ...group, ...nothingSpent, counted: 0, lastAt: entry.sentAt };
    const counted = sum.counted + (entry.status === 'sent' ? 0 : countedAmount(entry));
    this.#sums.set(name, {
      ...sum,
      ...plus(sum, entry),
      counted,
      lastAt: Math.max(sum.lastAt, entry.sentAt),
    });
  }

  rows(): Summed<Group>[] {
    return [...this.#sums.values()];
  }
}

/** Sums entries by month and provider: newest month first, providers by id. */
export class SpendingSums {
  readonly #months = new Sums(({ provider, unit, sentAt }) => ({ provider, unit, month: monthOf(sentAt) }));

  add(entry: LedgerEntry): void {
    this.#months.add(entry);
  }

  rows(): MonthlySpending[] {
    return this.#months
      .rows()
      .sort(
        (a, b) => b.month - a.month || a.provider.localeCompare(b.provider) || a.unit.localeCompare(b.unit),
      );
  }
}

/** Sums entries by list and purpose: the list with the latest request first, its purposes by name. */
export class SpendingLines {
  readonly #lines = new Sums(({ provider, unit, snapshotId, purpose }) => ({
    provider,
    unit,
    snapshotId,
    purpose,
  }));

  add(entry: LedgerEntry): void {
    this.#lines.add(entry);
  }

  rows(): SpendingLine[] {
    const rows = this.#lines.rows();
    const last = new Map<string, number>();
    const listOf = ({ snapshotId, provider }: SpendingLine): string => snapshotId ?? provider;
    for (const row of rows) last.set(listOf(row), Math.max(last.get(listOf(row)) ?? 0, row.lastAt));
    return rows.sort(
      (a, b) =>
        (last.get(listOf(b)) ?? 0) - (last.get(listOf(a)) ?? 0) ||
        listOf(a).localeCompare(listOf(b)) ||
        a.purpose.localeCompare(b.purpose),
    );
  }
}

/** Sums entries by the limit that they share: the one with the latest request first. */
export class SharedSums {
  readonly #sums = new Map<BudgetId, SharedSpending>();

  add(entry: LedgerEntry): void {
    const budget = entry.snapshotId === null ? undefined : entry.budget;
    if (budget === undefined) return;
    const { provider, unit, sentAt } = entry;
    const sum = this.#sums.get(budget) ?? {
      provider,
      unit,
      budget,
      ...nothingSpent,
      counted: 0,
      lastAt: sentAt,
    };
    const counted = sum.counted + (entry.status === 'sent' ? 0 : countedAmount(entry));
    this.#sums.set(budget, { ...sum, ...plus(sum, entry), counted, lastAt: Math.max(sum.lastAt, sentAt) });
  }

  rows(): SharedSpending[] {
    return [...this.#sums.values()].sort((a, b) => b.lastAt - a.lastAt);
  }
}
