/** Limits that several runs share. */
import { z } from '../zod.ts';
import type { ProviderId } from './ids.ts';
import type { Unit } from './money.ts';

export const budgetIdSchema = z
  .string()
  .check(z.regex(/^[0-9a-f-]{36}$/))
  .brand<'BudgetId'>();

export type BudgetId = z.infer<typeof budgetIdSchema>;

/** One limit for several runs of a provider. It changes in the transactions that change the ledger (store/money.ts). */
export interface Budget {
  readonly id: BudgetId;
  /** The limit of a batch applies to all of its requests, that of a watched list to those of each calendar month. */
  readonly kind: 'batch' | 'watch';
  readonly provider: ProviderId;
  readonly unit: Unit;
  /** The most that the runs may spend together, in `unit`. */
  readonly limit: number;
  /** What counts against the limit: what was charged and may have been, and requests in progress at their reserve. */
  readonly counted: number;
  /** `counted` are the requests sent since this time, epoch milliseconds. */
  readonly since: number;
}
