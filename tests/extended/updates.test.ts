/** A thousand updates of changing profiles, with terminations and failures in between. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkUpdate, situation } from '../unit/collector/check-update.ts';

it('a thousand updates miss nobody who followed since', async () => {
  const result = await fc.check(fc.asyncProperty(situation, checkUpdate), { numRuns: 1_000 });
  expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
  expect(result.numRuns).toBe(1_000);
}, 600_000);
