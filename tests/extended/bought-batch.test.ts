/** A batch of accounts that was bought is found in a list that was collected; ordinary lists have no such part. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasEnded, openScene, type Scene } from '../e2e/scene.ts';
import { waitForPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';

const COLLECTED = { timeout: 120_000 };
const BATCH = { from: 30_000, count: 500 };
const LARGE = {
  platform: 'x',
  handle: 'bought_bruno',
  followers: 84_210,
  following: 0,
  sequence: 100_000,
} as const;
const ORDINARY = ['grown_gina', 'grown_hugo', 'grown_ines', 'grown_jonas', 'grown_kira'];

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  scene.emulator.key({ provider: 'sociavault', pageSize: 1_000, balance: 100_000, rateLimit: null });
  scene.emulator.population({ ...LARGE, bought: BATCH });
  for (const handle of ORDINARY) {
    scene.emulator.population({ platform: 'x', handle, followers: 30_000, following: 0, sequence: 40_000 });
  }
  await scene.saveKey('sociavault');
  await scene.askAbove('credits', '100000');
});
afterAll(() => scene.close());

/** Collects a profile, and opens its audience when the runs are known. */
async function runsOf(handle: string, followers: string): Promise<Page> {
  const profile = await scene.collect(`https://x.com/${handle}`);
  await waitForPageButton(profile, `Complete: ${followers} accounts`, COLLECTED);
  await profile.close();
  const list = await until(
    'the list',
    async () =>
      (await scene.table('snapshots')).find((row) => row['handle'] === handle && hasEnded(row)) ?? null,
  );
  const page = await scene.browser.openExtensionPage(
    `dashboard.html?list=${String(list['id'])}&tab=audience`,
  );
  await page.getByRole('region', { name: 'Runs' }).and(page.locator('[aria-busy=false]')).waitFor(COLLECTED);
  return page;
}

it('is the top run of 84,210 followers', { timeout: 300_000 }, async () => {
  const page = await runsOf(LARGE.handle, '84,210');
  const runs = page.getByRole('region', { name: 'Runs' });
  const row = runs.getByRole('row').nth(1);
  const [first = 0, last = 0] = (await row.getByRole('rowheader').innerText())
    .split('–')
    .map((text) => Number(text.replaceAll(',', '')));
  expect(first).toBeGreaterThan(BATCH.from - 50);
  expect(last).toBeLessThan(BATCH.from + BATCH.count + 50);
  const found = Number((await row.getByRole('cell').nth(1).innerText()).replaceAll(',', ''));
  expect(found).toBeGreaterThan(450);
  expect(found).toBeLessThan(560);
  await row.getByRole('button').click();
  await page
    .getByText(/ of 84,210$/)
    .first()
    .waitFor();
  await page.close();
});

it('is in none of five ordinary lists', { timeout: 300_000 }, async () => {
  for (const handle of ORDINARY) {
    const page = await runsOf(handle, '30,000');
    await page.getByText('No part of this list is above the threshold.').waitFor();
    await page.close();
  }
});
