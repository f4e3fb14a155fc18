/** Money: whole credits, whole requests, or whole micro-dollars. */
import { z } from '../zod.ts';

export const unitSchema = z.enum(['credits', 'usd', 'requests']);

/** `usd` amounts are whole micro-dollars: 1,000,000 is one dollar. */
export type Unit = z.infer<typeof unitSchema>;

export const amountSchema = z.int().check(z.nonnegative());

/**
 * The highest cost of one request that is accepted from a response, in its unit: above all price lists, enough to end any
 * run, and low enough that sums of many stay exact.
 */
export const MAX_CLAIMED = 1_000_000_000;

/** What the user pays for a provider's credits or requests. */
export const creditPriceSchema = z.object({
  /** ISO 4217. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** For 1,000 of them, in millionths of the currency: 2,000,000 is 2.00. */
  perThousand: amountSchema,
});

export type CreditPrice = z.infer<typeof creditPriceSchema>;

/** What an amount of credits or requests comes to, in millionths of the price's currency. */
export function moneyFor(amount: number, { perThousand }: CreditPrice): number {
  return Math.round((amount / 1000) * perThousand);
}

/** A provider's price list, in its own unit. */
export interface Price {
  readonly unit: Unit;
  /** For one page, whatever it contains. */
  readonly perRequest: number;
  /** For each account a page returns. */
  readonly perRow: number;
  /** The least that a page costs, even if it is empty; absent where there is no minimum. */
  readonly perPageAtLeast?: number;
  /** For looking up a handle; 0 where no request is needed. */
  readonly resolve: number;
  /** For one lookup of accounts that a page listed by ID; 0 where pages contain complete accounts. */
  readonly perFill: number;
  /** For checking a key; absent where that is free. */
  readonly keyCheck?: number;
}

/** What a page with this many accounts costs by the price list. */
export function pagePrice(
  { perRequest, perRow, perPageAtLeast = 0 }: Pick<Price, 'perRequest' | 'perRow' | 'perPageAtLeast'>,
  rows: number,
): number {
  return Math.max(perPageAtLeast, perRequest + perRow * rows);
}
