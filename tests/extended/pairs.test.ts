/** 20,000 random pairs of lists of a simulated profile. `PAIRS_SEED=N` repeats a run. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Status } from '../../lib/sets/statuses.ts';
import {
  addStatements,
  certainStatements,
  collectPair,
  pairOptions,
  type StatementCounts,
} from '../unit/sets/pairs.ts';

const seed = Number(process.env['PAIRS_SEED'] ?? Date.now() % 2 ** 31);

/** The smallest share of the statements with a status that are certain, so that nothing passes by never being certain. */
const LEAST: Readonly<Partial<Record<Status, number>>> = {
  new: 0.4,
  appeared: 0.08,
  noLongerListed: 0.12,
  renamed: 0.9,
  changed: 0.2,
  unchanged: 0.6,
};

it('no certain statement about two lists is wrong', { timeout: 20 * 60_000 }, async () => {
  const counts: StatementCounts = {};
  await fc.assert(
    fc.asyncProperty(pairOptions, async (options) => {
      const pair = await collectPair(options);
      addStatements(counts, pair);
      expect(certainStatements(pair).filter(({ isTrue }) => !isTrue)).toEqual([]);
    }),
    { numRuns: 20_000, seed },
  );
  console.log(`Seed ${String(seed)}`);
  console.table(counts);
  for (const [status, least] of Object.entries(LEAST)) {
    const { certain, likely } = counts[status as Status] ?? { certain: 0, likely: 0 };
    expect(certain / (certain + likely), status).toBeGreaterThan(least);
  }
});
