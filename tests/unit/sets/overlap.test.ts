import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountIdSchema, type AccountId } from '../../../lib/model/ids.ts';
import { HandleGroups } from '../../../lib/sets/handle-groups.ts';
import { MOST_LISTS } from '../../../lib/model/most-lists.ts';
import { IdMasks } from '../../../lib/sets/id-masks.ts';
import { degreeOf, listsIn, overlapOf, sharedBy } from '../../../lib/sets/overlap.ts';
import { packIds } from '../../../lib/store/ids.ts';
import { snapshotIdOf } from './stored-pairs.ts';

const anyId = fc
  .oneof(
    fc.nat({ max: 60 }).map(String),
    fc.bigInt({ min: 2n ** 64n - 20n, max: 2n ** 64n + 20n }).map(String),
    // The same lower half, and the same upper half.
    fc.nat({ max: 5 }).map((high) => String((BigInt(high) << 32n) | 7n)),
    fc.nat({ max: 5 }).map((low) => String((9n << 32n) | BigInt(low))),
    fc.constantFrom('007', '7', 'seven', 'MS4wLjABAAAA'.padEnd(76, 'x'), 'MS4wLjABAAAA'.padEnd(76, 'y')),
  )
  .map((id) => accountIdSchema.parse(id));

/** Lists may repeat an ID, although no collected list does. */
const anyLists = fc.array(fc.array(anyId, { maxLength: 60 }), { minLength: 2, maxLength: MOST_LISTS });

function masksOf(lists: readonly (readonly AccountId[])[], pageSize: number): IdMasks {
  const masks = new IdMasks();
  for (const ids of lists) {
    masks.begin(ids.length);
    for (let at = 0; at < ids.length; at += pageSize) masks.add(packIds(ids.slice(at, at + pageSize)));
    masks.end();
  }
  return masks;
}

function countsOf(masks: IdMasks): Uint32Array {
  const counting = masks.counts();
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
  }
}

const idsOf = (lists: readonly unknown[]) => lists.map((_, at) => snapshotIdOf(at));
const NOTHING = { byHandle: 0, apart: 0 };

describe('several lists', () => {
  it('overlap as a plain search says, whatever the IDs are', () => {
    fc.assert(
      fc.property(anyLists, fc.integer({ min: 1, max: 20 }), (lists, pageSize) => {
        const sets = lists.map((ids) => new Set(ids));
        const expected = new Map<number, number>();
        for (const id of new Set(lists.flat())) {
          const mask = sets.reduce((sum, set, at) => (set.has(id) ? sum | (1 << at) : sum), 0);
          expected.set(mask, (expected.get(mask) ?? 0) + 1);
        }
        const masks = masksOf(lists, pageSize);
        const overlap = overlapOf(idsOf(lists), countsOf(masks), NOTHING);
        const found = new Map(Array.from(overlap.masks, (mask, at) => [mask, overlap.counts[at]]));
        expect(found).toEqual(expected);
        expect(Array.from(overlap.counts)).toEqual(Array.from(overlap.counts).sort((a, b) => b - a));
        expect(overlap.union).toBe(new Set(lists.flat()).size);
        for (const [one, set] of sets.entries()) {
          const unique = Array.from(set).filter((id) =>
            sets.every((other) => other === set || !other.has(id)),
          );
          expect(overlap.lists[one]).toEqual({
            id: snapshotIdOf(one),
            count: set.size,
            unique: unique.length,
          });
          for (const [other, ids] of sets.entries()) {
            expect(sharedBy(overlap, one, other)).toBe(Array.from(ids).filter((id) => set.has(id)).length);
          }
        }
        for (const id of lists.flat()) {
          expect(listsIn(masks.maskOf(id))).toEqual(
            Array.from(sets.keys()).filter((at) => sets[at]?.has(id)),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('may be twenty, each with accounts that are in it alone and in all', () => {
    const lists = Array.from({ length: MOST_LISTS }, (_, at) =>
      ['1', String(at + 2)].map((id) => accountIdSchema.parse(id)),
    );
    const { masks, counts, union } = overlapOf(idsOf(lists), countsOf(masksOf(lists, 1)), NOTHING);
    expect(union).toBe(MOST_LISTS + 1);
    expect(Array.from(counts)).toEqual(Array.from({ length: MOST_LISTS + 1 }, () => 1));
    expect(degreeOf(masks.at(-1) ?? 0)).toBe(MOST_LISTS);
  });

  it('leave out accounts beyond the count of a list', () => {
    const masks = new IdMasks();
    masks.begin(3);
    const ids = ['1', '2', '3', '4'].map((id) => accountIdSchema.parse(id));
    masks.add(packIds(ids.slice(0, 2)));
    masks.add(packIds(ids.slice(2)));
    masks.add(ids);
    masks.end();
    expect(Array.from(countsOf(masks))).toEqual([0, 3]);
  });
});

describe('accounts with different kinds of IDs', () => {
  const text = 'MS4wLjABAAAA'.padEnd(76, 'x');

  function joined(masks: Readonly<Record<string, number>>, handles: Readonly<Record<string, string | null>>) {
    const all = Object.values(masks).reduce((sum, mask) => sum | mask, 0);
    const counts = new Uint32Array(all + 1);
    for (const mask of Object.values(masks)) counts[mask] = (counts[mask] ?? 0) + 1;
    const groups = new HandleGroups((id) => masks[id] ?? 0);
    const isUsual = (id: string): boolean => /^\d+$/.test(id);
    for (const [id, handle] of Object.entries(handles)) {
      if (!isUsual(id)) groups.addRare(id, id === text ? 'text' : 'handle', handle);
    }
    for (const [id, handle] of Object.entries(handles)) {
      if (isUsual(id) && handle !== null && groups.has(handle)) groups.addUsual(id, 'number', handle);
    }
    return { ...groups.join(counts, all), counts: Array.from(counts) };
  }

  it('are joined by handle, which is counted', () => {
    expect(
      joined({ '12': 0b001, ada: 0b010, [text]: 0b100 }, { '12': 'ada', ada: 'ada', [text]: 'ada' }),
    ).toEqual({
      byHandle: 1,
      apart: 0,
      counts: [0, 0, 0, 0, 0, 0, 0, 1],
    });
  });

  it('stay apart where the handle is unknown, and are counted', () => {
    expect(joined({ '12': 0b01, ada: 0b10 }, { '12': 'ada', ada: null })).toEqual({
      byHandle: 0,
      apart: 1,
      counts: [0, 1, 1, 0],
    });
  });

  it('stay apart where two accounts had the handle: it was taken over', () => {
    const { byHandle, counts } = joined(
      { '12': 0b001, '13': 0b010, ada: 0b100 },
      { '12': 'ada', '13': 'ada', ada: 'ada' },
    );
    expect([byHandle, counts]).toEqual([0, [0, 1, 1, 0, 1, 0, 0, 0]]);
  });

  it('are two accounts if one list has both', () => {
    const { byHandle, counts } = joined({ '12': 0b11, ada: 0b10 }, { '12': 'ada', ada: 'ada' });
    expect([byHandle, counts]).toEqual([0, [0, 0, 1, 1]]);
  });
});
