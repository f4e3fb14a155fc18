/** What the transitions have in common. Pure. */
import {
  countedSpending,
  neededFor,
  type Estimate,
  type Outcome,
  type Snapshot,
  type State,
} from '../../model/snapshot.ts';
import { waitsUntil } from './plan.ts';

/** Paid failures in a row of one request after which the user decides whether to pay for another attempt. */
export const LOSSES_UNTIL_BLOCKED = 2;

/** Whether events may still change the state: not after an outcome, and not while the user has paused the run. */
export function isLive(state: State): boolean {
  return state.kind !== 'ended' && state.kind !== 'paused';
}

/** Whether a page button started it without an approved price: all such runs of a day share one amount. */
export function isOneClick({ startedFrom, confirmed }: Pick<Snapshot, 'startedFrom' | 'confirmed'>): boolean {
  return startedFrom === 'page' && !confirmed;
}

/** Whether a run would send its next request by itself, and now. */
export function isActive(snapshot: Snapshot, now: number): boolean {
  switch (snapshot.state.kind) {
    case 'queued':
    case 'resolving':
    case 'running':
      return true;
    case 'waiting':
      return waitsUntil(snapshot, now) === null;
    case 'confirming':
    case 'blocked':
    case 'paused':
    case 'ended':
      return false;
  }
}

/** The state in which a run continues. */
export function continuing(snapshot: Pick<Snapshot, 'resolvedAt'>): State {
  return snapshot.resolvedAt === null ? { kind: 'resolving' } : { kind: 'running' };
}

/** The state after something other than a response stopped a run. Runs of a batch wait for their turn again. */
export function waitingAgain(snapshot: Pick<Snapshot, 'resolvedAt' | 'batch'>): State {
  return snapshot.batch === undefined ? continuing(snapshot) : { kind: 'queued' };
}

export function ended(snapshot: Snapshot, outcome: Outcome, now: number): Snapshot {
  return { ...snapshot, state: { kind: 'ended', outcome }, endedAt: now };
}

/**
 * A one-click run that was interrupted returns what it had left of the shared amount. What it needs is granted again
 * before its next request.
 */
export function released(snapshot: Snapshot): Snapshot {
  if (!isOneClick(snapshot)) return snapshot;
  return { ...snapshot, cap: Math.min(snapshot.cap, countedSpending(snapshot)) };
}

/** The profile ID of a restored list comes from the backup. Nothing is requested with it until a lookup confirms it. */
export function withUnconfirmedId(snapshot: Snapshot): Snapshot {
  return snapshot.idFromBackup === undefined ? snapshot : { ...snapshot, profileId: null, resolvedAt: null };
}

/** A user who approves another attempt approves its price once. */
export function lossesBeforeOneMore({ losses }: Snapshot): number {
  return Math.min(losses, LOSSES_UNTIL_BLOCKED - 1);
}

/**
 * Whether a price that has just become known is above what may be spent without approval.
 * @param paid the part of the price that is paid already
 */
export function needsApproval(snapshot: Snapshot, estimate: Estimate, paid: number): boolean {
  const left = snapshot.cap - countedSpending(snapshot);
  const needed = neededFor(estimate);
  return !snapshot.confirmed && needed !== null && needed - paid > left;
}

/** A live run whose price has just become known. A one-click run keeps only what that price needs. */
export function priced(running: Snapshot, estimate: Estimate, paid: number): Snapshot {
  const isTooMuch = needsApproval(running, estimate, paid);
  if (!isOneClick(running)) return isTooMuch ? { ...running, state: { kind: 'confirming' } } : running;
  // If it is too much, the shared amount is checked again before the next request.
  if (isTooMuch) return released(running);
  const needed = neededFor(estimate);
  if (needed === null) return running;
  return { ...running, cap: Math.min(running.cap, countedSpending(running) + needed - paid) };
}

/** A list counts as complete if this share of the expected count was listed; the rest are suspended accounts. */
const COMPLETE_FROM = 0.95;

/** Whether everything was listed when the provider offers no more. */
export function outcomeAtEnd({ expected, rows, unreadable }: Snapshot): Outcome {
  const isWhole = expected === null || rows + unreadable >= COMPLETE_FROM * expected;
  return { kind: isWhole ? 'complete' : 'ended-early' };
}
