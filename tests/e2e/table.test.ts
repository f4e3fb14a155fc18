/** The table of accounts: its columns, its rows, and the way to a file, by mouse and by keyboard alone. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../lib/sample/accounts.ts';
import { until } from '../harness/until.ts';
import { downloaded, openScene, readCsv, type Scene } from './scene.ts';

const ALL = sampleAccounts(2_400);
const USUAL = ['name', 'bio', 'location', 'followers', 'following', 'posts', 'createdAt'];

let scene: Scene;
let page: Page;
let grid: Locator;
beforeAll(async () => {
  scene = await openScene();
  page = await scene.browser.openExtensionPage('dashboard.html');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('main').getByRole('button', { name: 'Try a sample' }).click();
  grid = page.getByRole('grid', { name: 'Accounts' });
  await grid.getByRole('row').nth(5).waitFor();
});
afterAll(() => scene.close());

const head = (name: string): Locator => page.getByRole('columnheader', { name, exact: true });

function order(): Promise<string[]> {
  return page
    .locator('[data-column]')
    .evaluateAll((heads) => heads.map((element) => element.getAttribute('data-column') ?? ''));
}

function orderIs(wanted: readonly string[]): Promise<unknown> {
  return until(`the columns ${wanted.join(', ')}`, async () =>
    (await order()).join() === wanted.join() ? true : null,
  );
}

async function widthOf(name: string): Promise<number> {
  return (await head(name).boundingBox())?.width ?? 0;
}

function focusIs(text: string): Promise<unknown> {
  return until(`the focus on ${text}`, () =>
    page.evaluate((wanted) => {
      const { activeElement } = document;
      const names = [activeElement?.getAttribute('aria-label'), activeElement?.textContent];
      return names.includes(wanted) ? true : null;
    }, text),
  );
}

/** How many rows are completely visible. */
function rowsInView(): Promise<number> {
  return grid.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const header = element.querySelector('.table-head')?.getBoundingClientRect().height ?? 0;
    return Array.from(element.querySelectorAll('.table-row')).filter((row) => {
      const box = row.getBoundingClientRect();
      return box.top >= top + header - 1 && box.bottom <= Math.min(bottom, innerHeight) + 1;
    }).length;
  });
}

describe('the rows', () => {
  it('are 36 pixels high, or 26 in a compact table, which shows at least 26 of them at 1440 × 900', async () => {
    const heightOf = async () => (await grid.locator('.table-row').first().boundingBox())?.height;
    expect(await heightOf()).toBe(36);
    await page.getByRole('button', { name: 'Compact rows' }).click();
    await until('compact rows', async () => ((await heightOf()) === 26 ? true : null));
    expect(await rowsInView()).toBeGreaterThanOrEqual(26);
  });

  it('at 200% zoom, at least 5 are visible', async () => {
    await page.setViewportSize({ width: 720, height: 450 });
    expect(await rowsInView()).toBeGreaterThanOrEqual(5);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('mark what a search found, and show exact counts', async () => {
    await page.getByRole('searchbox', { name: 'Search' }).fill('zazolc');
    await grid.locator('mark', { hasText: 'Zażółć' }).first().waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.locator('.counted', { hasText: '2,400 accounts' }).waitFor();
    expect(await grid.locator('mark').count()).toBe(0);
    const [first] = ALL;
    await grid
      .locator('[aria-rowindex="2"]')
      .getByText((first?.followers ?? 0).toLocaleString('en-US'), { exact: true })
      .waitFor();
  });

  it('keep names in view when the table is scrolled sideways', async () => {
    await page.setViewportSize({ width: 800, height: 700 });
    const name = grid.locator('[aria-rowindex="2"] .name-cell');
    const before = await name.boundingBox();
    await grid.evaluate((element) => {
      element.scrollLeft = 200;
    });
    const after = await name.boundingBox();
    // The column of positions has room to scroll away; the names stay after it.
    expect(after?.x).toBeGreaterThan((before?.x ?? 0) - 70);
    await grid.evaluate((element) => {
      element.scrollLeft = 0;
    });
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('the details', () => {
  const details = (): Locator => page.getByRole('complementary', { name: 'Account' });

  it('opened with Enter, show the next and previous account by arrow keys, whatever in them has the focus', async () => {
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await focusIs('Account');
    for (const [key, at] of [
      ['ArrowDown', 1],
      ['ArrowRight', 2],
      ['ArrowLeft', 1],
      ['ArrowUp', 0],
    ] as const) {
      await page.keyboard.press(key);
      await details()
        .getByText(ALL[at]?.id ?? 'nobody', { exact: true })
        .waitFor();
      await focusIs('Account');
    }
    await details().getByRole('button', { name: 'Copy ID' }).focus();
    await page.keyboard.press('ArrowDown');
    await details()
      .getByText(ALL[1]?.id ?? 'nobody', { exact: true })
      .waitFor();
    await focusIs('Account');
    await details().getByRole('button', { name: 'Next account' }).click();
    await details()
      .getByText(ALL[2]?.id ?? 'nobody', { exact: true })
      .waitFor();
    // Unknown values are folded away.
    expect(await details().innerText()).not.toContain('—');
    await page.keyboard.press('Escape');
    expect(await details().count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe('4');
  });
});

describe('columns', () => {
  it('are moved and resized by the keyboard alone, which is announced', async () => {
    await head('Followers').getByRole('button').first().focus();
    const before = await widthOf('Followers');
    await page.keyboard.press('Shift+ArrowRight');
    await until('a wider column', async () => ((await widthOf('Followers')) === before + 16 ? true : null));
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await orderIs(['name', 'bio', 'followers', 'location', 'following', 'posts', 'createdAt']);
    await page.getByText('Followers: column 3 of 7.').waitFor({ state: 'attached' });
    await focusIs('Followers');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('menuitem', { name: 'Move left' }).waitFor();
    await page.keyboard.type('Move l');
    await page.keyboard.press('Enter');
    await orderIs(['name', 'followers', 'bio', 'location', 'following', 'posts', 'createdAt']);
    await page.keyboard.press('Escape');
    await focusIs('Column options: Followers');
  });

  it('are moved and resized by the mouse', async () => {
    const from = await head('Posts').getByRole('button').first().boundingBox();
    const to = await head('Bio').boundingBox();
    if (from === null || to === null) throw new Error('The headers are not visible.');
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(from.x - 60, from.y + 5, { steps: 3 });
    await page.mouse.move(to.x + 20, to.y + 5, { steps: 3 });
    await page.mouse.up();
    await orderIs(['name', 'followers', 'posts', 'bio', 'location', 'following', 'createdAt']);
    // It was a drag, not a click.
    expect(await head('Posts').getAttribute('aria-sort')).toBe('none');
    const width = await widthOf('Posts');
    const edge = await head('Posts').locator('.column-edge').boundingBox();
    if (edge === null) throw new Error('The edge is not visible.');
    await page.mouse.move(edge.x + 3, edge.y + 5);
    await page.mouse.down();
    await page.mouse.move(edge.x + 53, edge.y + 5, { steps: 3 });
    await page.mouse.up();
    await until('a wider column', async () => ((await widthOf('Posts')) === width + 50 ? true : null));
  });

  it('are hidden from their menu; the column before takes the focus', async () => {
    await page.getByRole('button', { name: 'Column options: Location' }).click();
    await page.getByRole('menuitem', { name: 'Hide column' }).click();
    await orderIs(['name', 'followers', 'posts', 'bio', 'following', 'createdAt']);
    await focusIs('Bio');
  });

  it('are remembered, with their order and widths, until they are reset', async () => {
    const width = await widthOf('Posts');
    await scene.preference('table', (value) => JSON.stringify(value).includes('"createdAt"'));
    await page.reload();
    await grid.getByRole('row').nth(5).waitFor();
    await orderIs(['name', 'followers', 'posts', 'bio', 'following', 'createdAt']);
    expect(await widthOf('Posts')).toBe(width);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Reset columns' }).click();
    await page.keyboard.press('Escape');
    await orderIs(USUAL);
  });
});

it('a filtered Excel file takes four clicks', async () => {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Verified' }).click();
  await page.locator('.counted', { hasText: ' of 2,400' }).waitFor();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('.xlsx')),
    page.getByRole('menuitem', { name: 'Excel' }).click(),
  ]);
  expect((await readFile(await file.path())).length).toBeGreaterThan(1000);
  await page.getByRole('button', { name: 'Remove filter: Verified' }).click();
  await page.locator('.counted', { hasText: '2,400 accounts' }).waitFor();
});

it('a file has the chosen columns: six clicks for five of them, one for those of the table', async () => {
  let clicks = 0;
  const click = async (role: 'menuitem' | 'menuitemcheckbox', name: string): Promise<void> => {
    clicks += 1;
    await page.getByRole(role, { name, exact: true }).click();
  };
  const exports = page.getByRole('button', { name: 'Export', exact: true });
  await exports.click();
  await page.getByRole('menuitem', { name: 'Columns' }).click();
  await click('menuitem', 'None');
  // Without columns, there is no file.
  await page.getByText('Choose at least one column.').waitFor();
  const csv = page.getByRole('menuitem', { name: 'CSV', exact: true });
  expect(await csv.getAttribute('aria-disabled')).toBe('true');
  const five = ['id', 'handle', 'bio', 'followers', 'created_at'];
  for (const name of five) await click('menuitemcheckbox', name);
  expect(clicks).toBeLessThanOrEqual(6);
  await page.getByRole('menuitem', { name: 'Columns 5 of' }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('.csv')),
    csv.click(),
  ]);
  const [first] = readCsv(await downloaded(file));
  expect(Object.keys(first ?? {})).toEqual(five);
  await exports.click();
  await page.getByRole('menuitem', { name: 'Columns' }).click();
  await click('menuitem', 'As in the table');
  await page.getByRole('menuitem', { name: 'Columns 10 of' }).waitFor();
  await click('menuitem', 'All');
  await page.getByRole('menuitem', { name: /^Columns (\d+) of \1$/ }).waitFor();
  await page.keyboard.press('Escape');
});

it('from opening the page to the file of a selection, the keyboard is enough', async () => {
  await page.reload();
  await grid.getByRole('row').nth(5).waitFor();
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('/');
  await page.keyboard.type('zazolc');
  const polish = ALL.filter(({ bio }) => bio?.includes('Zażółć') === true);
  await page.locator('.counted', { hasText: `${String(polish.length)} of 2,400` }).waitFor();
  await press('Enter', 'Home', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await page.getByText('3 selected').waitFor();
  await press('Tab');
  await focusIs('Copy');
  await press('Tab');
  await focusIs('Export selected accounts');
  await press('Enter');
  const csv = page.getByRole('menuitem', { name: 'CSV', exact: true });
  await csv.waitFor();
  await page.keyboard.type('CSV');
  await until('the format', () =>
    csv.evaluate((element) => (element.hasAttribute('data-active-item') ? true : null)),
  );
  const [file] = await Promise.all([
    page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('.csv')),
    page.keyboard.press('Enter'),
  ]);
  const records = readCsv(await downloaded(file));
  expect(records.map(({ id }) => id)).toEqual(polish.slice(0, 3).map(({ id }) => id));
  await focusIs('Export selected accounts');
  await press('Tab', 'Enter');
  await until('the bar to be gone', async () =>
    (await page.getByRole('group', { name: 'Selection' }).count()) === 0 ? true : null,
  );
  // The focus is in the table again.
  await until('the focus in the table', () =>
    page.evaluate(() => (document.activeElement?.closest('[role="grid"]') == null ? null : true)),
  );
});
