/**
 * What page buttons may spend without approval: all runs that they start within a day share one amount, so that no page
 * can split one large amount into many small ones. Pure. The caller reads the other runs in the transaction that writes
 * the result.
 */
import { countedSpending, neededFor, type Estimate, type Snapshot } from '../model/snapshot.ts';
import type { Event } from './machine/events.ts';
import { isOneClick } from './machine/state.ts';

/** Runs that were started within this time count together. Milliseconds. */
export const ALLOWANCE_TIME = 24 * 3600_000;

/** How many requests are granted at once when a run exceeds its estimate. */
const REQUESTS_AT_ONCE = 10;

/** Whether a run sends its next request by itself, now or as soon as it can. */
function isActive({ state }: Snapshot): boolean {
  switch (state.kind) {
    case 'queued':
    case 'resolving':
    case 'running':
    case 'waiting':
      return true;
    case 'confirming':
    case 'blocked':
    case 'paused':
    case 'ended':
      return false;
  }
}

/** A run's part of the shared amount: what it may spend while it continues by itself, else what it has spent. */
function claimOf(run: Snapshot): number {
  const spent = countedSpending(run);
  return isActive(run) ? Math.max(spent, run.cap) : spent;
}

interface Shared {
  /** What may be spent without approval, in the run's unit. */
  readonly most: number;
  /** The runs of the last {@link ALLOWANCE_TIME}; the run itself may be among them. */
  readonly recent: readonly Snapshot[];
}

function others({ id, unit }: Snapshot, { recent }: Shared): Snapshot[] {
  return recent.filter((other) => other.id !== id && other.unit === unit && isOneClick(other));
}

function sum(runs: readonly Snapshot[], of: (run: Snapshot) => number): number {
  return runs.reduce((total, run) => total + of(run), 0);
}

/**
 * A run that a page button starts, with what it may spend without approval. If an earlier run holds the amount only until
 * its own price is known, the rest is checked when this run's turn comes. Otherwise this run needs the user's approval.
 */
export function startOneClick(fresh: Snapshot, estimate: Estimate | null, shared: Shared): Snapshot {
  // Nothing may be spent with this provider before the user has approved a price once.
  if (shared.most === 0) return { ...fresh, estimate, cap: 0, state: { kind: 'confirming' } };
  const rivals = others(fresh, shared);
  const left = Math.max(0, shared.most - sum(rivals, claimOf));
  const amount = estimate === null ? null : neededFor(estimate);
  if (amount === null) return { ...fresh, estimate, cap: left };
  if (amount <= left) return { ...fresh, estimate, cap: amount };
  const unpriced = (run: Snapshot): boolean => isActive(run) && run.estimate?.amount == null;
  const later = shared.most - sum(rivals, (run) => (unpriced(run) ? countedSpending(run) : claimOf(run)));
  return amount <= later
    ? { ...fresh, estimate, cap: 0 }
    : { ...fresh, estimate, cap: left, state: { kind: 'confirming' } };
}

/**
 * For a one-click run whose cap is too low for its next request: it is granted what it needs from the shared amount, or
 * needs the user's approval.
 * @param next what the next request can cost, and the cost of the smallest request that helps
 */
export function grantOrNeedApproval(
  run: Snapshot,
  next: { readonly reserve: number; readonly least: number },
  shared: Shared,
): Event {
  const spent = countedSpending(run);
  const left = shared.most - spent - sum(others(run, shared), claimOf);
  const price = run.estimate === null ? null : neededFor(run.estimate);
  // While the price is not known, everything that is left may be spent.
  if (price === null)
    return left >= next.least ? { kind: 'grant', cap: spent + left } : { kind: 'approval-needed' };
  const rest = Math.max(next.least, price - run.charged - (run.undercharged ?? 0));
  if (rest > left) return { kind: 'approval-needed' };
  return { kind: 'grant', cap: spent + Math.max(rest, Math.min(left, REQUESTS_AT_ONCE * next.reserve)) };
}
