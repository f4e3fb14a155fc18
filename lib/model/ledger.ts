/** The ledger: every request, written before it is sent. */
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
  /** What it did cost (`charged`), or may have (`maybe`); 0 while `sent`. */
  readonly amount: number;
  /**
   * What our price list says that it costs, to be compared with `amount`; `null` where that is not known: while it is
   * under way, where its answer was lost, and in entries older than this field.
   */
  readonly listed: number | null;
}

/** A request of a run. */
export interface RunEntry extends Entry {
  readonly snapshotId: SnapshotId;
  readonly purpose: Purpose;
}

/** The test of a key, where that costs something. */
export interface KeyCheckEntry extends Entry {
  readonly snapshotId: null;
  readonly purpose: 'key-check';
}

/**
 * One request, written before it is sent. `sent` that is found at a start was interrupted and becomes `maybe`:
 * the provider may have charged for it.
 */
export type LedgerEntry = RunEntry | KeyCheckEntry;

/** What a limit counts for a request: at least the price list, at least what was charged; its reserve under way. */
export function countedAmount({
  status,
  amount,
  reserved,
  listed,
}: Pick<LedgerEntry, 'status' | 'amount' | 'reserved' | 'listed'>): number {
  return status === 'sent' ? reserved : Math.max(amount, listed ?? 0);
}
