import { describe, expect, it } from 'vitest';
import {
  addressOfExactly,
  boundOfExactly,
  boundOfShared,
  combinationsAt,
  orderOf,
  partialMask,
} from '../../../components/dashboard/compare/combinations.ts';
import { overlapCsv } from '../../../components/dashboard/compare/upset-files.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { degreeOf } from '../../../lib/sets/overlap.ts';
import { newSnapshot } from '../lists/stored-lists.ts';

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
    combinationsAt(overlap, orderOf(overlap, order, atLeast), 0).map(({ mask }) => mask);

  it('are in order, and have enough accounts', () => {
    expect(masksOf('size', 1)).toEqual([0b111, 0b001, 0b110]);
    expect(masksOf('degree', 1)).toEqual([0b001, 0b110, 0b111]);
    expect(masksOf('degree', 5)).toEqual([0b001, 0b111]);
    expect(masksOf('size', 10)).toEqual([]);
  });

  it('are ordered like a plain sort orders them, however many there are', () => {
    const masks = Uint32Array.from({ length: 5000 }, (_, at) => (at * 7919) % 2 ** 20 || 1);
    const counts = Uint32Array.from(masks, (_, at) => 5000 - at);
    const expected = Array.from(masks.subarray(0, 4900), (mask, at) => ({ at, degree: degreeOf(mask) }))
      .sort((a, b) => a.degree - b.degree)
      .map(({ at }) => at);
    expect(Array.from(orderOf({ masks, counts }, 'degree', 101))).toEqual(expected);
  });

  it('are written to a file with a column for each list, part by part', () => {
    const lists = ids.map((id, at) => ({
      snapshot: { ...newSnapshot(), id },
      title: `List ${String(at + 1)}`,
      isPartial: false,
    }));
    const parts = [Uint32Array.of(0, 1), Uint32Array.of(2)].map((some) =>
      combinationsAt(overlap, some, PARTIAL),
    );
    expect(Array.from(overlapCsv(lists, parts)).join('')).toBe(
      '\uFEFFaccounts,holds,lists,List 1,List 2,List 3\r\n' +
        '9,at_least,3,1,1,1\r\n5,of_what_was_collected,1,1,0,0\r\n2,at_least,2,0,1,1\r\n',
    );
  });

  it('open their first list, filtered by all others', () => {
    const address = addressOfExactly(ids, 0b110);
    expect(address?.id).toBe(ids[1]);
    expect(address?.query.filters.inLists).toEqual([ids[2]]);
    expect(address?.query.filters.notInLists).toEqual([ids[0]]);
    expect(addressOfExactly(ids, 0)).toBeNull();
  });
});
