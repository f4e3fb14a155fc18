/**
 * When the accounts of a page followed, from the page's own cursors and the creation of its accounts. Pure.
 *
 * Lists are newest first. A page's accounts followed at or after the cursor that came with it, and at or before the cursor
 * that requested it. Nobody follows before their account exists, and everyone above followed later: so the latest creation
 * among an account and all after it is a lower bound too. Accounts on later pages can't raise it above the page's own
 * cursor, or a guard is violated; therefore each page can be computed by itself.
 */
import type { FollowProblem } from '../model/follow-times.ts';
import type { Cursor } from '../model/ids.ts';
import type { Platform } from '../model/platform.ts';
import type { AccountColumns } from '../store/columns.ts';

/** How far a computer's clock may be off. */
const CLOCK_TOLERANCE = 86_400_000;

/** X's IDs above this are snowflakes, which contain the time of creation. */
const FIRST_SNOWFLAKE = 10n ** 17n;
const LAST_ID = 2n ** 63n;
const SNOWFLAKE_SHIFT = 22n;
const SNOWFLAKE_EPOCH = 1_288_834_974_657;

/** What is known about the times of a list's cursors. */
export interface FollowSource {
  readonly platform: Platform;
  /** The time that a cursor states; `null` if the list's provider is unknown. */
  readonly followTime: FollowTime | null;
  /** In an updated list: the pages with which earlier collections begin, in order, and how to read their cursors. */
  readonly earlier?: readonly { readonly seq: number; readonly followTime: FollowTime | null }[];
}

type FollowTime = (cursor: Cursor) => number | null;

/** The parts of a stored page that say when its accounts followed. */
export interface DatedPage {
  readonly seq: number;
  /** The cursor that requested it. */
  readonly cursor: Cursor | null;
  /** The cursor that came with it. */
  readonly next: Cursor | null;
  readonly providerAt: number | null;
  readonly receivedAt: number;
  readonly columns: Pick<AccountColumns, 'id' | 'createdAt'>;
}

export interface PageBrackets {
  /** One per account; NaN is unknown. */
  readonly after: Float64Array<ArrayBuffer>;
  /** Of all its accounts; NaN is unknown. */
  readonly before: number;
  /** Whether a cursor of the page states a time. */
  readonly dated: boolean;
}

/** When an account on X was created, if its ID tells; epoch milliseconds. */
export function creationInId(id: string): number | null {
  if (!/^\d{18,19}$/.test(id)) return null;
  const value = BigInt(id);
  if (value <= FIRST_SNOWFLAKE || value >= LAST_ID) return null;
  return Number(value >> SNOWFLAKE_SHIFT) + SNOWFLAKE_EPOCH;
}

/** The creation of each account of a page, epoch milliseconds; NaN is unknown. */
function creationsOf({ id, createdAt }: DatedPage['columns'], platform: Platform): Float64Array<ArrayBuffer> {
  return Float64Array.from(id, (one, row) => {
    const stated = createdAt?.[row] ?? null;
    return stated ?? (platform === 'x' ? creationInId(one) : null) ?? NaN;
  });
}

/** The collection that a page belongs to. */
function collectionOf(
  source: FollowSource,
  seq: number,
): { readonly seq: number; readonly followTime: FollowTime | null } {
  return source.earlier?.findLast((one) => one.seq <= seq) ?? { seq: 0, followTime: source.followTime };
}

/** The times of a page's cursors, or what is wrong with them. `null` is a cursor that a page need not have. */
function timesOf(
  { seq, cursor, next }: DatedPage,
  source: FollowSource,
): { readonly sent: number | null; readonly own: number | null } | null {
  const { seq: start, followTime } = collectionOf(source, seq);
  // Only the first page of a collection is requested without a cursor.
  if (followTime === null || (cursor === null && seq > start)) return null;
  const sent = cursor === null ? null : followTime(cursor);
  const own = next === null ? null : followTime(next);
  const isUnreadable = (cursor !== null && sent === null) || (next !== null && own === null);
  return isUnreadable ? null : { sent, own };
}

/** The brackets of a page's accounts, or the guard that the page violates. */
export function bracketsOf(page: DatedPage, source: FollowSource): PageBrackets | FollowProblem {
  const times = timesOf(page, source);
  if (times === null) return 'no-times';
  const { sent, own } = times;
  const answeredAt = Math.max(page.receivedAt, page.providerAt ?? 0);
  const latest = Math.max(own ?? 0, sent ?? 0);
  if (latest > answeredAt + CLOCK_TOLERANCE) return 'in-the-future';
  if (own !== null && sent !== null && own > sent) return 'out-of-order';
  const after = creationsOf(page.columns, source.platform);
  const limit = sent ?? answeredAt + CLOCK_TOLERANCE;
  // From the last account up, each keeps the latest creation so far. NaN is not above anything.
  let lowest = own ?? NaN;
  for (let row = after.length - 1; row >= 0; row -= 1) {
    const created = after[row] ?? NaN;
    if (created > limit) return 'created-later';
    if (created > lowest || Number.isNaN(lowest)) lowest = created;
    after[row] = lowest;
  }
  // If an account followed after the response to the first page, the clock that dated the response is wrong.
  const before = sent ?? (lowest > answeredAt ? NaN : answeredAt);
  return { after, before, dated: sent !== null || own !== null };
}
