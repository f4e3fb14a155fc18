import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusAt } from '../../../lib/sets/classify.ts';
import { doubtsIn, type Status } from '../../../lib/sets/statuses.ts';
import { certainStatements, collectPair, pairOptions, plainList } from './pairs.ts';

describe('two lists of one profile', () => {
  it('are compared without a wrong certain statement', async () => {
    const counts = new Map<Status, number>();
    await fc.assert(
      fc.asyncProperty(pairOptions, async (options) => {
        const checked = certainStatements(await collectPair(options));
        for (const { status } of checked) counts.set(status, (counts.get(status) ?? 0) + 1);
        expect(checked.filter(({ isTrue }) => !isTrue)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    // Every kind of statement can be certain.
    const certain = ['new', 'appeared', 'noLongerListed', 'renamed', 'changed', 'unchanged'] as const;
    for (const status of certain) expect(counts.get(status) ?? 0, status).toBeGreaterThan(5);
  });

  it('are compared exactly where both are complete', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const { older, newer, classified } = await collectPair({
          seed,
          followers: 60,
          changesPerHour: 0.5,
          hides: false,
          bursts: false,
          hoursBetween: 24,
          overlapsAfter: 0,
          older: plainList,
          newer: plainList,
        });
        newer.rows.forEach((row, at) => {
          const then = older.rows.find(({ index }) => index === row.index);
          const expected =
            then === undefined
              ? 'new'
              : then.handle !== row.handle
                ? 'renamed'
                : then.bio !== row.bio
                  ? 'changed'
                  : 'unchanged';
          expect(statusAt(classified.newer, at)).toBe(expected);
        });
        older.rows.forEach((row, at) => {
          if (newer.rows.some(({ index }) => index === row.index)) return;
          expect(statusAt(classified.older, at)).toBe('noLongerListed');
          // It is certain as long as both lists share an account below it that has not moved.
          const isAbove = older.rows
            .slice(at)
            .some(({ index, followed }) =>
              newer.rows.some((one) => one.index === index && one.followed === followed),
            );
          expect(doubtsIn(classified.older.doubts[at] ?? 0)).toEqual(isAbove ? [] : ['tail']);
        });
      }),
      { numRuns: 200 },
    );
  });
});
