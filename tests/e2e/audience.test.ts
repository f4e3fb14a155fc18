/** The tab Audience of the sample: plots that filter, tables, the fingerprint's area, rules, and files. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../lib/sample/accounts.ts';
import { axeFindings } from '../harness/axe.ts';
import { openScene, type Scene } from './scene.ts';

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
    const axes = plot('Fingerprint').getByRole('group', { name: 'From left to right' });
    await axes.getByRole('button', { name: 'Position in the list' }).click();
    await plot('Fingerprint').getByLabel('To position').fill('100');
    await plot('Fingerprint').getByRole('button', { name: 'Filter' }).click();
    await shows(ALL.slice(0, 100).filter(({ createdAt }) => createdAt !== null).length);
    await page.getByRole('button', { name: /^Remove filter: / }).click();
    await plot('Rules').getByLabel('Never posted').check();
    await plot('Rules').getByRole('button', { name: 'Filter by chosen rules' }).click();
    await shows(ALL.filter(({ posts }) => posts === 0).length);
    await page.getByRole('button', { name: /^Remove filter: / }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('shows follow times, whose area is selected with the mouse or by fields', async () => {
    const axes = plot('Fingerprint').getByRole('group', { name: 'From left to right' });
    await axes.getByRole('button', { name: 'Follow time' }).click();
    await plot('Fingerprint').getByLabel('Followed from').fill('2026-08-12');
    await plot('Fingerprint').getByLabel('Followed until').fill('2026-08-12');
    await plot('Fingerprint').getByLabel('Created from').fill('2026-07-28');
    await plot('Fingerprint').getByLabel('Created until').fill('2026-07-30');
    await plot('Fingerprint').getByRole('button', { name: 'Filter' }).click();
    const chip =
      'Remove filter: Followed about Aug 12, 2026 – Aug 12, 2026, created Jul 28, 2026 – Jul 30, 2026';
    // The accounts that were created and followed together; those at the borders of pages may be a day off.
    const remove = page.getByRole('button', { name: chip, exact: true });
    await remove.waitFor();
    const counted = await page.getByText(/^\d+ of 2,400$/).textContent();
    const found = Number.parseInt(counted ?? '', 10);
    expect(found).toBeGreaterThan(80);
    expect(found).toBeLessThanOrEqual(120);
    await remove.click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();

    const box = await plot('Fingerprint').getByRole('img').boundingBox();
    if (box === null) throw new Error('The fingerprint is not drawn.');
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(0.9, 0.6));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.1), { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: /^Remove filter: Followed about/ }).waitFor();
    const where: unknown = JSON.parse(new URL(page.url()).searchParams.get('where') ?? '[]');
    expect(where).toMatchObject([{ kind: 'followArea' }]);
    await page.getByRole('button', { name: /^Remove filter: Followed about/ }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('lists the batch as the only run, which opens as a filter and is shown in the fingerprint', async () => {
    const runs = plot('Runs').getByRole('row');
    await runs.nth(1).waitFor();
    expect(await runs.count()).toBe(2);
    await plot('Runs')
      .getByRole('button', { name: /^Filter by the run/ })
      .click();
    await page.getByText(/^\d+ of 2,400$/).waitFor();
    await plot('Fingerprint').locator('.density-box').waitFor();
    await plot('Fingerprint').getByRole('button', { name: 'Remove this filter' }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('filters by the months of arrivals', async () => {
    await page.getByRole('group', { name: 'Arrivals by' }).getByRole('button', { name: 'Months' }).click();
    const may = plot('Followed').locator('[data-column]', { has: page.locator('.column-fill') });
    const column = may.and(page.getByRole('button', { name: /^May 2026: \d+ accounts/ }));
    await column.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove filter: Followed: May 1, 2026 to May 31, 2026' }).click();
    await page.getByText('2,400 accounts', { exact: true }).waitFor();
  });

  it('saves the fingerprint as SVG and as PNG, with its source', async () => {
    const drawing = page.waitForEvent('download');
    await plot('Fingerprint').getByRole('button', { name: 'Save Fingerprint as SVG' }).click();
    const svg = await readFile(await (await drawing).path(), 'utf8');
    expect(svg).toMatch(/^<svg .*<image .*made with Followledger/);
    const painting = page.waitForEvent('download');
    await plot('Fingerprint').getByRole('button', { name: 'Save Fingerprint as PNG' }).click();
    const png = await readFile(await (await painting).path());
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    // Twice the size of the plot, with room for the texts.
    expect(png.readUInt32BE(16)).toBe(1280);
  });

  it('prints on one page', async () => {
    await page.emulateMedia({ media: 'print' });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    await page.emulateMedia({ media: null });
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  it('saves the figures as CSV and a plot as SVG', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save figures as CSV' }).click();
    const csv = await readFile(await (await saving).path(), 'utf8');
    const yes = ALL.filter((account) => account.private === true).length;
    expect(csv).toContain(`\r\nprivate,yes,,,${String(yes)},`);
    const drawing = page.waitForEvent('download');
    await plot('Private').getByRole('button', { name: 'Save Private as SVG' }).click();
    const svg = await readFile(await (await drawing).path(), 'utf8');
    expect(svg).toMatch(/^<svg .*made with Followledger/);
  });

  it('has no violations that axe finds', async () => {
    expect(await axeFindings(page)).toEqual([]);
  });
});
