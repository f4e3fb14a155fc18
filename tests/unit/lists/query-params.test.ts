import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFilters, wholeList, type ListQuery } from '../../../lib/lists/query.ts';
import {
  isSameQuery,
  QUERY_PARAMETERS,
  queryFromParameters,
  queryFromText,
  queryToParameters,
  queryToText,
} from '../../../lib/lists/query-params.ts';
import { sortColumns } from '../../../lib/lists/query-schema.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { statuses } from '../../../lib/sets/statuses.ts';
import { wellFormed } from '../../../lib/well-formed.ts';
import { anyCondition } from './arbitrary.ts';

const DAY = 86_400_000;
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = fc.string({ unit: 'binary', maxLength: 30 }).map(wellFormed);
const flag = nullable(fc.boolean());

function ranges(end: fc.Arbitrary<number>, other = end) {
  const range = fc.record({ from: nullable(end), to: nullable(other) });
  // A range without ends is no filter.
  return nullable(range).map((found) => (found?.from === null && found.to === null ? null : found));
}

const counts = ranges(fc.nat({ max: Number.MAX_SAFE_INTEGER }));
const days = fc.integer({ min: -20_000, max: 40_000 }).map((day) => day * DAY);
const anyTime = fc.integer({ min: -8.64e15, max: 8.64e15 });
const times = ranges(
  fc.oneof(days, anyTime),
  fc.oneof(
    days.map((day) => day + DAY - 1),
    anyTime,
  ),
);

const lists = fc.array(
  fc.uuid().map((id) => snapshotIdSchema.parse(id)),
  { maxLength: 3 },
);

const anyComparison = fc.record({
  kind: fc.constant('compared'),
  with: fc.uuid().map((id) => snapshotIdSchema.parse(id)),
  statuses: fc.array(fc.constantFrom(...statuses), { maxLength: 3 }),
  certain: nullable(fc.boolean()),
});

const queries: fc.Arbitrary<ListQuery> = fc.record({
  text,
  filters: fc.record({
    verified: flag,
    private: flag,
    followers: counts,
    following: counts,
    hasWebsite: flag,
    hasBio: flag,
    created: times,
    followed: times,
    location: text,
    position: counts,
    inLists: lists,
    notInLists: lists,
    conditions: fc.array(fc.oneof(anyCondition, anyComparison), { maxLength: 3 }),
  }),
  sort: nullable(fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() })),
});

const example: ListQuery = {
  text: 'Köln & “co”',
  filters: {
    ...noFilters,
    verified: true,
    hasBio: false,
    followers: { from: 1000, to: null },
    created: { from: Date.UTC(2020, 0, 1), to: Date.UTC(2021, 0, 1) - 1 },
    location: 'Berlin',
  },
  sort: { column: 'followers', descending: true },
};

describe('a query as parameters', () => {
  it('reads as it was written, whatever it is', () => {
    fc.assert(
      fc.property(queries, (query) => {
        expect(queryFromText(queryToText(query))).toEqual(query);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is readable', () => {
    expect(queryToParameters(example)).toEqual([
      ['q', 'Köln & “co”'],
      ['verified', 'yes'],
      ['followers', '1000..'],
      ['bio', 'no'],
      ['created', '2020-01-01..2020-12-31'],
      ['location', 'Berlin'],
      ['sort', '-followers'],
    ]);
    expect(queryToText(wholeList)).toBe('');
  });

  it('names every parameter once', () => {
    expect(new Set(QUERY_PARAMETERS).size).toBe(QUERY_PARAMETERS.length);
    for (const [name] of queryToParameters(example)) expect(QUERY_PARAMETERS).toContain(name);
  });

  it.each([
    'verified=perhaps',
    'where=[',
    'where=[{"kind":"unknown"}]',
    'where={}',
    'followers=many..',
    'followers=..',
    'followers=5',
    'followers=1..2..3',
    'followers=-5..',
    'followers=1.5..',
    'followers=99999999999999999999..',
    'created=2020-13-01..',
    'created=yesterday..today',
    'created=+275760-09-14..',
    'sort=avatarUrl',
    'sort=constructor',
    'sort=--followers',
    'sort=',
    'unknown=1',
    '%E0%A4%A=1',
  ])('ignores %s, and nothing else', (broken) => {
    expect(queryFromText(broken)).toEqual(wholeList);
    expect(queryFromText(`${queryToText({ ...wholeList, text: 'anna' })}&${broken}`)).toEqual({
      ...wholeList,
      text: 'anna',
    });
  });

  it('reads any text as some query that reads the same again', () => {
    const names = fc.constantFrom(...QUERY_PARAMETERS);
    const entries = fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 20 })));
    fc.assert(
      fc.property(entries, (found) => {
        const query = queryFromParameters(new URLSearchParams(found));
        expect(queryFromText(queryToText(query))).toEqual(query);
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells the same query from another', () => {
    expect(isSameQuery(example, { ...example, filters: { ...example.filters } })).toBe(true);
    expect(isSameQuery(example, { ...example, sort: null })).toBe(false);
  });
});
