/** The tab Audience of the sample: plots that filter, tables, the fingerprint's area, rules, and files. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../lib/sample/accounts.ts';
import { openScene, type Scene } from './scene.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL = sampleAccounts(2_400);

let scene: Scene;
let page: Page;

beforeAll(async () => {
  scene = await openScene();
  page = await scene.browser.openExtensionPage('dashboard.html');
  await page.getByRole('main').getByRole('button', { name: 'Try a sample' }).click();
  await page.getByRole('tab', { name: 'Audience' }).click();
});

afterAll(async () => {
  await scene.close();
});

function plot(name: string) {
  return page.getByRole('region', { name, exact: true });
}

async function shows(count: number): Promise<void> {
  await page.getByText(`${count.toLocaleString('en-US')} of 2,400`, { exact: true }).waitFor();
}

describe('the audience', () => {
  it('counts what is known, and a bar filters everything else but its own plot', async () => {
    const verified = ALL.filter((account) => account.verified === true);
    const known = ALL.filter((account) => account.verified !== null).length;
    await plot('Verified')
      .getByText(`known for ${known.toLocaleString('en-US')} of 2,400`)
      .waitFor();
    await plot('Verified').getByRole('button', { name: /^Yes/ }).click();
    await shows(verified.length);
    await plot('Private')
      .getByText(`of ${String(verified.length)}`)
      .waitFor();
    await plot('Verified').getByText('of 2,400').waitFor();
    expect(new URL(page.url()).searchParams.get('verified')).toBe('yes');
    await plot('Verified').getByRole('button', { name: 'Remove this filter' }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('filters by columns with the keyboard, and extends the range', async () => {
    const columns = plot('Posts').locator('[data-column]');
    await columns.first().focus();
    await page.keyboard.press('Enter');
    await shows(ALL.filter(({ posts }) => posts === 0).length);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+Enter');
    await shows(ALL.filter(({ posts }) => posts !== null && posts <= 1).length);
    await page.getByRole('button', { name: 'Remove filter: Posts: 0–1' }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('shows a plot as a table', async () => {
    await plot('Private').getByRole('button', { name: 'Private as a table' }).click();
    const yes = ALL.filter((account) => account.private === true).length;
    await plot('Private')
      .getByRole('row', { name: new RegExp(`^Yes ${String(yes)} `) })
      .waitFor();
    await plot('Private').getByRole('button', { name: 'Private as a table' }).click();
  });

  it('filters by an area of the fingerprint, and by rules', async () => {
    await plot('Fingerprint').getByLabel('To place').fill('100');
    await plot('Fingerprint').getByRole('button', { name: 'Filter' }).click();
    await shows(ALL.slice(0, 100).filter(({ createdAt }) => createdAt !== null).length);
    await page.getByRole('button', { name: /^Remove filter: / }).click();
    await plot('Rules').getByLabel('Never posted').check();
    await plot('Rules').getByRole('button', { name: 'Filter by chosen rules' }).click();
    await shows(ALL.filter(({ posts }) => posts === 0).length);
    await page.getByRole('button', { name: /^Remove filter: / }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('saves the figures as CSV and a plot as SVG', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Figures as CSV' }).click();
    const csv = await readFile(await (await saving).path(), 'utf8');
    const yes = ALL.filter((account) => account.private === true).length;
    expect(csv).toContain(`\r\nprivate,yes,,,${String(yes)},`);
    const drawing = page.waitForEvent('download');
    await plot('Private').getByRole('button', { name: 'Save Private as SVG' }).click();
    const svg = await readFile(await (await drawing).path(), 'utf8');
    expect(svg).toMatch(/^<svg .*made with Followledger/);
  });

  it.each(['light', 'dark'] as const)('has no violations that axe finds, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
