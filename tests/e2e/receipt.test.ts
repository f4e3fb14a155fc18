/** The receipt of a list: exported files and their digests, the citation, and the page on paper. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { showTab } from './open-list.ts';
import { hasEnded, openScene, readCsv, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;
beforeAll(async () => {
  scene = await openScene({ timezoneId: 'America/New_York' });
  await scene.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/ada_research');
  await scene.snapshot(hasEnded, 60_000);
  page = await scene.browser.openExtensionPage('dashboard.html');
  await page.getByRole('button', { name: /\bfrom / }).click();
});
afterAll(() => scene.close());

const receipt = () => page.getByRole('article', { name: 'Receipt' });

let digest = '';

it('says before the first export that there is no file', async () => {
  await showTab(page, 'Receipt');
  await receipt().getByText('None yet.').waitFor();
});

it('Export is in the header on every tab and saves what the accounts tab shows, and the receipt has its digest', async () => {
  await showTab(page, 'Accounts');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Verified' }).click();
  const counted = page.locator('.counted', { hasText: /^\d{1,3} of 2,450$/ });
  await counted.waitFor();
  const shown = Number((await counted.innerText()).split(' ')[0]);
  await showTab(page, 'Receipt');
  await page.locator('.open-header').getByRole('button', { name: 'Export', exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('.csv')),
    page.getByRole('menuitem', { name: 'CSV', exact: true }).click(),
  ]);
  const bytes = await readFile(await file.path());
  expect(readCsv(bytes.toString())).toHaveLength(shown);
  digest = createHash('sha256').update(bytes).digest('hex');
  const item = receipt().getByRole('listitem').filter({ hasText: file.suggestedFilename() });
  await item.getByText(digest).waitFor();
  await item.getByText(`${String(shown)} accounts`).waitFor();
  await page.reload();
  await item.getByText(digest).waitFor();
  await item.getByRole('button', { name: `Copy the SHA-256 of ${file.suggestedFilename()}` }).click();
  await item.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(digest);
});

it('states times in the user’s time zone and in UTC', async () => {
  const ended = await receipt().locator('dl > div', { hasText: 'Ended' }).locator('dd').innerText();
  const [local = '', utc = ''] = ended.split(' · ');
  expect(utc).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  const at = new Date(utc.replace(' UTC', 'Z').replace(' ', 'T'));
  // New York is behind UTC by four or five hours.
  const hour = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: '2-digit' }).format(at);
  expect(local).toContain(hour.slice(0, 2));
});

it('is cited with one click', async () => {
  await receipt().getByRole('button', { name: 'Copy citation' }).click();
  await page.getByText('Citation copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(
    /^Followers of .+ \(@ada_research\) on X\. Collected from [-\d]{10} [:\d]{8} UTC to [-\d]{10} [:\d]{8} UTC through SociaVault\. 2,450 of 2,450 accounts \(100%\): Complete\. Followledger [.\d]+\. /,
  );
  expect(copied).toContain(`SHA-256 ${digest}.`);
});

it('is one page on paper, without what surrounds it on the screen', async () => {
  await page.emulateMedia({ media: 'print' });
  for (const part of ['.sidebar', '.open-header', '[role=tablist]', '.toasts']) {
    expect(await page.locator(part).first().isVisible()).toBe(false);
  }
  expect(await receipt().getByRole('button').count()).toBe(0);
  await receipt().getByText(digest).waitFor();
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.printToPDF', { preferCSSPageSize: true });
  const pages = Buffer.from(data, 'base64')
    .toString('latin1')
    .match(/\/Type\s*\/Page\b/g);
  expect(pages).toHaveLength(1);
  await page.emulateMedia({ media: 'screen' });
});
