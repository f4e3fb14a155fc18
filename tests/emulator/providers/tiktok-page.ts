/** One page of a TikTok list, which both SociaVault and SocialFetch pass on. */
import type { Relation } from '../platforms.ts';
import type { TrueAccount } from '../population/account.ts';
import type { Population } from '../population/population.ts';

export interface TiktokPage {
  readonly accounts: readonly TrueAccount[];
  /**
   * The cursor of the next page, in epoch seconds; `null` at the end of the list. The rows of its second are
   * repeated.
   */
  readonly next: number | null;
  /** The seconds of the page's newest and oldest rows; `null` if it has none. */
  readonly seconds: { readonly newest: number; readonly oldest: number } | null;
}

/** `before` is the cursor, in epoch seconds; `null` requests the first page. */
export function tiktokPage(
  population: Population,
  relation: Relation,
  before: number | null,
  most: number,
): TiktokPage {
  const size = population.size(relation);
  const secondAt = (index: number): number => population.followedAt(relation, index) / 1000;
  const from = before === null ? 0 : population.firstNotAfter(relation, before * 1000);
  const places = population.entries(relation, from, most);
  const to = from + places.length;
  return {
    accounts: places.flatMap((entry) => (entry.kind === 'account' ? [entry.account] : [])),
    next: places.length > 0 && to < size ? secondAt(to - 1) : null,
    seconds: places.length === 0 ? null : { newest: secondAt(from), oldest: secondAt(to - 1) },
  };
}

/** A cursor of whole seconds, or `null` for anything else. */
export function secondsIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
