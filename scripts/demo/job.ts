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
  /** The page button's last words. */
  readonly said: string;
  readonly accounts: number;
  /** What the emulator counted, in the provider's unit. */
  readonly counted: number;
  readonly csv: string;
  readonly picture: string;
}

/** Longer than the sample takes on a slow machine. */
const PATIENCE = 180_000;

/** Opens the newest list in the popup's page and waits for its accounts. */
export async function openListInPopup(popup: Page): Promise<void> {
  const accounts = popup.getByRole('list', { name: 'Accounts' });
  const line = popup.getByRole('button', { name: /\bfrom / }).first();
  await accounts.or(line).first().waitFor();
  if (!(await accounts.isVisible())) await line.click();
  await accounts.waitFor();
}

/** Waits for the outcome as the page's visitor reads it. Throws when it is another than complete. */
async function waitForOutcome(page: Page, watch: Page): Promise<string> {
  let last = 'no button';
  return until(
    'the outcome in the page button',
    async () => {
      last = (await pageButton(page))?.name ?? 'no button';
      if (/complete/i.test(last)) return last;
      const run = await readNewestRun(watch);
      const isOver = run?.state === 'blocked' || (run?.state === 'ended' && run.outcome !== 'complete');
      if (isOver) throw new Error(`The run did not end. The page button says: ${last}`);
      return null;
    },
    { timeout: PATIENCE, interval: 250 },
    () => last,
  );
}

/** Does the main job as a user does it, and holds the result against what the emulator knows. */
export async function doTheJob(
  { emulator, browser }: Stage,
  tell: (line: string) => void,
): Promise<JobResult> {
  const out = join(ROOT, 'out');
  await mkdir(out, { recursive: true });
  tell('Saving a SociaVault key in the options …');
  await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));

  const popup = await browser.openPopupPage();
  const profile = await browser.context.newPage();
  await profile.goto(SAMPLE.url);
  const button = await clickPageButton(profile);
  tell(`Clicked “${button.name}” on ${SAMPLE.url} …`);
  const said = await waitForOutcome(profile, popup);
  const run = await readNewestRun(popup);
  if (!run) throw new Error('The page button says that the list is complete, but no run is stored.');

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
    throw new Error(`The ledger says ${run.ledger} ${run.unit}, and the emulator counted ${counted}.`);
  }
  return { run, said, accounts, counted, csv, picture };
}
