import { test } from 'vitest';
import { backupJourney } from '../harness/backup-journey.ts';

test('a backup from Chromium is restored in an empty Chromium and an empty Firefox, and its unfinished list resumes there', async () => {
  await backupJourney({
    complete: 1_500,
    paused: 700,
    patience: 30_000,
    measure: false,
    notify: () => undefined,
  });
}, 120_000);
