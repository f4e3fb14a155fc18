/** Limits that several runs share. Pure; money.ts reads and writes them in its transactions. */
import type { Budget } from '../model/budget.ts';
import { monthOf } from './spending.ts';

/** The limit of a watched list begins anew in each calendar month. */
function isOver(budget: Budget, now: number): boolean {
  return budget.kind === 'watch' && monthOf(now) > budget.since;
}

/** What a shared limit leaves for requests that are sent now, in its unit. */
export function leftOf(budget: Budget, now: number): number {
  return budget.limit - (isOver(budget, now) ? 0 : budget.counted);
}

/**
 * The limit after what a request counts has changed: it is recorded, or settled.
 * @param sentAt when the request was sent
 */
export function counting(budget: Budget, sentAt: number, by: number): Budget {
  if (isOver(budget, sentAt)) return { ...budget, since: monthOf(sentAt), counted: Math.max(0, by) };
  // A request of an earlier month returns nothing to this one. If the clock was set back, this only makes it stricter.
  const isEarlier = budget.kind === 'watch' && monthOf(sentAt) < budget.since;
  return { ...budget, counted: Math.max(0, budget.counted + (isEarlier ? Math.max(0, by) : by)) };
}
