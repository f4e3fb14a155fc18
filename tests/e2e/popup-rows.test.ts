/** A list in the popup: its header scrolls away, and search and filters stay above as many accounts as fit. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { seedList } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import type { BuildCopy } from '../harness/granted-hosts.ts';
import { until } from '../harness/until.ts';

const WHOLE = { width: 400, height: 600 };
/** The popup at 200 % zoom: it is no larger on the screen. */
const ZOOMED = { width: 400, height: 300 };

let copy: BuildCopy;
let browser: Chromium;
let list: SnapshotId;
let short: SnapshotId;

beforeAll(async () => {
  copy = await benchExtension(buildFolder('chrome'));
  browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null, locale: 'en-US' });
  list = await seedList(browser, { handle: 'ada_research', name: 'Ada Research', rows: 2_450, pageSize: 70 });
  short = await seedList(browser, { handle: 'three_theo', name: 'Theo', rows: 3, pageSize: 70 });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await copy.remove();
});

async function openList(size: { width: number; height: number }, id: SnapshotId = list): Promise<Page> {
  const popup = await browser.openExtensionPage(`popup.html?list=${id}`);
  await popup.setViewportSize(size);
  await popup.getByRole('list', { name: 'Accounts' }).getByRole('listitem').nth(2).waitFor();
  return popup;
}

/** How many rows are completely visible: nothing covers them or cuts them off. */
function rowsInView(popup: Page): Promise<number> {
  return popup.evaluate(
    () =>
      Array.from(document.querySelectorAll('.account-row')).filter((row) => {
        const { left, top, bottom } = row.getBoundingClientRect();
        const isShown = (y: number): boolean =>
          y >= 0 && y < innerHeight && row.contains(document.elementFromPoint(left + 20, y));
        return isShown(top + 1) && isShown(bottom - 2);
      }).length,
  );
}

/** Waits until the header is scrolled out of view. */
function headerIsAway(popup: Page): Promise<unknown> {
  return until('the header to be away', () =>
    popup.evaluate(() =>
      (document.querySelector('.list-header')?.getBoundingClientRect().bottom ?? 1) <= 0 ? true : null,
    ),
  );
}

it('shows at least 7 accounts at once, and more after the header scrolled away', async () => {
  const popup = await openList(WHOLE);
  await popup.getByRole('button', { name: /^Collect again/ }).waitFor();
  const before = await rowsInView(popup);
  expect(before).toBeGreaterThanOrEqual(7);
  await popup.getByRole('list', { name: 'Accounts' }).hover();
  await popup.mouse.wheel(0, 400);
  await headerIsAway(popup);
  // One turn of the wheel scrolls the header and the accounts.
  const scrolled = () => popup.locator('.accounts').evaluate((element) => element.scrollTop);
  await until('scrolled accounts', async () => ((await scrolled()) > 100 ? true : null));
  expect(await rowsInView(popup)).toBeGreaterThan(before);
  expect(await rowsInView(popup)).toBeGreaterThanOrEqual(11);
  for (const name of ['Filters', 'Export']) {
    expect((await popup.getByRole('button', { name }).boundingBox())?.y).toBeLessThan(50);
  }
  expect((await popup.getByRole('searchbox', { name: 'Search' }).boundingBox())?.y).toBeLessThan(50);
  // And back again.
  await popup.mouse.wheel(0, -600);
  await until('the header', async () => {
    const box = await popup.locator('.list-header').boundingBox();
    return box !== null && box.y >= 0 ? true : null;
  });
  expect(await scrolled()).toBe(0);
  await popup.close();
});

it('shows at least 5 accounts at 200 % zoom', async () => {
  const popup = await openList(ZOOMED);
  await popup.getByRole('list', { name: 'Accounts' }).hover();
  await popup.mouse.wheel(0, 1_000);
  await headerIsAway(popup);
  expect(await rowsInView(popup)).toBeGreaterThanOrEqual(5);
  expect((await popup.getByRole('searchbox', { name: 'Search' }).boundingBox())?.y).toBeLessThan(50);
  // The page itself doesn't scroll.
  expect(await popup.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  await popup.close();
});

it('with the keyboard, the active account is always in view', async () => {
  const popup = await openList(WHOLE);
  await popup.keyboard.press('/');
  await popup.keyboard.press('Enter');
  for (let at = 0; at < 12; at += 1) {
    await popup.keyboard.press('ArrowDown');
    await until('the active account to be in view', () =>
      popup.evaluate(() => {
        const row = document.activeElement;
        const box = row?.getBoundingClientRect();
        const isRow = row?.matches('.account-row') === true;
        return isRow && box !== undefined && box.top >= 0 && box.bottom <= innerHeight + 1 ? true : null;
      }),
    );
  }
  await popup.keyboard.press('End');
  await headerIsAway(popup);
  const last = popup.getByRole('list', { name: 'Accounts' }).locator('[aria-posinset="2450"]');
  await until('the last account to be in view', async () => {
    const box = await last.boundingBox();
    return box !== null && box.y + box.height <= 601 ? true : null;
  });
  // Its details cover everything, wherever the list is scrolled to.
  await popup.keyboard.press('Enter');
  const details = popup.getByRole('complementary', { name: 'Account' });
  await details.waitFor();
  expect(await details.boundingBox()).toMatchObject({ y: 0, height: 600 });
  await popup.close();
});

it('a short list does not scroll', async () => {
  const popup = await openList(WHOLE, short);
  expect(await rowsInView(popup)).toBe(3);
  const rest = await popup.locator('.list-view').evaluate((e) => e.scrollHeight - e.clientHeight);
  expect(rest).toBe(0);
  await popup.close();
});

it('gives the focus to the heading of a list that opens, and to that of the lists when it closes', async () => {
  const popup = await openList(WHOLE);
  await popup.getByRole('button', { name: 'All lists' }).click();
  await until('the heading of the lists', () => focused(popup, 'Lists'));
  await popup.keyboard.press('Tab');
  await popup.getByRole('region', { name: 'Lists' }).getByRole('button', { name: /2,450/ }).focus();
  await popup.keyboard.press('Enter');
  await until('the heading of the list', () => focused(popup, 'Ada Research'));
  await popup.close();
});

function focused(popup: Page, heading: string): Promise<true | null> {
  return popup.evaluate((text) => {
    const { activeElement } = document;
    return /^H[12]$/.test(activeElement?.tagName ?? '') && activeElement?.textContent === text ? true : null;
  }, heading);
}
