/**
 * What a snapshot needs next. Pure: the time and the spending of other runs are parameters. A request that could exceed
 * a limit is never planned.
 */
import type { Cursor } from '../../model/ids.ts';
import { pagePrice } from '../../model/money.ts';
import { countedSpending, type Limit, type Snapshot } from '../../model/snapshot.ts';
import { smallestPage, type Adapter } from '../../providers/adapter.ts';

export type Plan =
  /** Ended, paused, blocked, or waiting for approval: nothing to do until the user acts. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'wait'; readonly until: number }
  /**
   * The next request would exceed what may be spent without approval: `reserve` is the most that it can cost, `least` the
   * cost of the smallest request that helps.
   */
  | { readonly kind: 'approval'; readonly reserve: number; readonly least: number }
  /** No request may be sent within the limits. */
  | { readonly kind: 'limit'; readonly by: Limit }
  | { readonly kind: 'resolve'; readonly reserve: number }
  /** Accounts that are IDs only are completed before further pages. */
  | { readonly kind: 'fill'; readonly reserve: number }
  /** Everything that the outcome depended on is done. */
  | { readonly kind: 'finish' }
  /** `limit` is the most accounts to request; `reserve` the most that the request can cost. */
  | {
      readonly kind: 'page';
      readonly cursor: Cursor | null;
      readonly limit: number;
      readonly reserve: number;
    };

export interface PlanInput {
  readonly now: number;
  /** Of the next page. */
  readonly cursor: Cursor | null;
  /** Whether the provider stated that no page follows. */
  readonly atEnd: boolean;
  readonly adapter: Pick<Adapter, 'price' | 'pages' | 'fillSize'>;
  /** What the provider's monthly limit still allows, in its unit; `null` if there is none. */
  readonly monthlyLeft: number | null;
  /** What the limit still allows that the run shares with others; `null` if it shares none. */
  readonly sharedLeft: number | null;
}

/** Clocks are corrected by less than this from time to time. More means that the clock was set. Milliseconds. */
const CLOCK_STEP = 60_000;

/**
 * Until when a run has to wait; `null` if it need not. If the clock was set back to before the wait was recorded, it is
 * unknown how long the run has waited. Then it tries now, rather than wait for a time that was a mistake.
 */
export function waitsUntil({ state, updatedAt }: Snapshot, now: number): number | null {
  if (state.kind !== 'waiting' || state.until <= now || now < updatedAt - CLOCK_STEP) return null;
  return state.until;
}

/** The next request would exceed a limit: one that the user did not set needs approval, others end the run. */
function beyond(snapshot: Snapshot, by: Limit, reserve: number, least = reserve): Plan {
  return by === 'cap' && !snapshot.confirmed ? { kind: 'approval', reserve, least } : { kind: 'limit', by };
}

/** What to do next for a snapshot. */
export function plan(
  snapshot: Snapshot,
  { now, cursor, atEnd, adapter, monthlyLeft, sharedLeft }: PlanInput,
): Plan {
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
  const { left, by } = strictest(snapshot, monthlyLeft, sharedLeft);

  if (snapshot.resolvedAt === null) {
    // A lookup that leaves nothing for a page would be wasted. The rest may be enough for no other run either.
    const isWasted = by === 'shared' && price.resolve + leastOfPage(snapshot, adapter) > left;
    if (price.resolve <= left && !isWasted) return { kind: 'resolve', reserve: price.resolve };
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

interface Strictest {
  /** What may be spent, in the adapter's unit. */
  readonly left: number;
  /** The limit that leaves the least. */
  readonly by: Limit;
}

/** Where two limits leave the same, the one that concerns more runs is named. */
function strictest(snapshot: Snapshot, monthlyLeft: number | null, sharedLeft: number | null): Strictest {
  const own: Strictest = { left: snapshot.cap - countedSpending(snapshot), by: 'cap' };
  const shared: Strictest =
    sharedLeft !== null && sharedLeft <= own.left ? { left: sharedLeft, by: 'shared' } : own;
  return monthlyLeft !== null && monthlyLeft < shared.left ? { left: monthlyLeft, by: 'monthly' } : shared;
}

/** What the smallest page costs, in the adapter's unit. */
function leastOfPage({ platform }: Snapshot, { price, pages }: PlanInput['adapter']): number {
  const { adjustable, most } = pages(platform);
  return price.perRequest + price.perRow * (adjustable ? 1 : most);
}

function planPage(
  snapshot: Snapshot,
  { cursor, adapter }: Pick<PlanInput, 'cursor' | 'adapter'>,
  left: number,
  by: Limit,
): Plan {
  const { perRequest, perRow } = adapter.price;
  const rules = adapter.pages(snapshot.platform);
  const least = smallestPage(rules);
  const wanted = snapshot.howMany === null ? Infinity : snapshot.howMany - snapshot.rows;
  if (wanted <= 0) return { kind: 'limit', by: 'rows' };
  const cost = (rows: number): number => pagePrice(adapter.price, rows);
  const affordable = perRow === 0 ? Infinity : Math.floor((left - perRequest) / perRow);
  const size = Math.min(rules.most, snapshot.update?.pageSize ?? rules.most);
  // The provider raises a smaller number to the smallest page, and charges for it.
  const most = rules.adjustable ? Math.max(least, Math.min(size, wanted)) : rules.most;
  const limit = rules.adjustable ? Math.min(most, affordable) : most;
  return limit < least || cost(limit) > left
    ? beyond(snapshot, by, cost(most), cost(least))
    : { kind: 'page', cursor, limit, reserve: cost(limit) };
}
