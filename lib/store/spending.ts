/** The ledger in sums: what each provider was paid in each month. */
import type { LedgerEntry, ProviderId, Unit } from '../model.ts';

export interface MonthlySpending {
  readonly provider: ProviderId;
  readonly unit: Unit;
  /** The first moment of the month in the user's time zone, epoch milliseconds. */
  readonly month: number;
  readonly requests: number;
  readonly charged: number;
  /** Of requests whose answer was lost, and of those under way. */
  readonly maybeCharged: number;
}

/** The first moment of a time's calendar month, in the user's time zone, epoch milliseconds. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

/** Sums entries by month and provider: newest month first, providers by id. */
export class SpendingSums {
  readonly #sums = new Map<string, MonthlySpending>();

  add({ provider, unit, sentAt, status, amount, reserved }: LedgerEntry): void {
    const month = monthOf(sentAt);
    const name = `${String(month)} ${provider} ${unit}`;
    const sum = this.#sums.get(name) ?? { provider, unit, month, requests: 0, charged: 0, maybeCharged: 0 };
    this.#sums.set(name, {
      ...sum,
      requests: sum.requests + 1,
      charged: sum.charged + (status === 'charged' ? amount : 0),
      maybeCharged: sum.maybeCharged + (status === 'maybe' ? amount : status === 'sent' ? reserved : 0),
    });
  }

  rows(): MonthlySpending[] {
    return [...this.#sums.values()].sort(
      (a, b) => b.month - a.month || a.provider.localeCompare(b.provider) || a.unit.localeCompare(b.unit),
    );
  }
}
