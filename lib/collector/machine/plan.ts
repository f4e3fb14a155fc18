/**
 * What a snapshot needs next. Pure; time, and what other runs have spent, come in as values. A request that could pass
 * a limit is never planned.
 */
import type { Cursor } from '../../model/ids.ts';
import { countedSpending, type Limit, type Snapshot } from '../../model/snapshot.ts';
import type { Adapter } from '../../providers/adapter.ts';

export type Plan =
  /** Ended, paused, blocked or asking the user: nothing to do until someone acts. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'wait'; readonly until: number }
  /**
   * The next request would pass what may be spent unasked: `reserve` is the most that it can cost, `least` what the
   * smallest request that helps costs.
   */
  | { readonly kind: 'ask'; readonly reserve: number; readonly least: number }
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
function beyond(snapshot: Snapshot, by: Limit, reserve: number, least = reserve): Plan {
  return by === 'cap' && !snapshot.confirmed ? { kind: 'ask', reserve, least } : { kind: 'limit', by };
}

/** What to do next for a snapshot. */
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
  const ownLeft = snapshot.cap - countedSpending(snapshot);
  const left = monthlyLeft === null ? ownLeft : Math.min(ownLeft, monthlyLeft);
  const by: Limit = monthlyLeft !== null && monthlyLeft < ownLeft ? 'monthly' : 'cap';

  if (snapshot.resolvedAt === null) {
    if (price.resolve <= left) return { kind: 'resolve', reserve: price.resolve };
    return beyond(snapshot, by, price.resolve);
  }
  if (fillSize > 0 && snapshot.filled < snapshot.rows) {
    return price.perFill > left
      ? beyond(snapshot, by, price.perFill)
      : { kind: 'fill', reserve: price.perFill };
  }
  if (atEnd || snapshot.ending !== null) return { kind: 'finish' };
  return planPage(snapshot, { cursor, adapter }, left, by);
}

function planPage(
  snapshot: Snapshot,
  { cursor, adapter }: Pick<PlanInput, 'cursor' | 'adapter'>,
  left: number,
  by: Limit,
): Plan {
  const { perRequest, perRow } = adapter.price;
  const rules = adapter.pages(snapshot.platform);
  const wanted = snapshot.howMany === null ? Infinity : snapshot.howMany - snapshot.rows;
  if (wanted <= 0) return { kind: 'limit', by: 'rows' };
  const cost = (rows: number): number => perRequest + rows * perRow;
  const affordable = perRow === 0 ? Infinity : Math.floor((left - perRequest) / perRow);
  const most = rules.adjustable ? Math.min(rules.most, wanted) : rules.most;
  const limit = rules.adjustable ? Math.min(most, affordable) : most;
  return limit < 1 || cost(limit) > left
    ? beyond(snapshot, by, cost(most), cost(rules.adjustable ? 1 : most))
    : { kind: 'page', cursor, limit, reserve: cost(limit) };
}
