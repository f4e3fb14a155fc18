import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { saveKey } from '../../tests/harness/options-page.ts';
import { clickPageButton, pageButton } from '../../tests/harness/page-button.ts';
import { until } from '../../tests/harness/until.ts';
import { ROOT } from '../command.ts';
import { readNewestRun, type StoredRun } from './records.ts';
import { SAMPLE, type Stage } from './stage.ts';
import { compareWithTruth } from './truth.ts';

export interface JobResult {
  readonly run: StoredRun;
  /** The last text of the page button. */
  readonly outcome: string;
  readonly accounts: number;
  /** What the emulator charged, in the provider's unit. */
  readonly counted: number;
  readonly csv: string;
  readonly picture: string;
}

/** Milliseconds. Longer than the sample takes on a slow machine. */
const TIMEOUT = 180_000;

/** Opens the newest list in the popup and waits for its accounts. */
async function openListInPopup(popup: Page): Promise<void> {
  const accounts = popup.getByRole('list', { name: 'Accounts' });
  const line = popup.getByRole('button', { name: /\bfrom / }).first();
  await accounts.or(line).first().waitFor();
  if (!(await accounts.isVisible())) await line.click();
  await accounts.waitFor();
}

/** Waits for the outcome in the page button. @throws Error if the run isn't complete */
async function waitForOutcome(page: Page, extensionPage: Page): Promise<string> {
  let last = 'no button';
  return until(
    'the outcome in the page button',
    async () => {
      last = (await pageButton(page))?.name ?? 'no button';
      if (/complete/i.test(last)) return last;
      const run = await readNewestRun(extensionPage);
      const isFinished = run?.state === 'blocked' || (run?.state === 'ended' && run.outcome !== 'complete');
      if (isFinished) throw new Error(`The run is not complete. The page button shows: ${last}`);
      return null;
    },
    { timeout: TIMEOUT, interval: 250 },
    () => last,
  );
}

/** Collects and exports a list like a user, and compares the result with the emulator's data. */
export async function doTheJob(
  { emulator, browser }: Stage,
  log: (line: string) => void,
): Promise<JobResult> {
  const out = join(ROOT, 'out');
  await mkdir(out, { recursive: true });
  log('Saving a SociaVault key in the options …');
  await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));

  const popup = await browser.openPopupPage();
  const profile = await browser.context.newPage();
  await profile.goto(SAMPLE.url);
  const button = await clickPageButton(profile);
  log(`Clicked “${button.name}” on ${SAMPLE.url} …`);
  const outcome = await waitForOutcome(profile, popup);
  const run = await readNewestRun(popup);
  if (!run) throw new Error('The page button shows that the list is complete, but no run is stored.');

  await popup.bringToFront();
  await popup.reload();
  await openListInPopup(popup);
  const picture = join(out, 'popup.png');
  await popup.screenshot({ path: picture });
  await popup.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    popup.waitForEvent('download'),
    popup.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  const csv = join(out, download.suggestedFilename());
  await download.saveAs(csv);

  const truth = emulator.accounts('x', SAMPLE.handle, 'followers');
  const accounts = compareWithTruth(await readFile(csv, 'utf8'), truth);
  const counted = emulator.charges('sociavault').amount;
  if (run.ledger !== counted) {
    throw new Error(`The ledger contains ${run.ledger} ${run.unit}, but the emulator charged ${counted}.`);
  }
  return { run, outcome, accounts, counted, csv, picture };
}
