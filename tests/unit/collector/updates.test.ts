/** Updates of a list whose profile changes, while requests fail and the background is terminated. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { checkUpdate, situation } from './check-update.ts';

describe('an update', () => {
  it('misses nobody who followed since, whatever happens meanwhile', async () => {
    await fc.assert(fc.asyncProperty(situation, checkUpdate), { numRuns: 100 });
  }, 240_000);
});
