/** The dashboard's address: list, tab, search, filters, order, and open account, back and forward, and after a reload. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { showTab } from './open-list.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;
let list: string;

beforeAll(async () => {
  scene = await openScene();
  page = await scene.browser.openExtensionPage('dashboard.html');
  await page.getByRole('button', { name: 'Try a sample' }).click();
  list = String((await scene.snapshot(hasEnded))['id']);
  await page.getByRole('grid', { name: 'Accounts' }).waitFor();
});
afterAll(() => scene.close());

/** Waits until the address has exactly these parameters besides the list. */
async function expectAddress(expected: Readonly<Record<string, string>>): Promise<void> {
  let found: unknown;
  await until(
    'the address',
    () => {
      found = Object.fromEntries(new URL(page.url()).searchParams);
      return Promise.resolve(JSON.stringify(found) === JSON.stringify({ list, ...expected }) ? true : null);
    },
    { timeout: 5_000, interval: 50 },
    () => JSON.stringify(found),
  );
}

const search = () => page.getByRole('searchbox', { name: 'Search' });
const details = () => page.getByRole('complementary', { name: 'Account' });

async function counted(): Promise<string> {
  return page.locator('.counted').innerText();
}

it('a search is in the address, and typing it adds one entry to the history at most', async () => {
  await expectAddress({});
  const before = await page.evaluate(() => history.length);
  await search().pressSequentially('zażółć', { delay: 30 });
  await expectAddress({ q: 'zażółć' });
  expect(await page.evaluate(() => history.length)).toBe(before);
});

it('order, tab, and account are entries of their own; back and forward go through them', async () => {
  await page.getByRole('button', { name: 'Followers', exact: true }).click();
  await expectAddress({ q: 'zażółć', sort: '-followers' });
  await page.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(2).click();
  const name = await details().getByRole('heading').first().innerText();
  const account = new URL(page.url()).searchParams.get('account') ?? 'none';
  await expectAddress({ q: 'zażółć', sort: '-followers', account });
  await showTab(page, 'Receipt');
  await page.getByRole('article', { name: 'Receipt' }).waitFor();
  await expectAddress({ tab: 'receipt', q: 'zażółć', sort: '-followers', account });

  await page.goBack();
  await details().getByRole('heading', { name }).waitFor();
  await page.goBack();
  await details().waitFor({ state: 'detached' });
  await expectAddress({ q: 'zażółć', sort: '-followers' });
  await page.goBack();
  await expectAddress({ q: 'zażółć' });
  await page
    .getByRole('columnheader', { name: 'Followers', exact: true })
    .and(page.locator('[aria-sort="none"]'))
    .waitFor();
  await page.goForward();
  await page.goForward();
  await details().getByRole('heading', { name }).waitFor();
  await expectAddress({ q: 'zażółć', sort: '-followers', account });
});

it('a reload shows the same', async () => {
  const before = await counted();
  const heading = await details().getByRole('heading').first().innerText();
  await page.reload();
  await details().getByRole('heading', { name: heading }).waitFor();
  expect(await search().inputValue()).toBe('zażółć');
  expect(await counted()).toBe(before);
  await page
    .getByRole('columnheader', { name: 'Followers', exact: true })
    .and(page.locator('[aria-sort="descending"]'))
    .waitFor();
  // The account's row is active and in view.
  await page.locator('.table-row.active').waitFor();
});

it('filters are in the address too', async () => {
  const address = `dashboard.html?list=${list}&verified=yes&followers=1000..`;
  const other = await scene.browser.openExtensionPage(address);
  await other.locator('.counted', { hasText: ' of ' }).waitFor();
  const rows = await other.getByRole('grid', { name: 'Accounts' }).getAttribute('aria-rowcount');
  expect(Number(rows)).toBeGreaterThan(1);
  expect(Number(rows)).toBeLessThan(2_401);
  await other.close();
});

it('parts that are unknown or damaged have no effect', async () => {
  const address = `dashboard.html?list=${list}&tab=nothing&followers=x..y&sort=constructor&account=999999&created=1&z=1`;
  const other = await scene.browser.openExtensionPage(address);
  await other.locator('.counted', { hasText: '2,400 accounts' }).waitFor();
  await other.getByRole('tab', { name: 'Accounts', selected: true }).waitFor();
  expect(await other.getByRole('complementary', { name: 'Account' }).count()).toBe(0);
  await other.close();
});

it('pages have addresses, and back leads to the list as it was', async () => {
  await page.getByRole('button', { name: 'Spending history' }).click();
  await page.getByRole('heading', { name: 'Spending history' }).waitFor();
  expect(new URL(page.url()).searchParams.get('view')).toBe('spending');
  await page.goBack();
  await details().waitFor();
  expect(await search().inputValue()).toBe('zażółć');
});
