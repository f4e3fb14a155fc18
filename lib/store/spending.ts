/** The ledger in sums: what each provider was paid in each month. */
import type { ProviderId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Unit } from '../model/money.ts';

/** Ledger entries of one unit in sums. */
export interface Spent {
  readonly requests: number;
  readonly charged: number;
  /** The list price of the charged requests; the charge for those without a list price. */
  readonly listed: number;
  /** Of requests whose response was lost, and of those in progress. */
  readonly maybeCharged: number;
}

export interface MonthlySpending extends Spent {
  readonly provider: ProviderId;
  readonly unit: Unit;
  /** The first moment of the month in the user's time zone, epoch milliseconds. */
  readonly month: number;
}

const nothingSpent: Spent = { requests: 0, charged: 0, listed: 0, maybeCharged: 0 };

function plus(sum: Spent, { status, amount, reserved, listed }: LedgerEntry): Spent {
  const { requests, charged, maybeCharged } = sum;
  const counted = { ...sum, requests: requests + 1 };
  switch (status) {
    case 'charged':
      return { ...counted, charged: charged + amount, listed: sum.listed + (listed ?? amount) };
    case 'maybe':
      return { ...counted, maybeCharged: maybeCharged + amount };
    case 'sent':
      return { ...counted, maybeCharged: maybeCharged + reserved };
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

/** Sums entries by month and provider: newest month first, providers by id. */
export class SpendingSums {
  readonly #sums = new Map<string, MonthlySpending>();

  add(entry: LedgerEntry): void {
    const { provider, unit, sentAt } = entry;
    const month = monthOf(sentAt);
    const name = `${String(month)} ${provider} ${unit}`;
    const sum = this.#sums.get(name) ?? { provider, unit, month, ...nothingSpent };
    this.#sums.set(name, { ...sum, ...plus(sum, entry) });
  }

  rows(): MonthlySpending[] {
    return [...this.#sums.values()].sort(
      (a, b) => b.month - a.month || a.provider.localeCompare(b.provider) || a.unit.localeCompare(b.unit),
    );
  }
}
