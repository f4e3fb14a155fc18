import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountIdSchema, type AccountId } from '../../../lib/model/ids.ts';
import { IdKeysBuilder, type IdKeys } from '../../../lib/sets/id-keys.ts';
import { joinByHandle, positionsIn, reversed } from '../../../lib/sets/join.ts';
import { packIds } from '../../../lib/store/ids.ts';

const anyId = fc
  .oneof(
    fc.nat({ max: 40 }).map(String),
    fc.bigInt({ min: 2n ** 64n - 20n, max: 2n ** 64n + 20n }).map(String),
    // The same lower half, and the same upper half.
    fc.nat({ max: 5 }).map((high) => String((BigInt(high) << 32n) | 7n)),
    fc.nat({ max: 5 }).map((low) => String((9n << 32n) | BigInt(low))),
    fc.constantFrom('007', '7', 'seven', 'MS4wLjABAAAA'.padEnd(76, 'x'), 'MS4wLjABAAAA'.padEnd(76, 'y')),
  )
  .map((id) => accountIdSchema.parse(id));

const list = fc.uniqueArray(anyId, { maxLength: 60 });

function keysOf(ids: readonly AccountId[], pageSize: number): IdKeys {
  const builder = new IdKeysBuilder(ids.length);
  for (let at = 0; at < ids.length; at += pageSize) builder.add(packIds(ids.slice(at, at + pageSize)));
  return builder.keys();
}

describe('two lists joined by ID', () => {
  it('match a plain search, whatever the IDs are', () => {
    fc.assert(
      fc.property(list, list, fc.integer({ min: 1, max: 20 }), (one, other, pageSize) => {
        const positions = positionsIn(keysOf(one, pageSize), keysOf(other, 7));
        expect(Array.from(positions)).toEqual(one.map((id) => other.indexOf(id)));
        expect(Array.from(reversed(positions, other.length))).toEqual(other.map((id) => one.indexOf(id)));
      }),
      { numRuns: 2000 },
    );
  });

  it('match where they are so long that they are searched in many parts', () => {
    const ids = (from: number) =>
      Array.from({ length: 40_000 }, (_, at) => accountIdSchema.parse(String((from + at) * 1_000_003)));
    const [one, other] = [ids(0).reverse(), ids(25_000)];
    const places = new Map(other.map((id, at) => [id, at]));
    expect(Array.from(positionsIn(keysOf(one, 1000), keysOf(other, 999)))).toEqual(
      one.map((id) => places.get(id) ?? -1),
    );
  });

  it('leave out accounts beyond the count of the list', () => {
    const builder = new IdKeysBuilder(3);
    const ids = ['1', '2', '3', '4'].map((id) => accountIdSchema.parse(id));
    builder.add(packIds(ids.slice(0, 2)));
    builder.add(packIds(ids.slice(2)));
    builder.add(ids);
    expect(builder.keys().count).toBe(3);
  });
});

describe('two lists with different kinds of IDs', () => {
  const number = accountIdSchema.parse('12');
  const text = accountIdSchema.parse('MS4wLjABAAAA'.padEnd(76, 'x'));
  const handle = (handles: readonly (string | null)[]) => (at: number) => handles[at] ?? null;

  it('are joined by handle, which is marked', () => {
    const [one, other] = [keysOf([number], 1), keysOf([text], 1)];
    const positions = positionsIn(one, other);
    expect(Array.from(positions)).toEqual([-1]);
    const found = joinByHandle(positions, one, other, [handle(['@ada']), handle(['@ada'])]);
    expect([Array.from(positions), Array.from(found)]).toEqual([[0], [0]]);
  });

  it('never join two IDs of the same kind: a handle can be taken over', () => {
    const ids = [number, text];
    const [one, other] = [keysOf(ids, 2), keysOf([accountIdSchema.parse('13')], 1)];
    const positions = positionsIn(one, other);
    expect(joinByHandle(positions, one, other, [handle(['@ada', null]), handle(['@ada'])]).size).toBe(0);
  });
});
