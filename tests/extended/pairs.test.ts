/** 20,000 random pairs of lists of a simulated profile. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { certainStatements, collectPair, pairOptions } from '../unit/sets/pairs.ts';

it('no certain statement about two lists is wrong', { timeout: 20 * 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(pairOptions, async (options) => {
      const wrong = certainStatements(await collectPair(options)).filter(({ isTrue }) => !isTrue);
      expect(wrong).toEqual([]);
    }),
    { numRuns: 20_000 },
  );
});
