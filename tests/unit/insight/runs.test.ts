import { describe, expect, it } from 'vitest';
import { findRuns, MIN_COUNT, MIN_RATIO } from '../../../lib/insight/runs.ts';
import { bought, createdOf, followersOf, ordinary } from '../../../scripts/fingerprints/populations.ts';

const SEEDS = [1, 2, 3];

describe('runs', { timeout: 120_000 }, () => {
  it.each(Object.entries(ordinary))('%s has none', (_, make) => {
    for (const seed of SEEDS) expect(findRuns(createdOf(followersOf(make, seed)))).toEqual([]);
  });

  it.each([
    ['batch', Date.UTC(2019, 8, 3), 2],
    ['slowBatch', Date.UTC(2021, 1, 3), 25],
    ['newBatch', Date.UTC(2023, 4, 6), 2],
  ] as const)('a %s of 500 among 84,210 is the first', (name, created, days) => {
    for (const seed of SEEDS) {
      const followers = followersOf(bought[name], seed);
      expect(followers).toHaveLength(84_210);
      const [first, ...others] = findRuns(createdOf(followers));
      const end = created + days * 86_400_000;
      expect(first?.count).toBeGreaterThan(450);
      expect(first?.count).toBeLessThan(560);
      expect(first?.createdFrom).toBeGreaterThanOrEqual(created - 5 * 86_400_000);
      expect(first?.createdTo).toBeLessThanOrEqual(end + 5 * 86_400_000);
      expect((first?.count ?? 0) / (first?.expected ?? 1)).toBeGreaterThan(MIN_RATIO);
      expect(others.length).toBeLessThanOrEqual(2);
    }
  });

  it('counts exactly the accounts that its area contains, in a list with unknown creations', () => {
    const followers = followersOf(bought.batch, 4);
    const created = createdOf(followers).map((time, position) => (position % 7 === 0 ? NaN : time));
    const [first] = findRuns(created);
    if (first === undefined) throw new Error('There is no run.');
    let inArea = 0;
    for (let position = first.first; position <= first.last; position += 1) {
      const time = created[position] ?? NaN;
      if (time >= first.createdFrom && time <= first.createdTo) inArea += 1;
    }
    expect(first.count).toBe(inArea);
  });

  it('needs enough accounts, and creations that differ from the rest of the list', () => {
    expect(findRuns(new Float64Array(0))).toEqual([]);
    expect(findRuns(new Float64Array(1000).fill(NaN))).toEqual([]);
    expect(findRuns(new Float64Array(1000).fill(5))).toEqual([]);
    const few = createdOf(followersOf(ordinary.growth, 5));
    few.fill(Date.UTC(2013, 3, 3), 5000, 5000 + MIN_COUNT - 10);
    expect(findRuns(few)).toEqual([]);
    few.fill(Date.UTC(2013, 3, 3), 5000, 5000 + MIN_COUNT + 10);
    expect(findRuns(few)).toMatchObject([{ first: 5000, last: 5000 + MIN_COUNT + 9, count: MIN_COUNT + 10 }]);
  });
});
