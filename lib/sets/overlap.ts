/** How several lists of one platform overlap: what each combination of them shares. Pure. */
import { snapshotIdSchema, type SnapshotId } from '../model/ids.ts';
import { z } from '../zod.ts';
import type { Mask } from './id-masks.ts';

const count = z.int().check(z.nonnegative());

/** What comparing several lists found. */
export const overlapSchema = z.object({
  /** In the order in which they were compared; bit 0 of a mask is the first one. */
  lists: z.array(
    z.object({
      id: snapshotIdSchema,
      /** How many accounts it has. */
      count,
      /** How many of them are in no other of these lists. */
      unique: count,
    }),
  ),
  /** How many accounts are in at least one of the lists. */
  union: count,
  /** The combinations with at least one account that is in exactly these lists; the largest first. */
  masks: z.instanceof(Uint32Array),
  /** How many accounts each combination has. */
  counts: z.instanceof(Uint32Array),
  /** How many accounts each pair shares: see {@link sharedBy}. */
  shared: z.instanceof(Uint32Array),
  /** How many accounts were found in several lists by their handle. */
  byHandle: count,
  /** How many may be in further lists under another kind of ID, or another handle. */
  apart: count,
});
export type Overlap = z.infer<typeof overlapSchema>;

/** How far a comparison is: how many lists have been read. When all have, accounts are being counted. */
export type OnRead = (read: number) => void;

/** How many accounts two of the lists share, by their numbers in {@link Overlap.lists}. */
export function sharedBy(
  { shared, lists }: Pick<Overlap, 'shared' | 'lists'>,
  one: number,
  other: number,
): number {
  return shared[one * lists.length + other] ?? 0;
}

/** How many lists a mask has. */
export function degreeOf(mask: Mask): number {
  let degree = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) degree += 1;
  return degree;
}

/** The numbers of the lists of a mask, from 0. */
export function listsIn(mask: Mask): readonly number[] {
  const lists: number[] = [];
  for (let list = 0; mask >>> list !== 0; list += 1) if ((mask & (1 << list)) !== 0) lists.push(list);
  return lists;
}

/**
 * Sums up how many accounts are in exactly the lists of each mask.
 * @param counts by mask
 */
export function overlapOf(
  ids: readonly SnapshotId[],
  counts: Uint32Array,
  { byHandle, apart }: Pick<Overlap, 'byHandle' | 'apart'>,
): Overlap {
  const size = ids.length;
  const shared = new Uint32Array(size * size);
  let union = 0;
  const found: Mask[] = [];
  for (const [mask, n] of counts.entries()) {
    if (n === 0 || mask === 0) continue;
    found.push(mask);
    union += n;
    const lists = listsIn(mask);
    for (const one of lists) {
      for (const other of lists) shared[one * size + other] = (shared[one * size + other] ?? 0) + n;
    }
  }
  const countOf = (mask: Mask): number => counts[mask] ?? 0;
  const masks = Uint32Array.from(found).sort(
    (a, b) => countOf(b) - countOf(a) || degreeOf(a) - degreeOf(b) || a - b,
  );
  return {
    lists: ids.map((id, list) => ({
      id,
      count: shared[list * size + list] ?? 0,
      unique: countOf(1 << list),
    })),
    union,
    masks,
    counts: Uint32Array.from(masks, countOf),
    shared,
    byHandle,
    apart,
  };
}
