/** One page of a TikTok list, which both SociaVault and SocialFetch pass on. */
import type { Relation } from '../platforms.ts';
import type { TrueAccount } from '../population/account.ts';
import type { Population } from '../population/population.ts';
import { firstNotAfter, followedAt } from '../population/timeline.ts';

export interface TiktokPage {
  readonly accounts: readonly TrueAccount[];
  /**
   * The cursor of the next page, in epoch seconds; `null` at the end of the list. The rows of its second are
   * repeated.
   */
  readonly next: number | null;
  /** The newest second of this page, in epoch seconds. */
  readonly newest: number;
}

/** `before` is the cursor, in epoch seconds; `null` requests the first page. */
export function tiktokPage(
  population: Population,
  relation: Relation,
  before: number | null,
  most: number,
): TiktokPage {
  const size = population.size(relation);
  const from = before === null ? 0 : firstNotAfter(before);
  const places = population.entries(relation, from, most);
  const to = from + places.length;
  return {
    accounts: places.flatMap((entry) => (entry.kind === 'account' ? [entry.account] : [])),
    next: places.length > 0 && to < size ? followedAt(to - 1) : null,
    newest: followedAt(from),
  };
}

/** A cursor of whole seconds, or `null` for anything else. */
export function secondsIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
