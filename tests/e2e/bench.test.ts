/** What measures is itself held against the truth: the lists that it writes are read back by the product. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { measurePage } from '../../scripts/bench/measures/page.ts';
import { measureEngine } from '../../scripts/bench/measures/read.ts';
import { measureWriting } from '../../scripts/bench/measures/write.ts';
import type { Line } from '../../scripts/bench/report.ts';
import { openStage } from '../../scripts/bench/stage.ts';
import { seededAccounts, seedList, type ListOptions } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import type { BuildCopy } from '../harness/granted-hosts.ts';

const LIST: ListOptions = { rows: 150, pageSize: 70, handle: 'seeded_list' };

let copy: BuildCopy;
let browser: Chromium;

beforeAll(async () => {
  copy = await benchExtension(buildFolder('chrome'));
  browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null, locale: 'en-US' });
});

afterAll(async () => {
  await browser.close();
  await copy.remove();
});

test('a list that was written for measuring is a list like any other', async () => {
  const id = await seedList(browser, LIST);
  const [last] = await seededAccounts(browser, LIST, LIST.rows - 1, 1);
  const page = await browser.openExtensionPage(`dashboard.html?list=${id}`);
  await page.getByText('Complete: 150 accounts').first().waitFor();
  await page.getByLabel('Accounts', { exact: true }).focus();
  await page.keyboard.press('End');
  await page
    .getByText(`@${last?.handle ?? 'nobody'}`)
    .first()
    .waitFor();
  expect(await page.getByLabel('Accounts', { exact: true }).innerText()).toContain(last?.name ?? 'nobody');
});

test(
  'a small list can be measured: every figure is there, beside baseline and floor',
  { timeout: 180_000 },
  async () => {
    const stage = await openStage(copy.folder);
    const lines: Line[] = [
      ...(await measureWriting(stage, 1000, 70)),
      ...(await measureEngine(stage, 1000, 70)),
      ...(await measurePage(stage, 1000, 70, null)),
    ];
    const figure = (start: string): Line | undefined => lines.find(({ what }) => what.startsWith(start));
    for (const { what, ours, unit } of lines) {
      if (unit !== 'MB' || process.platform === 'linux') expect.soft(ours, what).toEqual(expect.any(Number));
    }
    for (const start of ['write', 'very first search', 'sort by a number']) {
      const { baseline, floor } = figure(start) ?? {};
      expect.soft([baseline, floor], start).toEqual([expect.any(Number), expect.any(Number)]);
    }
    expect(figure('scroll: longest task, time of processor')?.ours).toBeGreaterThan(0);
    expect(figure('sort by followers: until it is on the screen')?.ours).toBeGreaterThan(0);
  },
);
