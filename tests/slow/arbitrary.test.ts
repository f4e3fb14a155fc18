/** `npm run test:arbitrary`, after `npm run build`: 100,000 arbitrary accounts in each browser, with times. */
import { test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { arbitraryJourney } from '../harness/arbitrary/journey.ts';
import { chromiumStand, firefoxStand } from '../harness/arbitrary/stand.ts';

test.each([
  ['Chromium', 'chrome', chromiumStand],
  ['Firefox', 'firefox', firefoxStand],
] as const)('100,000 arbitrary accounts are kept, restored and exported in %s', async (_, build, open) => {
  await arbitraryJourney({
    build: buildFolder(build),
    open,
    pages: 22,
    rows: 500,
    seed: 20_261_129,
    patience: 5 * 60_000,
    notify: (line) => {
      console.log(line);
    },
  });
});
