/**
 * How far an update has come, and whether it has reached the accounts that were known before. Pure.
 *
 * With follow times, a page whose cursor is older than the earlier collection is the last one with new accounts. Without
 * them, only order helps: following again moves a known account to the top, so that one page of known accounts proves
 * nothing. Two pages in a row of known accounts in their known order do.
 */
import type { AccountId } from '../model/ids.ts';
import type { KnownSoFar } from '../model/update.ts';

/** Pages in a row of known accounts in their known order after which the rest is known. */
const KNOWN_PAGES = 2;
/** Pages in a row from before the earlier collection, without a known account, that must belong to another profile. */
const FOREIGN_PAGES = 2;

/** A page of an update, as it was received. */
export interface UpdatePage {
  readonly ids: readonly AccountId[];
  /** The time that the cursor after it states; `null` if it states none. */
  readonly time: number | null;
  /** Whether its times can be relied on. */
  readonly isDated: boolean;
}

/**
 * The progress after a page.
 * @param since when the earlier collection was started, epoch milliseconds
 * @param positionOf the position of an account in the earlier list; `undefined` if it is not there
 */
export function afterPage(
  known: KnownSoFar,
  { ids, time, isDated }: UpdatePage,
  since: number,
  positionOf: (id: AccountId) => number | undefined,
): KnownSoFar {
  const positions = ids.map(positionOf);
  const found = positions.filter((position) => position !== undefined);
  const isPast = time !== null && time < since;
  const continues = known.pages > 0 && isAscending(found, known.last);
  const isKnown = found.length === ids.length && found.length > 0 && isAscending(found, -1);
  return {
    pages: isKnown ? (continues ? known.pages + 1 : 1) : 0,
    last: found.at(-1) ?? known.last,
    accounts: known.accounts + found.length,
    past: isPast ? known.past + 1 : 0,
    withoutTimes: known.withoutTimes || !isDated,
  };
}

function isAscending(positions: readonly number[], above: number): boolean {
  let last = above;
  for (const position of positions) {
    if (position <= last) return false;
    last = position;
  }
  return true;
}

/** Whether everything below is known. */
export function hasReachedKnown({ pages, accounts, past, withoutTimes }: KnownSoFar): boolean {
  return withoutTimes ? pages >= KNOWN_PAGES : past > 0 && accounts > 0;
}

/**
 * Whether the pages must be of another profile: they are older than the earlier collection, which has none of their
 * accounts. A handle may have been given to somebody else since then.
 */
export function isOtherProfile({ accounts, past, withoutTimes }: KnownSoFar): boolean {
  return !withoutTimes && past >= FOREIGN_PAGES && accounts === 0;
}
