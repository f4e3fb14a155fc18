/** Views: a search, filters, and an order under a name. */
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFocusOn, showTab } from './open-list.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;

beforeAll(async () => {
  scene = await openScene();
  page = await scene.browser.openExtensionPage('dashboard.html');
  await page.getByRole('main').getByRole('button', { name: 'Try a sample' }).click();
  await page.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(5).waitFor();
});
afterAll(() => scene.close());

/** The values of a stored record. */
function entriesOf(stored: unknown): readonly object[] {
  const values: unknown[] = typeof stored === 'object' && stored !== null ? Object.values(stored) : [];
  return values.filter((value) => typeof value === 'object' && value !== null);
}

function menu() {
  return page.getByRole('dialog', { name: 'Views' });
}

async function openViews(): Promise<void> {
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await menu().waitFor();
}

describe('saved views', () => {
  it('need something to save, and are then saved under a name', async () => {
    await openViews();
    await menu().getByText('Search, filter, or sort first.').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${page.url()}&verified=yes&sort=-followers`);
    await page.getByRole('button', { name: 'Remove filter: Verified' }).waitFor();
    await openViews();
    await menu().getByRole('textbox', { name: 'Name' }).fill('Verified, largest first');
    await menu().getByRole('button', { name: 'Save', exact: true }).click();
    await menu().locator('[aria-current="true"]', { hasText: 'Verified, largest first' }).waitFor();
    await expectFocusOn(page, 'Verified, largest first');
    await page.keyboard.press('Escape');
    await expectFocusOn(page, 'Views');
  });

  it('are applied with one click, also after the page was loaded again', async () => {
    const [list] = page.url().split('&');
    await page.goto(list ?? '');
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
    await openViews();
    await menu().getByRole('button', { name: 'Verified, largest first', exact: true }).click();
    await page.getByRole('button', { name: 'Remove filter: Verified' }).waitFor();
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('verified'), searchParams.get('sort')]).toEqual(['yes', '-followers']);
    expect(await menu().count()).toBe(0);
  });

  it('are renamed; Esc keeps the name', async () => {
    await openViews();
    await menu().getByRole('button', { name: 'Rename: Verified, largest first' }).click();
    await page.keyboard.press('Escape');
    await expectFocusOn(page, 'Verified, largest first');
    await menu().getByRole('button', { name: 'Rename: Verified, largest first' }).click();
    await menu().getByRole('textbox', { name: 'Name' }).first().fill('Verified');
    await page.keyboard.press('Enter');
    await menu().getByRole('button', { name: 'Verified', exact: true }).waitFor();
    await expectFocusOn(page, 'Verified');
  });

  it('are deleted, which can be undone', async () => {
    await menu().getByRole('button', { name: 'Delete: Verified' }).click();
    await menu().getByText('“Verified” was deleted.').waitFor();
    await expectFocusOn(page, 'Undo');
    await page.keyboard.press('Enter');
    await menu().getByRole('button', { name: 'Verified', exact: true }).waitFor();
    await expectFocusOn(page, 'Verified');
    await page.keyboard.press('Escape');
  });

  it('are for one list if they are saved so, and are stored with the preferences', async () => {
    await openViews();
    await menu().getByLabel('For all lists').uncheck();
    await menu().getByRole('textbox', { name: 'Name' }).fill('Only here');
    await page.keyboard.press('Enter');
    await menu()
      .getByRole('button', { name: /^Only here/ })
      .getByText('this list')
      .waitFor();
    await scene.preference('views', (views) => entriesOf(views).length === 2);
    const row = (await scene.table('settings')).find(({ key }) => key === 'views');
    const views = entriesOf(row?.['value']);
    const { searchParams } = new URL(page.url());
    expect(
      views.map((view): unknown[] => [Reflect.get(view, 'name'), Reflect.get(view, 'list')]).sort(),
    ).toEqual([
      ['Only here', searchParams.get('list')],
      ['Verified', null],
    ]);
    await page.keyboard.press('Escape');
  });
});

describe('own rules', () => {
  const rules = () => page.getByRole('region', { name: 'Rules', exact: true });
  const saved = () => page.getByRole('dialog', { name: 'Saved rules' });

  it('are saved with their thresholds, exported, and imported elsewhere', async () => {
    await showTab(page, 'Audience');
    await rules().getByLabel('Never posted').check();
    await rules()
      .getByLabel(/^At most \d+ followers$/)
      .check();
    await rules()
      .getByRole('spinbutton', { name: /At most/ })
      .fill('7');
    await rules().getByText('At most 7 followers').waitFor();
    await rules().getByRole('button', { name: 'Saved rules' }).click();
    await saved().getByRole('textbox', { name: 'Name' }).fill('Quiet');
    await page.keyboard.press('Enter');
    await saved().getByRole('button', { name: 'Quiet', exact: true }).waitFor();
    const saving = page.waitForEvent('download');
    await saved().getByRole('button', { name: 'Export as file' }).click();
    const text = await readFile(await (await saving).path(), 'utf8');
    expect(JSON.parse(text)).toEqual({
      format: 'followledger-rules',
      version: 1,
      rules: [
        {
          name: 'Quiet',
          at_least: 1,
          all: [
            { rule: 'neverPosted', n: 0 },
            { rule: 'fewFollowers', n: 7 },
          ],
        },
      ],
    });
    await saved().getByRole('button', { name: 'Delete: Quiet' }).click();
    await scene.preference('rules', (now) => entriesOf(now).length === 0);
    await page.keyboard.press('Escape');

    await page.reload();
    await rules().getByText('At most 5 followers').waitFor();
    await rules().getByRole('button', { name: 'Saved rules' }).click();
    const file = join(tmpdir(), `rules-${String(process.pid)}.json`);
    await writeFile(file, text);
    const choosing = page.waitForEvent('filechooser');
    await saved().getByRole('button', { name: 'Import file' }).click();
    await (await choosing).setFiles(file);
    await saved().getByRole('button', { name: 'Quiet', exact: true }).click();
    await rules().getByText('At most 7 followers').waitFor();
    expect(await rules().getByLabel('Never posted').isChecked()).toBe(true);
  });
});
