/**
 * What page buttons may spend unasked: all runs that they start within a day share one amount, so that no page can split
 * one large spending into many small ones. Pure; whoever calls this reads the other runs in the transaction that writes
 * what comes of it.
 */
import { countedSpending, type Estimate, type Snapshot } from '../model/snapshot.ts';
import type { Event } from './machine/events.ts';
import { isOneClick } from './machine/reduce.ts';

/** Runs of the last so many milliseconds count together. */
export const ALLOWANCE_TIME = 24 * 3600_000;

/** What an overrun of the estimate gets at once, in requests. */
const REQUESTS_AT_ONCE = 10;

/** Whether a run sends its next request by itself, now or as soon as it can. */
function moves({ state }: Snapshot): boolean {
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

/** What a run takes of the shared amount: what it may spend while it goes on by itself, else what it has spent. */
function claimOf(run: Snapshot): number {
  const spent = countedSpending(run);
  return moves(run) ? Math.max(spent, run.cap) : spent;
}

interface Shared {
  /** What may be spent unasked, in the run's unit. */
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
 * A run that a page button starts, with what it may spend unasked. Where a run before it holds the amount only until its
 * price is known, what is left is looked at when this one's turn comes; else it asks the user.
 */
export function startOneClick(fresh: Snapshot, estimate: Estimate | null, shared: Shared): Snapshot {
  const rivals = others(fresh, shared);
  const left = Math.max(0, shared.most - sum(rivals, claimOf));
  const amount = estimate?.amount ?? null;
  if (amount === null) return { ...fresh, estimate, cap: left };
  if (amount <= left) return { ...fresh, estimate, cap: amount };
  const unpriced = (run: Snapshot): boolean => moves(run) && run.estimate?.amount == null;
  const later = shared.most - sum(rivals, (run) => (unpriced(run) ? countedSpending(run) : claimOf(run)));
  return amount <= later
    ? { ...fresh, estimate, cap: 0 }
    : { ...fresh, estimate, cap: left, state: { kind: 'confirming' } };
}

/**
 * What becomes of a one-click run whose cap does not suffice for its next request: it gets what it needs of the shared
 * amount, or asks the user.
 * @param next what the next request can cost, and what the smallest that helps costs
 */
export function grantOrAsk(
  run: Snapshot,
  next: { readonly reserve: number; readonly least: number },
  shared: Shared,
): Event {
  const spent = countedSpending(run);
  const left = shared.most - spent - sum(others(run, shared), claimOf);
  const price = run.estimate?.amount ?? null;
  // Of a price that is not known yet, nothing but what is left says how much it may be.
  if (price === null) return left >= next.least ? { kind: 'grant', cap: spent + left } : { kind: 'ask' };
  const rest = Math.max(next.least, price - run.charged - (run.undercharged ?? 0));
  if (rest > left) return { kind: 'ask' };
  return { kind: 'grant', cap: spent + Math.max(rest, Math.min(left, REQUESTS_AT_ONCE * next.reserve)) };
}
