/**
 * Reading a list: search, filters, order, selection, and details, with the keyboard and the mouse. Uses the sample,
 * so no key is needed.
 */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../lib/sample/accounts.ts';
import { until } from '../harness/until.ts';
import { deleteList, showTab } from './open-list.ts';
import { openScene, readCsv, downloaded, type Scene } from './scene.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';
/** The height of an account in the popup, in pixels. */
const POPUP_ROW = 40;
const ALL = sampleAccounts(2_400);
const POLISH = ALL.filter(({ bio }) => bio?.includes('Zażółć') === true);

let scene: Scene;
let page: Page;
let grid: Locator;
let details: Locator;
beforeAll(async () => {
  scene = await openScene();
  page = await scene.browser.openExtensionPage('dashboard.html');
  await page.getByRole('main').getByRole('button', { name: 'Try a sample' }).click();
  grid = page.getByRole('grid', { name: 'Accounts' });
  details = page.getByRole('complementary', { name: 'Account' });
  await grid.getByRole('row').nth(5).waitFor();
});
afterAll(() => scene.close());

/** Waits for the part of the dashboard that says how many accounts are shown. */
function counted(text: string): Promise<void> {
  return page.locator('.counted', { hasText: text }).waitFor();
}

function active(): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-rowindex') ?? element?.getAttribute('aria-label') ?? '';
  });
}

function focusedText(): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

/** Cells of a row: the first row of accounts is 1. */
async function cellsOf(row: number): Promise<string[]> {
  return grid
    .locator(`[aria-rowindex="${String(row + 1)}"]`)
    .getByRole('gridcell')
    .allInnerTexts();
}

async function pressAll(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe('the sample', () => {
  it('is marked as a sample in its list, its receipt, and its file, and is not part of the spending', async () => {
    const main = page.getByRole('main');
    await main.locator('.open-header').getByText('Sample', { exact: true }).waitFor();
    await main
      .getByText('Sample: 2,400 made-up accounts. Nothing was collected and nothing was spent.')
      .first()
      .waitFor();
    await page.getByRole('navigation').getByText('Sample', { exact: true }).waitFor();
    await showTab(page, 'Receipt');
    await main.locator('.receipt-sheet dd').first().waitFor();
    expect(await main.locator('.receipt-sheet dd').allInnerTexts()).toContain('Sample');
    await showTab(page, 'Accounts');
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('.csv')),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^followledger_x_sample_/);
    const records = readCsv(await downloaded(file));
    expect(records).toHaveLength(2_400);
    expect(new Set(records.map(({ provider }) => provider))).toEqual(new Set(['sample']));
    expect(await scene.table('ledger')).toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  it('moves from the search to the details of one account and back', async () => {
    await page.keyboard.press('/');
    expect(await active()).toBe('Search');
    await page.keyboard.type('zazolc');
    await counted(`${String(POLISH.length)} of 2,400`);
    await pressAll('Enter', 'ArrowDown', 'ArrowDown');
    expect(await active()).toBe('3');
    await page.keyboard.press('Enter');
    const second = POLISH[1];
    await details.getByText(second?.id ?? 'nobody', { exact: true }).waitFor();
    expect(await active()).toBe('Account');
    // In the details the arrow keys move to the next account, as they do in the list next to open details.
    await page.keyboard.press('ArrowDown');
    await details.getByText(POLISH[2]?.id ?? 'nobody', { exact: true }).waitFor();
    await pressAll('ArrowRight', 'ArrowLeft', 'ArrowUp');
    await details.getByText(second?.id ?? 'nobody', { exact: true }).waitFor();
    expect(await active()).toBe('Account');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect(await details.count()).toBe(0);
    expect(await active()).toBe('4');
    await pressAll('/', 'Escape');
    await counted('2,400 accounts');
  });

  it('moves through the list to both ends, and keeps its position when scrolled out of view', async () => {
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await until('the last row to have the focus', async () => ((await active()) === '2401' ? true : null));
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('2401');
    await page.keyboard.press('Home');
    await until('the first row to have the focus', async () => ((await active()) === '2' ? true : null));
    await pressAll('PageDown', 'PageUp', 'ArrowDown');
    expect(await active()).toBe('3');
    // Scrolled out of view with the wheel, the row is not rendered; the list remembers it.
    await grid.hover();
    await page.mouse.wheel(0, 40 * 300);
    await until('the row to be out of view', async () => ((await active()) === 'Accounts' ? true : null));
    await page.keyboard.press('ArrowDown');
    await until('the next row to have the focus', async () => ((await active()) === '4' ? true : null));
  });

  it('selects, shows how many, and copies', async () => {
    await pressAll('Home', 'Space');
    await page.getByText('1 selected').waitFor();
    await pressAll('Shift+ArrowDown', 'Shift+ArrowDown');
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Control+c');
    await page.getByRole('status').getByText('3 accounts copied').waitFor();
    await page.evaluate(() => {
      const area = document.createElement('textarea');
      area.id = 'pasted';
      document.body.append(area);
      area.focus();
    });
    await page.keyboard.press('Control+v');
    const lines = (await page.locator('#pasted').inputValue()).split('\n');
    await page.locator('#pasted').evaluate((area) => {
      area.remove();
    });
    expect(lines[0]).toBe('id\tname\thandle\tbio\tlocation\tfollowers\tfollowing\tposts\tcreated_at');
    expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual(ALL.slice(0, 3).map(({ id }) => id));
    await grid.focus();
    await page.keyboard.press('Control+a');
    await page.getByText('2,400 selected').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByText(/ selected$/).count()).toBe(0);
  });

  it('sorts by a header: descending, ascending, and not at all', async () => {
    const header = grid.getByRole('columnheader', { name: 'Followers' });
    const counts = ALL.flatMap(({ followers }) => followers ?? []).sort((a, b) => b - a);
    await header.getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await until('the largest first', async () =>
      (await cellsOf(1)).includes((counts[0] ?? 0).toLocaleString('en-US')) ? true : null,
    );
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    await page.keyboard.press('Enter');
    await until('the smallest first', async () =>
      (await cellsOf(1)).includes((counts.at(-1) ?? 0).toLocaleString('en-US')) ? true : null,
    );
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await pressAll('ArrowRight', 'ArrowLeft', 'Enter');
    await until('the original order', async () => ((await cellsOf(1))[1] === '1' ? true : null));
    expect(await header.getAttribute('aria-sort')).toBe('none');
  });
});

describe('with the mouse', () => {
  it('selects by clicks, Shift, and Ctrl, and opens the clicked account', async () => {
    const row = (at: number): Locator => grid.locator(`[aria-rowindex="${String(at + 1)}"]`);
    await row(2).click();
    await details.getByText(ALL[1]?.id ?? '', { exact: true }).waitFor();
    await row(4).click({ modifiers: ['Control'] });
    await page.getByText('2 selected').waitFor();
    await row(7).click({ modifiers: ['Shift'] });
    await page.getByText('4 selected').waitFor();
    await row(1).getByRole('checkbox').click();
    await page.getByText('5 selected').waitFor();
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  });

  it('filters with chips, shows where, and says when nothing matches', async () => {
    const filter = page.getByRole('button', { name: 'Filter', exact: true });
    const add = async (name: string): Promise<void> => {
      await filter.click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    };
    const chip = (text: string): Locator => page.getByRole('button', { name: text, exact: true });
    await add('Verified');
    await until('the chip to have the focus', async () =>
      (await focusedText()) === 'Verified' ? true : null,
    );
    await add('Followers');
    await page.getByLabel('Followers, from').fill('10k');
    const expected = ALL.filter(({ verified, followers }) => verified === true && (followers ?? 0) >= 10_000);
    await counted(`${String(expected.length)} of 2,400`);
    await page.keyboard.press('Enter');
    await until('the chip to have the focus', async () =>
      (await focusedText()) === 'Followers: at least 10,000' ? true : null,
    );
    await grid.getByRole('columnheader', { name: 'Followers filtered' }).waitFor();
    // A chip opens its editor.
    await chip('Verified').click();
    await page.getByRole('combobox', { name: 'Verified' }).selectOption('No');
    await page.getByRole('button', { name: 'Done' }).click();
    await until('the chip to have the focus', async () =>
      (await focusedText()) === 'Not verified' ? true : null,
    );
    await add('Location contains');
    await page.keyboard.type('nowhere at all');
    await page.keyboard.press('Enter');
    await page.getByText('No account matches the filters.').waitFor();
    // The focus goes to the next chip, then to the one before, and at last to the button that adds one.
    for (const [remove, focus] of [
      ['Not verified', 'Followers: at least 10,000'],
      ['Location: nowhere at all', 'Followers: at least 10,000'],
      ['Followers: at least 10,000', 'Filter'],
    ] as const) {
      await page.getByRole('button', { name: `Remove filter: ${remove}` }).click();
      expect(await chip(remove).count()).toBe(0);
      await until(`${focus} to have the focus`, async () => ((await focusedText()) === focus ? true : null));
    }
    await counted('2,400 accounts');
    // A filter without a value leaves no chip.
    await add('Followers');
    await page.getByLabel('Followers, from').waitFor();
    await page.keyboard.press('Escape');
    await until('the button to have the focus', async () =>
      (await focusedText()) === 'Filter' ? true : null,
    );
    expect(await page.locator('.chip').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Search' }).fill('metaverse');
    await page.getByText('No account matches “metaverse”.').waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    expect(await active()).toBe('Search');
    await counted('2,400 accounts');
  });

  it('shows the chosen columns, and remembers them', async () => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Website' }).check();
    await page.getByRole('checkbox', { name: 'Bio' }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await grid.getByRole('columnheader', { name: 'Website' }).waitFor();
    expect(await grid.getByRole('columnheader', { name: 'Bio' }).count()).toBe(0);
  });
});

it('the popup restores its list, search, filters, order, and scroll position', async () => {
  const popup = await scene.browser.openPopupPage();
  await popup.getByRole('button', { name: /\bfrom / }).click();
  await popup.getByRole('combobox', { name: 'Sort' }).selectOption('Most followers');
  await popup.getByRole('button', { name: 'Filters' }).click();
  await popup.getByLabel('Private').selectOption('No');
  await popup.keyboard.press('Escape');
  await popup.getByRole('searchbox', { name: 'Search' }).fill('sample');
  const shown = ALL.filter(({ handle, private: hidden }) => handle !== null && hidden === false);
  const text = `${shown.length.toLocaleString('en-US')} of 2,400`;
  await popup.locator('.counted', { hasText: text }).waitFor();
  const list = popup.getByRole('list', { name: 'Accounts' });
  await list.hover();
  await popup.mouse.wheel(0, POPUP_ROW * 120);
  const first = list.getByRole('listitem').first();
  await until('a list that is scrolled', async () =>
    Number(await first.getAttribute('aria-posinset')) > 80 ? true : null,
  );
  const remembered = await until('the stored state to be stable', async () => {
    const stored = await scene.watch.evaluate(() =>
      (
        globalThis as unknown as {
          chrome: { storage: { session: { get(key: string): Promise<Record<string, { scroll: number }>> } } };
        }
      ).chrome.storage.session.get('popup-view'),
    );
    const scroll = stored['popup-view']?.scroll ?? 0;
    return scroll >= POPUP_ROW * 100 ? scroll : null;
  });
  await popup.close();

  const again = await scene.browser.openPopupPage();
  await again.locator('.counted', { hasText: text }).waitFor();
  expect(await again.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('sample');
  expect(await again.getByRole('combobox', { name: 'Sort' }).inputValue()).toBe('followers-down');
  await again.getByRole('button', { name: 'Filters · 1' }).waitFor();
  const top = Math.floor(remembered / POPUP_ROW) + 1;
  await again
    .getByRole('list', { name: 'Accounts' })
    .locator(`[role="listitem"][aria-posinset="${String(top)}"]`)
    .waitFor();
  await again.keyboard.press('/');
  await again.keyboard.press('Enter');
  await again.keyboard.press('ArrowDown');
  await again.keyboard.press('Enter');
  await again.getByRole('complementary', { name: 'Account' }).waitFor();
  await again.keyboard.press('Escape');
  await again.getByRole('list', { name: 'Accounts' }).waitFor();
  await again.close();
});

it('accounts collected in the meantime wait behind a button, and nothing moves', async () => {
  await scene.saveKey('sociavault');
  const pageOf = (wanted: number) => {
    let count = 0;
    return scene.emulator.hold(({ path }) => path === LIST_PAGE && (count += 1) === wanted);
  };
  const [second, third, fourth] = [pageOf(2), pageOf(3), pageOf(4)];
  await scene.collect('https://x.com/ada_research');
  await second.arrived;
  const list = await scene.browser.openExtensionPage('dashboard.html');
  await list.getByRole('button', { name: /Collecting/ }).click();
  const rows = list.getByRole('grid', { name: 'Accounts' });
  await list.locator('.counted', { hasText: '70 accounts' }).waitFor();
  // The count comes from the snapshot. Only accounts that the table has read are followed by new ones.
  await list.locator('[role="grid"][aria-label="Accounts"][aria-rowcount="71"]').waitFor();
  await rows.getByRole('row').nth(1).waitFor();
  second.release();
  await third.arrived;
  await list.getByRole('button', { name: '70 new' }).waitFor();
  expect(await rows.getAttribute('aria-rowcount')).toBe('71');
  third.release();
  await fourth.arrived;
  await list.getByRole('button', { name: '140 new' }).click();
  await list.locator('.counted', { hasText: '210 accounts' }).waitFor();
  fourth.release();
  // Accounts below a whole list that has ended are added automatically.
  await list.locator('.counted', { hasText: '2,450 accounts' }).waitFor();
  expect(await list.getByRole('button', { name: / new$/ }).count()).toBe(0);
  await list.close();
});

it('a deleted list is hidden everywhere immediately, and undo restores it on any page', async () => {
  const popup = await scene.browser.openPopupPage();
  const back = popup.getByRole('button', { name: 'All lists' });
  const line = popup.getByRole('button', { name: /\bfrom .*Sample/ });
  await back.or(line).first().waitFor();
  if (await back.isVisible()) await back.click();
  await deleteList(page);
  await popup.bringToFront();
  await line.waitFor({ state: 'detached' });
  await popup.getByRole('button', { name: 'Undo' }).click();
  await popup.getByRole('list', { name: 'Accounts' }).waitFor();
  await page.bringToFront();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /\bfrom .*Sample/ })
    .waitFor();
});
