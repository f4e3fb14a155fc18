/** What requests and their responses change in a snapshot. Responses count in every state, because they were paid for. */
import type { RunError } from '../../model/error.ts';
import type { Outcome, Snapshot, State, WithoutDetails } from '../../model/snapshot.ts';
import { addUnexpected } from '../../model/unexpected.ts';
import { hasReachedKnown, isOtherProfile } from '../update-progress.ts';
import type { PageSummary, RequestEvent } from './events.ts';
import { continuing, ended, isLive, LOSSES_UNTIL_BLOCKED, outcomeAtEnd, priced } from './state.ts';

/** Failed attempts in a row at a broken provider after which the user decides. */
const ATTEMPTS_UNTIL_BLOCKED = 10;

const ALL_WITH_DETAILS: WithoutDetails = { idsOnly: 0, unavailable: 0 };

type EventOf<K extends RequestEvent['kind']> = Extract<RequestEvent, { readonly kind: K }>;

export function afterRequest(snapshot: Snapshot, event: RequestEvent, now: number): Snapshot {
  switch (event.kind) {
    case 'sending':
      return isLive(snapshot.state) ? sending(snapshot, event, now) : snapshot;
    case 'resolved':
      return resolved(snapshot, event, now);
    case 'page':
      return endedIfDone(withPage(snapshot, event), event.fillSize, now);
    case 'filled':
      return endedIfDone(withFill(snapshot, event), event.fillSize, now);
    case 'failed':
      return failed(snapshot, event, now);
    case 'interrupted': {
      const counted = withLoss(snapshot, event);
      return isLive(counted.state) && counted.losses >= LOSSES_UNTIL_BLOCKED
        ? blockedByLosses(counted, event.reserve)
        : counted;
    }
    case 'resent':
      // The browser's own retry was the one that is free of approval. If it fails too, the user decides.
      return withLoss(snapshot, event);
  }
}

function sending(snapshot: Snapshot, { purpose, origin }: EventOf<'sending'>, now: number): Snapshot {
  const { state } = snapshot;
  const startedAt = snapshot.startedAt ?? (purpose === 'page' ? now : null);
  // If no lookup is needed, a run is `running` before its first request, and has no pace yet.
  const keepsPace =
    state.kind === 'running' || (state.kind === 'waiting' && state.trouble.kind === 'too-fast');
  const pace = (keepsPace ? snapshot.pace : null) ?? { from: now, rows: snapshot.filled };
  const before = snapshot.origins ?? [];
  const origins = before.includes(origin) ? before : [...before, origin];
  return { ...snapshot, startedAt, pace, origins, state: continuing(snapshot) };
}

function resolved(snapshot: Snapshot, event: EventOf<'resolved'>, now: number): Snapshot {
  const { resolved: profile, estimate, listed } = event;
  const { facts } = profile;
  const counted = snapshot.relation === 'followers' ? facts.followers : facts.following;
  const paid = withCharge(snapshot, { charged: profile.charged, listed });
  const fromBackup = snapshot.idFromBackup;
  const hasAccounts = snapshot.rows > 0 || snapshot.update !== undefined;
  if (fromBackup !== undefined && profile.id !== null && profile.id !== fromBackup && hasAccounts) {
    const blocked: State = { kind: 'blocked', trouble: { kind: 'other-profile' } };
    return { ...paid, profileId: fromBackup, ...(isLive(snapshot.state) ? { state: blocked } : {}) };
  }
  const { idFromBackup: _, ...confirmed } = paid;
  const known: Snapshot = {
    ...confirmed,
    handle: profile.handle,
    profileId: profile.id,
    resolvedAt: now,
    facts,
    expected: snapshot.update === undefined ? (counted ?? snapshot.expected) : null,
    estimate,
    losses: 0,
    attempt: 0,
  };
  if (!isLive(snapshot.state)) return known;
  return priced({ ...known, state: { kind: 'running' } }, estimate, Math.max(profile.charged, listed));
}

function withPage(snapshot: Snapshot, event: EventOf<'page'>): Snapshot {
  const { page } = event;
  const counted: Snapshot = {
    ...withCharge(snapshot, page),
    maybeCharged: snapshot.maybeCharged + (page.maybeCharged ?? 0),
    pages: snapshot.pages + 1,
    rows: snapshot.rows + page.rows,
    filled: event.fillSize === 0 ? snapshot.filled + page.rows : snapshot.filled,
    duplicates: snapshot.duplicates + page.duplicates,
    unreadable: snapshot.unreadable + page.unreadable,
    ...withUnexpected(snapshot, page),
    ...withoutDetailsOf(snapshot, page),
    expected: isUpdating(snapshot, page) ? null : (page.expected ?? snapshot.expected),
    estimate: event.estimate ?? snapshot.estimate,
    pagesWithoutNew: page.rows > 0 || listsKnown(snapshot, page) ? 0 : snapshot.pagesWithoutNew + 1,
    losses: 0,
    attempt: 0,
    ...withKnown(snapshot, page),
  };
  const ending = outcomeOfPage(counted, event);
  if (!isLive(snapshot.state)) return { ...counted, ending };
  if (ending === null && page.known !== undefined && isOtherProfile(page.known))
    return { ...counted, state: { kind: 'blocked', trouble: { kind: 'other-profile' } } };
  const running: Snapshot = { ...counted, ending, state: continuing(counted) };
  return ending === null && event.estimate !== null
    ? priced(running, event.estimate, counted.charged + (counted.undercharged ?? 0))
    : running;
}

/** Whether an update continues after a page. What it lists is only a part, which the profile's count says nothing about. */
function isUpdating({ update }: Snapshot, { next }: PageSummary): boolean {
  return update !== undefined && next !== null;
}

/** Whether a page of an update lists known accounts: it is not without result then, even if nothing new is stored. */
function listsKnown({ update }: Snapshot, { known }: PageSummary): boolean {
  return (known?.accounts ?? 0) > (update?.known.accounts ?? 0);
}

function withKnown({ update }: Snapshot, { known }: PageSummary): Pick<Snapshot, 'update'> {
  return update === undefined || known === undefined ? {} : { update: { ...update, known } };
}

/** The outcome that a page's rows and cursor mean for the list; `null` if more pages follow. */
function outcomeOfPage(counted: Snapshot, { page, rules, fillSize }: EventOf<'page'>): Outcome | null {
  // Of IDs, only those are stored that were not known: the rest of the list is in the earlier one.
  const isWithoutKnown = fillSize > 0 && (page.known?.accounts ?? 0) > 0;
  if (page.next === null) return isWithoutKnown ? { kind: 'updated' } : outcomeAtEnd(counted);
  if (page.known !== undefined && hasReachedKnown(page.known)) return { kind: 'updated' };
  if (!page.moved || counted.pagesWithoutNew >= rules.withoutNewUntilStalled) return { kind: 'stalled' };
  return counted.howMany !== null && counted.rows >= counted.howMany ? { kind: 'capped', by: 'rows' } : null;
}

function withFill(snapshot: Snapshot, event: EventOf<'filled'>): Snapshot {
  const filled: Snapshot = {
    ...withCharge(snapshot, event),
    filled: snapshot.filled + event.count,
    unreadable: snapshot.unreadable + event.unreadable,
    ...withUnexpected(snapshot, event),
    ...withoutDetailsOf(snapshot, event),
    losses: 0,
    attempt: 0,
  };
  return isLive(snapshot.state) ? { ...filled, state: continuing(filled) } : filled;
}

/** Ends a run as soon as nothing is left to do before its outcome is certain. */
function endedIfDone(snapshot: Snapshot, fillSize: number, now: number): Snapshot {
  const { ending, state } = snapshot;
  // An update ends when its list was joined with the earlier one.
  if (ending === null || ending.kind === 'updated' || (fillSize > 0 && snapshot.filled < snapshot.rows))
    return snapshot;
  // A list that the user stopped or paused meanwhile is complete too if its last page still arrived.
  const isWhole = ending.kind === 'complete' || ending.kind === 'ended-early';
  return isLive(state) || isWhole ? ended(snapshot, ending, now) : snapshot;
}

function failed(snapshot: Snapshot, event: EventOf<'failed'>, now: number): Snapshot {
  const { failure, reserve, wait } = event;
  const { trouble: runError, charged, retryable } = failure;
  const costs = charged === null || charged > 0;
  const lost = Math.min(reserve, failure.atMost ?? reserve);
  const counted: Snapshot = {
    ...snapshot,
    charged: snapshot.charged + (charged ?? 0),
    maybeCharged: snapshot.maybeCharged + (charged === null ? lost : 0),
    losses: costs ? snapshot.losses + 1 : snapshot.losses,
    attempt: snapshot.attempt + 1,
  };
  if (!isLive(snapshot.state)) return counted;
  const blocked: State = { kind: 'blocked', trouble: runError, ...(costs ? { price: reserve } : {}) };
  // In the middle of a list, such a response is more likely a glitch. What was saved must stay a list that can continue.
  if (isFinal(runError)) {
    return counted.rows === 0
      ? ended(counted, { kind: 'failed', trouble: runError }, now)
      : { ...counted, state: blocked };
  }
  if (costs && counted.losses >= LOSSES_UNTIL_BLOCKED) {
    return runError.kind === 'unreachable'
      ? blockedByLosses(counted, reserve)
      : { ...counted, state: blocked };
  }
  // A rate limit passes, unless it is the profile's own. Then the rest of its batch must not wait for it.
  const passes = runError.kind === 'too-fast' && snapshot.batch === undefined;
  const isTooOften = counted.attempt >= ATTEMPTS_UNTIL_BLOCKED && !passes;
  if (!retryable || isTooOften) return { ...counted, state: blocked };
  return waiting(counted, runError, now + wait);
}

/** Errors about the profile itself: another attempt can't help. */
function isFinal(runError: RunError): boolean {
  return (
    runError.kind === 'no-such-profile' ||
    runError.kind === 'private-profile' ||
    runError.kind === 'hidden-list'
  );
}

/** The expected end is calculated from the pace, which therefore includes the waits that a rate limit demands. */
function waiting(counted: Snapshot, runError: RunError, until: number): Snapshot {
  const { pace, filled, attempt } = counted;
  return {
    ...counted,
    pace: pace !== null && runError.kind === 'too-fast' ? { ...pace, wait: { until, rows: filled } } : pace,
    state: { kind: 'waiting', until, attempt, trouble: runError },
  };
}

function withLoss(snapshot: Snapshot, { reserve }: { readonly reserve: number }): Snapshot {
  return { ...snapshot, maybeCharged: snapshot.maybeCharged + reserve, losses: snapshot.losses + 1 };
}

/** @param price what another attempt can cost */
function blockedByLosses(snapshot: Snapshot, price: number): Snapshot {
  return {
    ...snapshot,
    state: { kind: 'blocked', trouble: { kind: 'lost-answers', times: snapshot.losses, price } },
  };
}

/** The snapshot after a response was paid for. */
function withCharge(
  snapshot: Snapshot,
  { charged, listed }: Pick<PageSummary, 'charged' | 'listed'>,
): Snapshot {
  const less = Math.max(0, listed - charged);
  return {
    ...snapshot,
    charged: snapshot.charged + charged,
    ...(less > 0 ? { undercharged: (snapshot.undercharged ?? 0) + less } : {}),
  };
}

/** Adds a response's unexpected entries. Without any, a list of an early version keeps the field absent. */
function withUnexpected(
  { unexpected }: Snapshot,
  { unexpected: more }: Pick<PageSummary, 'unexpected'>,
): Pick<Snapshot, 'unexpected'> {
  return more === undefined ? {} : { unexpected: addUnexpected(unexpected ?? {}, more) };
}

/** Adds accounts without details. A list of an early version, whose first accounts were not counted, keeps no count. */
function withoutDetailsOf(
  { filled, withoutDetails: counted }: Snapshot,
  { withoutDetails: more = ALL_WITH_DETAILS }: Pick<PageSummary, 'withoutDetails'>,
): Pick<Snapshot, 'withoutDetails'> {
  const known = counted ?? (filled === 0 ? ALL_WITH_DETAILS : null);
  if (known === null) return {};
  return {
    withoutDetails: {
      idsOnly: known.idsOnly + more.idsOnly,
      unavailable: known.unavailable + more.unavailable,
    },
  };
}
