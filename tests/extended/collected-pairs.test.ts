/** 1,000 pairs of lists that the real collector collected in part from a changing profile of the emulator. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CollectedPairs } from '../unit/sets/collected-pairs.ts';
import { partialPairs } from '../unit/sets/partial-pairs.ts';

let pairs: CollectedPairs;
beforeAll(async () => {
  pairs = await CollectedPairs.open();
});
afterAll(() => pairs.emulator.close());

it(
  'no account is certainly “no longer listed” that was there all the time',
  { timeout: 10 * 60_000 },
  async () => {
    const counts = await partialPairs(pairs, { runs: 1000, seed: 15 });
    console.log(counts);
    expect(counts.wrongCertain).toEqual([]);
    expect(counts.certainNoLongerListed).toBeGreaterThan(300);
    expect(counts.certainNew).toBeGreaterThan(300);
    for (const outcome of ['complete', 'capped', 'ended-early', 'stalled', 'stopped'])
      expect(counts.outcomes[outcome] ?? 0, outcome).toBeGreaterThan(50);
  },
);
