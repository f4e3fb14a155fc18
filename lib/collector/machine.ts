/**
 * The collector without its hands: what a snapshot needs next, and what an event makes of it. Pure; time, chance and
 * money of other runs come in as values.
 */
import type {
  Cursor,
  Estimate,
  Handle,
  Limit,
  Outcome,
  Purpose,
  Snapshot,
  State,
  Trouble,
} from '../model.ts';
import type { Adapter, PageRules, Resolved } from '../providers/adapter.ts';
import type { ProviderFailure } from '../providers/failure.ts';

/** A list is called complete when this share of the expected count was listed; the rest are suspended accounts. */
const COMPLETE_FROM = 0.95;
/** Answers lost in a row at one cursor after which the user decides whether to pay for another try. */
const LOSSES_UNTIL_BLOCKED = 3;
/** Failed tries in a row of a broken provider after which the user decides. */
const TRIES_UNTIL_BLOCKED = 10;

export type Plan =
  /** Ended, paused, blocked or asking the user: nothing to do until someone acts. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'wait'; readonly until: number }
  /** The next request would pass what may be spent unasked. */
  | { readonly kind: 'ask' }
  /** No request may be sent within the limits. */
  | { readonly kind: 'limit'; readonly by: Limit }
  | { readonly kind: 'resolve'; readonly reserve: number }
  /** Accounts that are known by id alone come before further pages. */
  | { readonly kind: 'fill'; readonly reserve: number }
  /** Everything that the outcome waited for is done. */
  | { readonly kind: 'finish' }
  /** `limit` is the most accounts to ask for; `reserve` the most that the request can cost. */
  | {
      readonly kind: 'page';
      readonly cursor: Cursor | null;
      readonly limit: number;
      readonly reserve: number;
    };

export interface PlanInput {
  readonly now: number;
  /** Where the list ends so far. */
  readonly cursor: Cursor | null;
  /** Whether the provider has said that no page follows. */
  readonly atEnd: boolean;
  readonly adapter: Pick<Adapter, 'price' | 'pages' | 'fillSize'>;
  /** What the provider's monthly limit still allows, in its unit; `null` where there is none. */
  readonly monthlyLeft: number | null;
}

/** Steps that clocks are corrected by now and then; more is a clock that was set. */
const CLOCK_STEP = 60_000;

/**
 * Until when a run has to wait; `null` when it need not. Where the clock was set back behind the time at which the wait
 * was written down, nobody knows how long it has waited: trying is better than waiting for a day that was a mistake.
 */
export function waitsUntil({ state, updatedAt }: Snapshot, now: number): number | null {
  if (state.kind !== 'waiting' || state.until <= now || now < updatedAt - CLOCK_STEP) return null;
  return state.until;
}

/** Where the next request would pass a limit: one that the user has not set is asked about, others end the run. */
function beyond(snapshot: Snapshot, by: Limit): Plan {
  return by === 'cap' && !snapshot.confirmed ? { kind: 'ask' } : { kind: 'limit', by };
}

/** What to do next for a snapshot. A request that could pass a limit is never planned. */
export function plan(snapshot: Snapshot, { now, cursor, atEnd, adapter, monthlyLeft }: PlanInput): Plan {
  const { state } = snapshot;
  switch (state.kind) {
    case 'ended':
    case 'paused':
    case 'blocked':
    case 'confirming':
      return { kind: 'rest' };
    case 'waiting': {
      const until = waitsUntil(snapshot, now);
      if (until !== null) return { kind: 'wait', until };
      break;
    }
    case 'queued':
    case 'resolving':
    case 'running':
      break;
  }
  const { price, fillSize } = adapter;
  const rules = adapter.pages(snapshot.platform);
  const ownLeft = snapshot.cap - snapshot.charged - snapshot.maybeCharged;
  const left = monthlyLeft === null ? ownLeft : Math.min(ownLeft, monthlyLeft);
  const by: Limit = monthlyLeft !== null && monthlyLeft < ownLeft ? 'monthly' : 'cap';

  if (snapshot.resolvedAt === null) {
    if (price.resolve <= left) return { kind: 'resolve', reserve: price.resolve };
    return beyond(snapshot, by);
  }
  if (fillSize > 0 && snapshot.filled < snapshot.rows) {
    return price.perFill > left ? beyond(snapshot, by) : { kind: 'fill', reserve: price.perFill };
  }
  if (atEnd || snapshot.ending !== null) return { kind: 'finish' };
  const wanted = snapshot.howMany === null ? Infinity : snapshot.howMany - snapshot.rows;
  if (wanted <= 0) return { kind: 'limit', by: 'rows' };
  const affordable = price.perRow === 0 ? Infinity : Math.floor((left - price.perRequest) / price.perRow);
  const limit = rules.adjustable ? Math.min(rules.most, wanted, affordable) : rules.most;
  const reserve = price.perRequest + limit * price.perRow;
  return limit < 1 || reserve > left ? beyond(snapshot, by) : { kind: 'page', cursor, limit, reserve };
}

/** What a page brought, after its accounts were compared with those kept before. */
export interface PageSummary {
  /** Accounts that are new. */
  readonly rows: number;
  readonly duplicates: number;
  readonly unreadable: number;
  /** `null` when the provider offers no more. */
  readonly next: Cursor | null;
  /** Whether the next cursor is further along, and none that was offered before. */
  readonly moved: boolean;
  readonly expected: number | null;
  readonly charged: number;
}

export type Event =
  /** `origin` is where the request goes. */
  | { readonly kind: 'sending'; readonly purpose: Purpose; readonly origin: string }
  | {
      readonly kind: 'resolved';
      readonly resolved: Omit<Resolved, 'handle'> & { readonly handle: Handle };
      readonly estimate: Estimate;
    }
  | {
      readonly kind: 'page';
      readonly page: PageSummary;
      readonly rules: Pick<PageRules, 'withoutNewUntilStalled'>;
      /** Of the whole list, for a run whose price could not be told before its first page. */
      readonly estimate: Estimate | null;
      readonly fillSize: number;
    }
  /** A look-up completed `count` accounts, or found them gone. */
  | {
      readonly kind: 'filled';
      readonly count: number;
      readonly unreadable: number;
      readonly charged: number;
      readonly fillSize: number;
    }
  | { readonly kind: 'finish' }
  /** `charged` is what the request may have cost where the failure does not say. */
  | {
      readonly kind: 'failed';
      readonly failure: ProviderFailure;
      readonly reserve: number;
      readonly wait: number;
    }
  /** A request that was under way when the worker or the browser ended. */
  | { readonly kind: 'interrupted'; readonly reserve: number }
  /** The browser may have sent a request twice by itself; the provider may have charged for both. */
  | { readonly kind: 'resent'; readonly reserve: number }
  | { readonly kind: 'ask' }
  | { readonly kind: 'limited'; readonly by: Limit }
  | { readonly kind: 'offline'; readonly wait: number }
  /** The browser is connected again. */
  | { readonly kind: 'online' }
  /** The browser lets us reach the provider again. */
  | { readonly kind: 'permitted' }
  | { readonly kind: 'blocked'; readonly trouble: Trouble }
  /** The storage can be written again. */
  | { readonly kind: 'room' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'confirm';
      readonly howMany: number | null;
      readonly cap: number;
      readonly estimate: Estimate;
    }
  /** Goes on with a list that ended before its end. */
  | {
      readonly kind: 'continue';
      readonly howMany: number | null;
      readonly cap: number;
      readonly estimate: Estimate;
      /** Whether the price is to be confirmed before anything is spent. */
      readonly asks: boolean;
    };

/** Whether new answers may still move the state: not after the user or an outcome settled it. */
function isLive(state: State): boolean {
  return state.kind !== 'ended' && state.kind !== 'paused';
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
    ...snapshot,
    pages: snapshot.pages + 1,
    rows: snapshot.rows + page.rows,
    filled: event.fillSize === 0 ? snapshot.filled + page.rows : snapshot.filled,
    duplicates: snapshot.duplicates + page.duplicates,
    unreadable: snapshot.unreadable + page.unreadable,
    charged: snapshot.charged + page.charged,
    expected: page.expected ?? snapshot.expected,
    estimate: event.estimate ?? snapshot.estimate,
    pagesWithoutNew: page.rows > 0 ? 0 : snapshot.pagesWithoutNew + 1,
    losses: 0,
    attempt: 0,
  };
  const ending = outcomeOfPage(kept, event);
  if (!isLive(snapshot.state)) return { ...kept, ending };
  if (ending === null && event.estimate !== null && asksFirst(kept, event.estimate, kept.charged)) {
    return { ...kept, state: { kind: 'confirming' } };
  }
  return { ...kept, ending, state: going(kept) };
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
  const unasked = snapshot.cap - snapshot.charged - snapshot.maybeCharged;
  return !snapshot.confirmed && estimate.amount !== null && estimate.amount - paid > unasked;
}

function onFailure(snapshot: Snapshot, event: Extract<Event, { kind: 'failed' }>, now: number): Snapshot {
  const { failure, reserve, wait } = event;
  const { trouble, charged, retryable } = failure;
  const lost = trouble.kind === 'unreachable';
  const counted: Snapshot = {
    ...snapshot,
    charged: snapshot.charged + (charged ?? 0),
    maybeCharged: snapshot.maybeCharged + (charged === null ? reserve : 0),
    losses: lost ? snapshot.losses + 1 : snapshot.losses,
    attempt: snapshot.attempt + 1,
  };
  if (!isLive(snapshot.state)) return counted;
  // Half-way, such an answer is more likely a stumble: what is kept must stay a list that can go on.
  if (isFinal(trouble)) {
    return counted.rows === 0
      ? end(counted, { kind: 'failed', trouble }, now)
      : { ...counted, state: { kind: 'blocked', trouble } };
  }
  if (lost && counted.losses >= LOSSES_UNTIL_BLOCKED) return lostAnswers(counted, reserve);
  const tooOften = counted.attempt >= TRIES_UNTIL_BLOCKED && trouble.kind !== 'too-fast';
  if (!retryable || tooOften) return { ...counted, state: { kind: 'blocked', trouble } };
  return { ...counted, state: { kind: 'waiting', until: now + wait, attempt: counted.attempt, trouble } };
}

/** @param price what another try can cost */
function lostAnswers(snapshot: Snapshot, price: number): Snapshot {
  return {
    ...snapshot,
    state: { kind: 'blocked', trouble: { kind: 'lost-answers', times: snapshot.losses, price } },
  };
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
      // Where no look-up is needed, a run is `running` before its first request.
      const isGoing = state.kind === 'running' && snapshot.pace !== null;
      const pace = isGoing ? snapshot.pace : { from: now, rows: snapshot.filled };
      const before = snapshot.origins ?? [];
      const origins = before.includes(event.origin) ? before : [...before, event.origin];
      return { ...snapshot, startedAt, pace, origins, state: going(snapshot) };
    }
    case 'resolved': {
      const { resolved, estimate } = event;
      const { facts } = resolved;
      const known: Snapshot = {
        ...snapshot,
        handle: resolved.handle,
        profileId: resolved.id,
        resolvedAt: now,
        facts,
        expected: snapshot.relation === 'followers' ? facts.followers : facts.following,
        estimate,
        charged: snapshot.charged + resolved.charged,
        losses: 0,
        attempt: 0,
      };
      if (!isLive(state)) return known;
      return {
        ...known,
        state: asksFirst(known, estimate, resolved.charged) ? { kind: 'confirming' } : { kind: 'running' },
      };
    }
    case 'page':
      return settle(onPage(snapshot, event), event.fillSize, now);
    case 'filled': {
      const filled: Snapshot = {
        ...snapshot,
        filled: snapshot.filled + event.count,
        unreadable: snapshot.unreadable + event.unreadable,
        charged: snapshot.charged + event.charged,
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
      return { ...snapshot, maybeCharged: snapshot.maybeCharged + event.reserve };
    case 'ask':
      return isLive(state) ? { ...snapshot, state: { kind: 'confirming' } } : snapshot;
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
        ? { ...snapshot, state: going(snapshot) }
        : snapshot;
    case 'blocked':
      // The storage stops only what would go on: what waits or asks the user must not go on when there is room.
      return (event.trouble.kind === 'storage' ? goesOn(snapshot, now) : isLive(state))
        ? { ...snapshot, state: { kind: 'blocked', trouble: event.trouble } }
        : snapshot;
    case 'room':
      // Answers that were lost meanwhile stay counted, unlike after the user's own word.
      return state.kind === 'blocked' && state.trouble.kind === 'storage'
        ? { ...snapshot, state: going(snapshot) }
        : snapshot;
    case 'pause':
      return state.kind === 'ended' || state.kind === 'confirming'
        ? snapshot
        : { ...snapshot, state: { kind: 'paused' } };
    case 'resume':
      return state.kind === 'paused' || state.kind === 'blocked' || state.kind === 'waiting'
        ? {
            ...snapshot,
            // Trying now instead of later is no answer to what three losses ask.
            losses: state.kind === 'blocked' ? 0 : snapshot.losses,
            attempt: 0,
            state: going(snapshot),
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
            confirmed: snapshot.resolvedAt !== null,
            state: going(snapshot),
          }
        : snapshot;
    case 'continue': {
      if (state.kind !== 'ended' || state.outcome.kind === 'complete' || state.outcome.kind === 'ended-early')
        return snapshot;
      const { howMany, cap, estimate, asks } = event;
      return {
        ...snapshot,
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
        state: asks ? { kind: 'confirming' } : going(snapshot),
      };
    }
  }
}
