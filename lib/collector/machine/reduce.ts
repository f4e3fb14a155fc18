/**
 * What an event makes of a snapshot. Pure. A try that failed and was charged, or may have been, is repeated once by
 * itself; then the user approves the price of another.
 */
import type { Trouble } from '../../model/error.ts';
import {
  countedSpending,
  type Estimate,
  type Outcome,
  type Snapshot,
  type State,
  type WithoutDetails,
} from '../../model/snapshot.ts';
import { addUnexpected } from '../../model/unexpected.ts';
import type { Event, PageSummary } from './events.ts';
import { waitsUntil } from './plan.ts';

/** A list is called complete when this share of the expected count was listed; the rest are suspended accounts. */
const COMPLETE_FROM = 0.95;
/** Tries in a row of one request that failed at a price after which the user decides whether to pay for another. */
export const LOSSES_UNTIL_BLOCKED = 2;
const NONE_BARE: WithoutDetails = { idsOnly: 0, unavailable: 0 };
/** Failed tries in a row of a broken provider after which the user decides. */
const TRIES_UNTIL_BLOCKED = 10;

/** Whether new answers may still move the state: not after the user or an outcome settled it. */
function isLive(state: State): boolean {
  return state.kind !== 'ended' && state.kind !== 'paused';
}

/** Whether a page button started it within what may be spent unasked: all such runs of a day share one amount. */
export function isOneClick({ startedFrom, confirmed }: Pick<Snapshot, 'startedFrom' | 'confirmed'>): boolean {
  return startedFrom === 'page' && !confirmed;
}

/** Whether a run would send its next request by itself, and now. */
function goesOn(snapshot: Snapshot, now: number): boolean {
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

/**
 * A one-click run that rested keeps nothing of the amount that it shares: what it needs is granted anew before its next
 * request.
 */
function released(snapshot: Snapshot): Snapshot {
  if (!isOneClick(snapshot)) return snapshot;
  return { ...snapshot, cap: Math.min(snapshot.cap, countedSpending(snapshot)) };
}

/** A run that goes on with what a backup says of its profile: nothing is sent by that id before a look-up confirms it. */
function doubted(snapshot: Snapshot): Snapshot {
  return snapshot.idFromBackup === undefined ? snapshot : { ...snapshot, profileId: null, resolvedAt: null };
}

/** The snapshot with a response paid for. */
function paying(snapshot: Snapshot, { charged, listed }: Pick<PageSummary, 'charged' | 'listed'>): Snapshot {
  const less = Math.max(0, listed - charged);
  return {
    ...snapshot,
    charged: snapshot.charged + charged,
    ...(less > 0 ? { undercharged: (snapshot.undercharged ?? 0) + less } : {}),
  };
}

/** A response's unexpected entries added; where there are none, a list of an early version keeps not knowing. */
function withUnexpected(
  { unexpected }: Snapshot,
  { unexpected: more }: Pick<PageSummary, 'unexpected'>,
): Pick<Snapshot, 'unexpected'> {
  return more === undefined ? {} : { unexpected: addUnexpected(unexpected ?? {}, more) };
}

/** Accounts without details added; a list of an early version, of whose first accounts nobody counted them, keeps not knowing. */
function withBare(
  { filled, withoutDetails: counted }: Snapshot,
  { withoutDetails: more = NONE_BARE }: Pick<PageSummary, 'withoutDetails'>,
): Pick<Snapshot, 'withoutDetails'> {
  const known = counted ?? (filled === 0 ? NONE_BARE : null);
  if (known === null) return {};
  return {
    withoutDetails: {
      idsOnly: known.idsOnly + more.idsOnly,
      unavailable: known.unavailable + more.unavailable,
    },
  };
}

/** The state in which a run goes on. */
function going(snapshot: Pick<Snapshot, 'resolvedAt'>): State {
  return snapshot.resolvedAt === null ? { kind: 'resolving' } : { kind: 'running' };
}

function end(snapshot: Snapshot, outcome: Outcome, now: number): Snapshot {
  return { ...snapshot, state: { kind: 'ended', outcome }, endedAt: now };
}

/** Whether everything was listed, when the provider offers no more. */
function outcomeAtEnd(snapshot: Snapshot): Outcome {
  const { expected, rows, unreadable } = snapshot;
  const whole = expected === null || rows + unreadable >= COMPLETE_FROM * expected;
  return { kind: whole ? 'complete' : 'ended-early' };
}

/** Troubles that say something about the profile: no other try can mend them. */
function isFinal(trouble: Trouble): boolean {
  return (
    trouble.kind === 'no-such-profile' || trouble.kind === 'private-profile' || trouble.kind === 'hidden-list'
  );
}

/** What a page's rows and cursor mean for the list as a whole; `null` when more is to come. */
function outcomeOfPage(kept: Snapshot, event: Extract<Event, { kind: 'page' }>): Outcome | null {
  const { page, rules } = event;
  if (page.next === null) return outcomeAtEnd(kept);
  if (!page.moved || kept.pagesWithoutNew >= rules.withoutNewUntilStalled) return { kind: 'stalled' };
  return kept.howMany !== null && kept.rows >= kept.howMany ? { kind: 'capped', by: 'rows' } : null;
}

function onPage(snapshot: Snapshot, event: Extract<Event, { kind: 'page' }>): Snapshot {
  const { page } = event;
  const kept: Snapshot = {
    ...paying(snapshot, page),
    pages: snapshot.pages + 1,
    rows: snapshot.rows + page.rows,
    filled: event.fillSize === 0 ? snapshot.filled + page.rows : snapshot.filled,
    duplicates: snapshot.duplicates + page.duplicates,
    unreadable: snapshot.unreadable + page.unreadable,
    ...withUnexpected(snapshot, page),
    ...withBare(snapshot, page),
    expected: page.expected ?? snapshot.expected,
    estimate: event.estimate ?? snapshot.estimate,
    pagesWithoutNew: page.rows > 0 ? 0 : snapshot.pagesWithoutNew + 1,
    losses: 0,
    attempt: 0,
  };
  const ending = outcomeOfPage(kept, event);
  if (!isLive(snapshot.state)) return { ...kept, ending };
  const running: Snapshot = { ...kept, ending, state: going(kept) };
  return ending === null && event.estimate !== null
    ? priced(running, event.estimate, kept.charged + (kept.undercharged ?? 0))
    : running;
}

/** Ends a run once nothing that its outcome waited for is left to do. */
function settle(snapshot: Snapshot, fillSize: number, now: number): Snapshot {
  const { ending, state } = snapshot;
  if (ending === null || (fillSize > 0 && snapshot.filled < snapshot.rows)) return snapshot;
  // Even a list that the user stopped or paused meanwhile is whole when its last page still came in.
  const whole = ending.kind === 'complete' || ending.kind === 'ended-early';
  return isLive(state) || whole ? end(snapshot, ending, now) : snapshot;
}

/** Whether a price that has just become known is, less what of it is paid already, above what may be spent unasked. */
export function asksFirst(snapshot: Snapshot, estimate: Estimate, paid: number): boolean {
  const unasked = snapshot.cap - countedSpending(snapshot);
  return !snapshot.confirmed && estimate.amount !== null && estimate.amount - paid > unasked;
}

/** A live run whose price has just become known. A one-click run keeps of the shared amount what that price needs. */
function priced(running: Snapshot, estimate: Estimate, paid: number): Snapshot {
  const asks = asksFirst(running, estimate, paid);
  if (!isOneClick(running)) return asks ? { ...running, state: { kind: 'confirming' } } : running;
  // Where it does not suffice, what is left is looked at before the next request.
  if (asks) return released(running);
  if (estimate.amount === null) return running;
  return { ...running, cap: Math.min(running.cap, countedSpending(running) + estimate.amount - paid) };
}

function onFailure(snapshot: Snapshot, event: Extract<Event, { kind: 'failed' }>, now: number): Snapshot {
  const { failure, reserve, wait } = event;
  const { trouble, charged, retryable } = failure;
  const costs = charged === null || charged > 0;
  const counted: Snapshot = {
    ...snapshot,
    charged: snapshot.charged + (charged ?? 0),
    maybeCharged: snapshot.maybeCharged + (charged === null ? reserve : 0),
    losses: costs ? snapshot.losses + 1 : snapshot.losses,
    attempt: snapshot.attempt + 1,
  };
  if (!isLive(snapshot.state)) return counted;
  const blocked: State = { kind: 'blocked', trouble, ...(costs ? { price: reserve } : {}) };
  // Half-way, such an answer is more likely a stumble: what is kept must stay a list that can go on.
  if (isFinal(trouble)) {
    return counted.rows === 0
      ? end(counted, { kind: 'failed', trouble }, now)
      : { ...counted, state: blocked };
  }
  if (costs && counted.losses >= LOSSES_UNTIL_BLOCKED) {
    return trouble.kind === 'unreachable' ? lostAnswers(counted, reserve) : { ...counted, state: blocked };
  }
  const tooOften = counted.attempt >= TRIES_UNTIL_BLOCKED && trouble.kind !== 'too-fast';
  if (!retryable || tooOften) return { ...counted, state: blocked };
  return waiting(counted, trouble, now + wait);
}

/** The end time that is shown rests on the pace, so that takes in the waits that a rate limit demands. */
function waiting(counted: Snapshot, trouble: Trouble, until: number): Snapshot {
  const { pace, filled, attempt } = counted;
  return {
    ...counted,
    pace: pace !== null && trouble.kind === 'too-fast' ? { ...pace, wait: { until, rows: filled } } : pace,
    state: { kind: 'waiting', until, attempt, trouble },
  };
}

/** @param price what another try can cost */
function lostAnswers(snapshot: Snapshot, price: number): Snapshot {
  return {
    ...snapshot,
    state: { kind: 'blocked', trouble: { kind: 'lost-answers', times: snapshot.losses, price } },
  };
}

/** Who approves another try approves its price, once. */
function oneMoreTry({ losses }: Snapshot): number {
  return Math.min(losses, LOSSES_UNTIL_BLOCKED - 1);
}

/** What an event makes of a snapshot. Answers count whatever the state: they were paid for. */
export function reduce(snapshot: Snapshot, event: Event, now: number): Snapshot {
  const changed = apply(snapshot, event, now);
  return changed === snapshot ? snapshot : { ...changed, updatedAt: now };
}

function apply(snapshot: Snapshot, event: Event, now: number): Snapshot {
  const { state } = snapshot;
  switch (event.kind) {
    case 'sending': {
      if (!isLive(state)) return snapshot;
      const startedAt = snapshot.startedAt ?? (event.purpose === 'page' ? now : null);
      // Where no look-up is needed, a run is `running` before its first request, and has no pace yet.
      const goesOn =
        state.kind === 'running' || (state.kind === 'waiting' && state.trouble.kind === 'too-fast');
      const pace = (goesOn ? snapshot.pace : null) ?? { from: now, rows: snapshot.filled };
      const before = snapshot.origins ?? [];
      const origins = before.includes(event.origin) ? before : [...before, event.origin];
      return { ...snapshot, startedAt, pace, origins, state: going(snapshot) };
    }
    case 'resolved': {
      const { resolved, estimate, listed } = event;
      const { facts } = resolved;
      const counted = snapshot.relation === 'followers' ? facts.followers : facts.following;
      const paid = paying(snapshot, { charged: resolved.charged, listed });
      const stated = snapshot.idFromBackup;
      if (stated !== undefined && resolved.id !== null && resolved.id !== stated && snapshot.rows > 0) {
        const blocked: State = { kind: 'blocked', trouble: { kind: 'other-profile' } };
        return isLive(state)
          ? { ...paid, profileId: stated, state: blocked }
          : { ...paid, profileId: stated };
      }
      const { idFromBackup: _, ...confirmed } = paid;
      const known: Snapshot = {
        ...confirmed,
        handle: resolved.handle,
        profileId: resolved.id,
        resolvedAt: now,
        facts,
        expected: counted ?? snapshot.expected,
        estimate,
        losses: 0,
        attempt: 0,
      };
      if (!isLive(state)) return known;
      return priced({ ...known, state: { kind: 'running' } }, estimate, Math.max(resolved.charged, listed));
    }
    case 'page':
      return settle(onPage(snapshot, event), event.fillSize, now);
    case 'filled': {
      const filled: Snapshot = {
        ...paying(snapshot, event),
        filled: snapshot.filled + event.count,
        unreadable: snapshot.unreadable + event.unreadable,
        ...withUnexpected(snapshot, event),
        ...withBare(snapshot, event),
        losses: 0,
        attempt: 0,
      };
      return settle(isLive(state) ? { ...filled, state: going(filled) } : filled, event.fillSize, now);
    }
    case 'finish':
      return isLive(state) ? end(snapshot, snapshot.ending ?? outcomeAtEnd(snapshot), now) : snapshot;
    case 'failed':
      return onFailure(snapshot, event, now);
    case 'interrupted': {
      const counted = {
        ...snapshot,
        maybeCharged: snapshot.maybeCharged + event.reserve,
        losses: snapshot.losses + 1,
      };
      return isLive(state) && counted.losses >= LOSSES_UNTIL_BLOCKED
        ? lostAnswers(counted, event.reserve)
        : counted;
    }
    case 'resent':
      // What the browser sent again by itself was the one repetition, should it fail too.
      return {
        ...snapshot,
        maybeCharged: snapshot.maybeCharged + event.reserve,
        losses: snapshot.losses + 1,
      };
    case 'ask':
      return isLive(state) ? { ...snapshot, state: { kind: 'confirming' } } : snapshot;
    case 'grant':
      return isLive(state) && isOneClick(snapshot) ? { ...snapshot, cap: event.cap } : snapshot;
    case 'limited':
      return isLive(state) ? end(snapshot, { kind: 'capped', by: event.by }, now) : snapshot;
    case 'offline':
      return isLive(state)
        ? {
            ...snapshot,
            state: {
              kind: 'waiting',
              until: now + event.wait,
              attempt: snapshot.attempt,
              trouble: { kind: 'offline' },
            },
          }
        : snapshot;
    case 'online':
      return state.kind === 'waiting' && state.trouble.kind === 'offline'
        ? { ...snapshot, state: going(snapshot) }
        : snapshot;
    case 'permitted':
      return state.kind === 'blocked' && state.trouble.kind === 'no-permission'
        ? { ...released(snapshot), state: going(snapshot) }
        : snapshot;
    case 'blocked':
      // The storage stops only what would go on: what waits or asks the user must not go on when there is room.
      return (event.trouble.kind === 'storage' ? goesOn(snapshot, now) : isLive(state))
        ? { ...snapshot, state: { kind: 'blocked', trouble: event.trouble } }
        : snapshot;
    case 'room':
      // Answers that were lost meanwhile stay counted, unlike after the user's own word.
      return state.kind === 'blocked' && state.trouble.kind === 'storage'
        ? { ...released(snapshot), state: going(snapshot) }
        : snapshot;
    case 'pause':
      return state.kind === 'ended' || state.kind === 'confirming'
        ? snapshot
        : { ...snapshot, state: { kind: 'paused' } };
    case 'resume':
      return state.kind === 'paused' || state.kind === 'blocked' || state.kind === 'waiting'
        ? {
            ...doubted(state.kind === 'waiting' ? snapshot : released(snapshot)),
            losses: oneMoreTry(snapshot),
            attempt: 0,
            state: going(doubted(snapshot)),
          }
        : snapshot;
    case 'stop':
      return state.kind === 'ended' ? snapshot : end(snapshot, { kind: 'stopped' }, now);
    case 'confirm':
      return state.kind === 'confirming'
        ? {
            ...snapshot,
            howMany: event.howMany,
            cap: event.cap,
            estimate: event.estimate,
            // A yes to the look-up alone is none to the price that it will bring.
            confirmed: snapshot.resolvedAt !== null || event.cap - countedSpending(snapshot) > event.lookUp,
            losses: oneMoreTry(snapshot),
            state: going(snapshot),
          }
        : snapshot;
    case 'continue': {
      if (state.kind !== 'ended' || state.outcome.kind === 'complete' || state.outcome.kind === 'ended-early')
        return snapshot;
      const { howMany, cap, estimate, asks } = event;
      return {
        ...doubted(snapshot),
        howMany,
        cap,
        estimate,
        confirmed: !asks,
        endedAt: null,
        openedAt: null,
        losses: 0,
        attempt: 0,
        pagesWithoutNew: 0,
        ending: null,
        state: asks ? { kind: 'confirming' } : going(doubted(snapshot)),
      };
    }
  }
}
