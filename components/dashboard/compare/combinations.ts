/** What the overlap of lists says, and how far each figure holds. Pure. */
import { noFilters, wholeList } from '../../../lib/lists/query.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { MOST_LISTS } from '../../../lib/model/most-lists.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { degreeOf, listsIn, type Overlap } from '../../../lib/sets/overlap.ts';
import type { Mask } from '../../../lib/sets/id-masks.ts';
import { addressOfList, type ListAddress } from '../address.ts';

/** One of the compared lists. */
export interface ComparedList {
  readonly snapshot: Snapshot;
  /** How it is called on screen. */
  readonly title: string;
  readonly isPartial: boolean;
}

/**
 * How far a figure holds:
 * - `exact`: all lists that it rests on are complete.
 * - `atLeast`: partial lists may have more of these accounts.
 * - `collected`: there may be more or fewer, because a partial list may have accounts that were not collected.
 */
export type Bound = 'exact' | 'atLeast' | 'collected';

/** Accounts that are in exactly these lists. */
export interface Combination {
  readonly mask: Mask;
  readonly count: number;
  readonly bound: Bound;
}

export const orders = ['size', 'degree'] as const;
/** By the number of accounts, or by the number of lists first. */
export type CombinationOrder = (typeof orders)[number];

export function isPartial({ state }: Pick<Snapshot, 'state'>): boolean {
  return state.kind !== 'ended' || state.outcome.kind !== 'complete';
}

/** The partial lists, as a mask. */
export function partialMask(lists: readonly Pick<ComparedList, 'isPartial'>[]): Mask {
  return lists.reduce((mask, list, at) => (list.isPartial ? mask | (1 << at) : mask), 0);
}

/** How far the number of accounts holds that are in all of some lists, whether or not they are in others. */
export function boundOfShared(lists: Mask, partial: Mask): Bound {
  return (lists & partial) === 0 ? 'exact' : 'atLeast';
}

/** How far the number of accounts holds that are in exactly these lists. */
export function boundOfExactly(lists: Mask, partial: Mask): Bound {
  // Any of them may be in a partial list without having been collected.
  return (partial & ~lists) === 0 ? boundOfShared(lists, partial) : 'collected';
}

/**
 * The combinations with at least so many accounts, in an order, as indexes of {@link Overlap.masks}. Numbers only: 20 lists
 * can have a million combinations.
 */
export function orderOf(
  { masks, counts }: Pick<Overlap, 'masks' | 'counts'>,
  order: CombinationOrder,
  atLeast: number,
): Uint32Array {
  // The largest come first.
  const smaller = counts.findIndex((count) => count < atLeast);
  const found = Uint32Array.from({ length: smaller < 0 ? counts.length : smaller }, (_, at) => at);
  return order === 'size' ? found : byDegree(found, masks);
}

/** Sorts combinations by the number of lists. Those with as many lists stay in their order. */
function byDegree(combinations: Uint32Array, masks: Uint32Array): Uint32Array {
  const degrees = Uint8Array.from(combinations, (at) => degreeOf(masks[at] ?? 0));
  const ends = new Uint32Array(MOST_LISTS + 2);
  for (const degree of degrees) ends[degree + 1] = (ends[degree + 1] ?? 0) + 1;
  for (let degree = 1; degree < ends.length; degree += 1)
    ends[degree] = (ends[degree] ?? 0) + (ends[degree - 1] ?? 0);
  const sorted = new Uint32Array(combinations.length);
  for (const [at, degree] of degrees.entries()) {
    const end = ends[degree] ?? 0;
    ends[degree] = end + 1;
    sorted[end] = combinations[at] ?? 0;
  }
  return sorted;
}

/** The combinations with these indexes. */
export function combinationsAt(
  { masks, counts }: Pick<Overlap, 'masks' | 'counts'>,
  indexes: Uint32Array,
  partial: Mask,
): readonly Combination[] {
  return Array.from(indexes, (at) => {
    const mask = masks[at] ?? 0;
    return { mask, count: counts[at] ?? 0, bound: boundOfExactly(mask, partial) };
  });
}

/** The first list of a combination, filtered so that exactly its accounts remain. */
export function addressOfExactly(ids: readonly SnapshotId[], mask: Mask): ListAddress | null {
  const [first, ...inLists] = listsIn(mask).flatMap((at) => ids[at] ?? []);
  if (first === undefined) return null;
  const notInLists = ids.filter((_, at) => (mask & (1 << at)) === 0);
  return { ...addressOfList(first), query: { ...wholeList, filters: { ...noFilters, inLists, notInLists } } };
}

/** The accounts of a list that another has too. */
export function addressOfShared(one: SnapshotId, other: SnapshotId): ListAddress {
  return { ...addressOfList(one), query: { ...wholeList, filters: { ...noFilters, inLists: [other] } } };
}
