/** The ledger: every request, written before it is sent. */
import type { BudgetId } from './budget.ts';
import type { ProviderId, SnapshotId } from './ids.ts';
import type { Unit } from './money.ts';

/** What a request of a run is for. */
export type Purpose = 'resolve' | 'page' | 'fill';

interface Entry {
  readonly id: string;
  readonly provider: ProviderId;
  readonly unit: Unit;
  readonly sentAt: number;
  readonly settledAt: number | null;
  readonly status: 'sent' | 'charged' | 'maybe';
  /** The most the request could cost when it was sent. */
  readonly reserved: number;
  /** What it cost (`charged`), or may have cost (`maybe`); 0 while `sent`. */
  readonly amount: number;
  /**
   * What it costs by the price list, for comparison with `amount`; `null` where that is unknown: while the request is in
   * progress, where its response was lost, and in entries older than this field.
   */
  readonly listed: number | null;
}

/** A request of a run. */
export interface RunEntry extends Entry {
  readonly snapshotId: SnapshotId;
  readonly purpose: Purpose;
  /** The shared limit that it counts against. */
  readonly budget?: BudgetId;
}

/** The test of a key, where that costs something. */
export interface KeyCheckEntry extends Entry {
  readonly snapshotId: null;
  readonly purpose: 'key-check';
}

/**
 * One request, written before it is sent. An entry that is still `sent` when the background starts was interrupted and
 * becomes `maybe`: the provider may have charged for it.
 */
export type LedgerEntry = RunEntry | KeyCheckEntry;

/** What limits count for a request: what was charged, but at least the list price; while in progress, its reserve. */
export function countedAmount({
  status,
  amount,
  reserved,
  listed,
}: Pick<LedgerEntry, 'status' | 'amount' | 'reserved' | 'listed'>): number {
  return status === 'sent' ? reserved : Math.max(amount, listed ?? 0);
}
