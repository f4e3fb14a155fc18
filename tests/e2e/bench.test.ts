/** Compares the lists that the benchmark writes with the truth: the product reads them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
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

test('a list written for the benchmark is displayed like any other list', async () => {
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
