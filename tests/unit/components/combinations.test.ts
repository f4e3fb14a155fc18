import { describe, expect, it } from 'vitest';
import {
  addressOfExactly,
  boundOfExactly,
  boundOfShared,
  combinationsOf,
  partialMask,
} from '../../../components/dashboard/compare/combinations.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';

const ids = [1, 2, 3].map((n) => snapshotIdSchema.parse(`0b7f0f3e-4d5e-4f6a-8b9c-00000000000${String(n)}`));
/** The second of three lists. */
const PARTIAL = partialMask([{ isPartial: false }, { isPartial: true }, { isPartial: false }]);

describe('figures that rest on a partial list', () => {
  it('are the least it can be where accounts are in all of some lists', () => {
    expect(boundOfShared(0b101, PARTIAL)).toBe('exact');
    expect(boundOfShared(0b011, PARTIAL)).toBe('atLeast');
  });

  it('count what was collected where accounts could be in it, too', () => {
    expect(boundOfExactly(0b101, PARTIAL)).toBe('collected');
    expect(boundOfExactly(0b001, PARTIAL)).toBe('collected');
    // All lists outside are complete.
    expect(boundOfExactly(0b011, PARTIAL)).toBe('atLeast');
    expect(boundOfExactly(0b111, PARTIAL)).toBe('atLeast');
    expect(boundOfExactly(0b111, 0b110)).toBe('atLeast');
    expect(boundOfExactly(0b010, 0b110)).toBe('collected');
    expect(boundOfExactly(0b010, 0)).toBe('exact');
  });
});

describe('combinations', () => {
  const overlap = { masks: Uint32Array.of(0b111, 0b001, 0b110), counts: Uint32Array.of(9, 5, 2) };
  const masksOf = (order: 'size' | 'degree', atLeast: number) =>
    combinationsOf(overlap, order, atLeast, 0).map(({ mask }) => mask);

  it('are in order, and have enough accounts', () => {
    expect(masksOf('size', 1)).toEqual([0b111, 0b001, 0b110]);
    expect(masksOf('degree', 1)).toEqual([0b001, 0b110, 0b111]);
    expect(masksOf('degree', 5)).toEqual([0b001, 0b111]);
    expect(masksOf('size', 10)).toEqual([]);
  });

  it('open their first list, filtered by all others', () => {
    const address = addressOfExactly(ids, 0b110);
    expect(address?.id).toBe(ids[1]);
    expect(address?.query.filters.inLists).toEqual([ids[2]]);
    expect(address?.query.filters.notInLists).toEqual([ids[0]]);
    expect(addressOfExactly(ids, 0)).toBeNull();
  });
});
