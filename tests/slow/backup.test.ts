/** `npm run test:backup`, after `npm run build`: a backup of 300,000 accounts, with times and memory. */
import { test } from 'vitest';
import { backupJourney } from '../harness/backup-journey.ts';

test('300,000 accounts in three lists are restored in both browsers', async () => {
  await backupJourney({
    complete: 140_000,
    paused: 20_020,
    patience: 5 * 60_000,
    measure: true,
    notify: (line) => {
      console.log(line);
    },
  });
});
