/** How a list was brought up to date: what it is based on, and what the update found. Times are epoch milliseconds. */
import type { ProviderId, SnapshotId } from './ids.ts';
import type { Unit } from './money.ts';

/** A collection that went from the newest account to the end, or as far as it went. Only such a one shows who left. */
export interface FullCollection {
  /** When its first page was requested. */
  readonly startedAt: number;
  /** Whether the provider confirmed its end. */
  readonly isComplete: boolean;
  /** What was charged for it, in its unit. */
  readonly charged: number;
  readonly unit: Unit;
}

/** How far an update has reached into the accounts that were known before. */
export interface KnownSoFar {
  /** How many of the latest pages in a row contained only known accounts, in their known order. */
  readonly pages: number;
  /** The position of the last known account in the earlier list; -1 if there is none. */
  readonly last: number;
  /** How many known accounts were listed again. */
  readonly accounts: number;
  /** How many of the latest pages in a row ended with accounts that followed before the earlier collection. */
  readonly past: number;
  /** Whether a page's times contradicted each other. Then only the order of known accounts counts. */
  readonly withoutTimes: boolean;
}

/** Where the pages of an earlier collection begin in a list. */
export interface PartStart {
  /** The number of its first page, counted in this list. */
  readonly seq: number;
  readonly provider: ProviderId;
}

/** What the update found when it reached the known accounts. */
export interface JoinedList {
  /** The accounts that the earlier list does not contain. */
  readonly newAccounts: number;
  /** What the list shows from earlier collections, below what the update itself collected. */
  readonly pages: number;
  readonly rows: number;
  readonly filled: number;
  /** The pages with which the earlier collections begin, in order. */
  readonly starts: readonly PartStart[];
}

export interface Update {
  /** The list that was updated. It may have been deleted since. */
  readonly base: SnapshotId;
  /** When that list was started. */
  readonly baseStartedAt: number;
  /** The earlier collection listed every account that followed before this time, unless the platform hid it. */
  readonly since: number;
  /** The last full collection: who left is known as of then. */
  readonly full: FullCollection;
  /** The page size to request where it can be chosen and rows cost money; `null` requests full pages. */
  readonly pageSize: number | null;
  readonly known: KnownSoFar;
  /** `null` until the known accounts are reached. */
  readonly joined: JoinedList | null;
}

export const NOTHING_KNOWN: KnownSoFar = { pages: 0, last: -1, accounts: 0, past: 0, withoutTimes: false };

/** The most earlier collections that one list can contain. After that, only a full collection brings it up to date. */
export const MAX_PARTS = 1_000;

/** The part of a list that its own run collected: all of it, unless it was joined with an earlier list. */
export function ownPart({
  pages,
  rows,
  filled,
  update,
}: {
  readonly pages: number;
  readonly rows: number;
  readonly filled: number;
  readonly update?: Update;
}): { readonly pages: number; readonly rows: number; readonly filled: number } {
  const joined = update?.joined ?? null;
  if (joined === null) return { pages, rows, filled };
  return { pages: pages - joined.pages, rows: rows - joined.rows, filled: filled - joined.filled };
}
