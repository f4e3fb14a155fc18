/**
 * `npm start [-- --headless]`: demonstrates Followledger with a fictional profile. With a display, it opens a browser for
 * the user; without one, it collects a list automatically and writes the result to `out/`.
 */
import { relative } from 'node:path';
import { saveKey } from '../tests/harness/options-page.ts';
import { ROOT } from './command.ts';
import { doTheJob, type JobResult } from './demo/job.ts';
import { openStage, SAMPLE } from './demo/stage.ts';

function hasDisplay(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.argv.includes('--headless')) return false;
  if (CI !== undefined && CI !== '' && CI !== 'false') return false;
  return process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}

function log(line: string): void {
  console.log(line);
}

function print({ run, outcome, accounts, counted, csv, picture }: JobResult): void {
  const estimate = run.estimate === null ? 'unknown' : `${run.estimate}`;
  const maybe = run.maybeCharged > 0 ? `, ${run.maybeCharged} more may have been charged` : '';
  const lines = [
    ['Profile', SAMPLE.url],
    ['Outcome', outcome],
    ['Accounts', `${accounts}, identical to the emulator's, in the same order`],
    ['Pages', `${run.pages}`],
    ['Spent', `${run.charged} ${run.unit}${maybe} (estimate ${estimate})`],
    ['Ledger', `${run.ledger} ${run.unit}; the emulator counted ${counted}`],
    ['Time', run.took === null ? 'unknown' : `${(run.took / 1000).toFixed(1)} s`],
    ['CSV', relative(ROOT, csv)],
    ['Screenshot', relative(ROOT, picture)],
  ] as const;
  log(`\n${lines.map(([name, value]) => `${name.padEnd(10)} ${value}`).join('\n')}`);
}

async function withoutDisplay(): Promise<void> {
  log('No display found: running the demo without one.');
  const stage = await openStage({ deviceScaleFactor: 2 }, log);
  try {
    print(await doTheJob(stage, log));
  } finally {
    await stage.close();
  }
}

async function withDisplay(): Promise<void> {
  const stage = await openStage({ headless: false, viewport: null }, log);
  const { emulator, browser } = stage;
  try {
    // Slow enough to watch the collection.
    emulator.key({ provider: 'sociavault', latencyMs: 250 });
    await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));
    await saveKey(browser, 'X API v2', emulator.defaultKey('x-v2'));
    const [first] = browser.context.pages();
    const page = first ?? (await browser.context.newPage());
    await page.goto(SAMPLE.url);
    await page.bringToFront();
    log(`
Followledger is open at ${SAMPLE.url}: a made-up profile with 2,450 followers. Test keys are filled in.

  1. Click “Get followers” on the profile.
  2. Click Followledger in the toolbar (under the puzzle piece) and watch the list grow.
  3. Click Export and choose a format.

More profiles: https://x.com/bob_metrics, https://x.com/million_fan. Close the browser to stop.`);
    await browser.context.waitForEvent('close', { timeout: 0 });
  } finally {
    await stage.close();
  }
}

try {
  await (hasDisplay() ? withDisplay() : withoutDisplay());
} catch (error) {
  console.error(`\nnpm start failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
process.exit(0);
