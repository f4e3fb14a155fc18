/** Thousands of lists: only those in view are rendered, and the keyboard reaches every one of them. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { seedManyLists } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import type { BuildCopy } from '../harness/granted-hosts.ts';
import { until } from '../harness/until.ts';

const LISTS = 2_000;
/** The number of elements of a page with one screen of lists, with some margin; all lists would need 26,000. */
const MOST_ELEMENTS = 1_000;

let copy: BuildCopy;
let browser: Chromium;
let oldest: SnapshotId;

beforeAll(async () => {
  copy = await benchExtension(buildFolder('chrome'));
  browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null, locale: 'en-US' });
  oldest = await seedManyLists(browser, { lists: LISTS, perProfile: 3 });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await copy.remove();
});

function linesOf(page: Page): Locator {
  return page.getByRole('list', { name: 'Lists' });
}

/** The position of the focused list among all of them; `null` if none has the focus. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(
    () => document.activeElement?.closest('[role="listitem"]')?.getAttribute('aria-posinset') ?? null,
  );
}

async function focusIsAt(page: Page, position: number): Promise<void> {
  await until(`list ${String(position)} to have the focus`, async () =>
    (await focused(page)) === String(position) ? true : null,
  );
}

describe.each([
  ['the popup', 'popup.html', { width: 400, height: 600 }],
  ['the dashboard', 'dashboard.html', { width: 1280, height: 800 }],
] as const)('%s', (_, path, size) => {
  it('renders only a few of the lists, and says how many there are', async () => {
    const page = await browser.openExtensionPage(path);
    await page.setViewportSize(size);
    const items = linesOf(page).getByRole('listitem');
    await items.first().waitFor();
    expect(await items.first().getAttribute('aria-setsize')).toBe(String(LISTS));
    expect(await items.first().getAttribute('aria-posinset')).toBe('1');
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(MOST_ELEMENTS);
    await page.close();
  });

  it('moves to the last list and back with the keyboard, as one tab stop', async () => {
    const page = await browser.openExtensionPage(path);
    await page.setViewportSize(size);
    const lines = linesOf(page).locator('.snapshot-line');
    await lines.first().waitFor();
    expect(await linesOf(page).locator('[tabindex="0"]').count()).toBe(1);
    await lines.first().focus();
    await page.keyboard.press('ArrowDown');
    await focusIsAt(page, 2);
    await page.keyboard.press('End');
    await focusIsAt(page, LISTS);
    const box = await page.locator('.snapshot-line:focus').boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height);
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(MOST_ELEMENTS);
    await page.keyboard.press('PageUp');
    await until('a page up', async () => (Number(await focused(page)) < LISTS - 1 ? true : null));
    await page.keyboard.press('End');
    await focusIsAt(page, LISTS);
    await page.keyboard.press('Enter');
    await page.getByText('@profile_666').first().waitFor();
    await page.getByLabel('Accounts', { exact: true }).waitFor();
    await page.close();
  });
});

it('opens the list in the address before the others are loaded, and scrolls it into view', async () => {
  const page = await browser.openExtensionPage(`dashboard.html?list=${oldest}`);
  await page.getByRole('grid', { name: 'Accounts' }).waitFor();
  const open = linesOf(page).locator('[aria-current]');
  await until('the open list to be in view', async () => {
    const box = await open.boundingBox();
    return box !== null && box.y > 0 && box.y + box.height < 800 ? true : null;
  });
  await page.close();
});

it('renders a changed list again in its place, on every page', async () => {
  const dashboard = await browser.openExtensionPage('dashboard.html');
  const items = linesOf(dashboard).getByRole('listitem');
  await items.first().waitFor();
  const popup = await browser.openExtensionPage(`popup.html?list=${oldest}`);
  await popup.locator('.receipt > summary').click();
  await popup.getByRole('button', { name: 'Delete list' }).click();
  await until('one list fewer', async () =>
    (await items.first().getAttribute('aria-setsize')) === String(LISTS - 1) ? true : null,
  );
  await popup.getByRole('button', { name: 'Undo' }).click();
  await until('all lists again', async () =>
    (await items.first().getAttribute('aria-setsize')) === String(LISTS) ? true : null,
  );
  await popup.close();
  await dashboard.close();
});
