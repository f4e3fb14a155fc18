/** What the overlap of lists says, and how far each figure holds. Pure. */
import { noFilters, wholeList } from '../../../lib/lists/query.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
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

/** The combinations with at least so many accounts. */
export function combinationsOf(
  { masks, counts }: Pick<Overlap, 'masks' | 'counts'>,
  order: CombinationOrder,
  atLeast: number,
  partial: Mask,
): readonly Combination[] {
  const found: Combination[] = [];
  // The largest come first.
  for (const [at, count] of counts.entries()) {
    if (count < atLeast) break;
    const mask = masks[at] ?? 0;
    found.push({ mask, count, bound: boundOfExactly(mask, partial) });
  }
  if (order === 'size') return found;
  return found
    .map((one) => ({ one, degree: degreeOf(one.mask) }))
    .sort((a, b) => a.degree - b.degree)
    .map(({ one }) => one);
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
