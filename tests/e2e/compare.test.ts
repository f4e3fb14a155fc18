/** The page Compare lists: how several lists overlap. */
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { seedList } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import { axeFindings } from '../harness/axe.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import type { BuildCopy } from '../harness/granted-hosts.ts';

let copy: BuildCopy;
let browser: Chromium;
let page: Page;
/** The same accounts: the second list has the first 200 of the 300 of the first one, and is partial. */
let whole: SnapshotId;
let part: SnapshotId;
/** Other accounts. */
let grace: SnapshotId;

beforeAll(async () => {
  copy = await benchExtension(buildFolder('chrome'));
  browser = await launchChromium({
    extensionDir: copy.folder,
    tlsPort: null,
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  const ada = { handle: 'ada_research', name: 'Ada Research', pageSize: 70 } as const;
  const at = (day: number): number => Date.UTC(2026, 9, day, 9, 30);
  whole = await seedList(browser, { ...ada, rows: 300, startedAt: at(5) });
  const capped = { kind: 'ended', outcome: { kind: 'capped', by: 'rows' } } as const;
  part = await seedList(browser, { ...ada, rows: 200, startedAt: at(6), state: capped, expected: 300 });
  grace = await seedList(browser, {
    handle: 'grace',
    name: 'Grace',
    rows: 120,
    pageSize: 50,
    startedAt: at(7),
  });
  await seedList(browser, { handle: 'clips', platform: 'tiktok', rows: 40, pageSize: 20, startedAt: at(8) });
  page = await browser.openExtensionPage('dashboard.html');
}, 120_000);

afterAll(async () => {
  await browser.close();
  await copy.remove();
});

function bars() {
  return page.getByRole('region', { name: 'Combinations' }).getByRole('listitem').getByRole('button');
}

function bar(n: string) {
  return page.getByRole('button', { name: `Show accounts in exactly these lists: ${n} (` });
}

async function picture(name: string): Promise<void> {
  const folder = process.env['FOLLOWLEDGER_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  for (const width of [1280, 640]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: `${folder}/compare-${name}-${String(width)}-${colorScheme}.png` });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('comparing lists', () => {
  it('begins with the choice of lists of one platform', async () => {
    await page.getByRole('button', { name: 'Compare lists' }).click();
    await page.getByRole('heading', { name: 'Compare lists' }).waitFor();
    const tiktok = page.getByRole('group', { name: 'clips' }).getByRole('checkbox');
    expect(await tiktok.isEnabled()).toBe(true);
    const ada = page.getByRole('group', { name: 'Ada Research' });
    await ada.getByRole('checkbox', { name: '300 accounts' }).check();
    expect(await tiktok.isDisabled()).toBe(true);
    await page.getByText("Lists of TikTok can't be compared with lists of X.").waitFor();
    expect(await bars().count()).toBe(0);
    await picture('choice');
    await page.getByRole('main').getByRole('searchbox').fill('grace');
    await page.getByRole('group', { name: 'Grace' }).getByRole('checkbox').check();
    await bar('300').waitFor();
    await bar('120').waitFor();
    await page.getByText('Together: 420 accounts.').waitFor();
    expect(new URL(page.url()).searchParams.get('lists')).toBe(`${whole},${grace}`);
  });

  it('says which figures a partial list makes uncertain', async () => {
    await page.getByRole('main').getByRole('searchbox').fill('');
    await page
      .getByRole('group', { name: 'Ada Research' })
      .getByRole('checkbox', { name: '200 accounts' })
      .check();
    await bar('at least 200').waitFor();
    await bar('100 of what was collected').waitFor();
    await bar('120 of what was collected').waitFor();
    await page.getByText('Together: at least 420 accounts.').waitFor();
    await page.getByText(/^@ada_research: Followers from Oct 6.* is partial\./).waitFor();
    const shared = page.getByRole('region', { name: 'Pairs' }).getByRole('row').nth(1);
    await shared.getByRole('button', { name: 'Show shared accounts: at least 200 ' }).waitFor();
    // Of the smaller list, of each, and of both together.
    for (const share of ['100%', '66.7%']) await shared.getByRole('cell', { name: share }).first().waitFor();
    await page.getByRole('button', { name: /^Show accounts in no other list: 100 of what/ }).waitFor();
  });

  it('stays in the address', async () => {
    expect(new URL(page.url()).searchParams.get('lists')).toBe([whole, grace, part].join(','));
    await page.reload();
    await bar('at least 200').waitFor();
    expect(await bars().count()).toBe(3);
    expect(await page.getByRole('group', { name: 'Ada Research' }).count()).toBe(0);
  });

  it('opens the accounts of a combination, with the keyboard too', async () => {
    await bar('100 of what was collected').click();
    await page.getByText('100 of 300', { exact: true }).waitFor();
    await page.goBack();
    await bar('at least 200').focus();
    await page.keyboard.press('Enter');
    await page.getByText('200 of 300', { exact: true }).waitFor();
    await page.goBack();
    await bar('at least 200').waitFor();
  });

  it('shows the same as a table, and only combinations of a size', async () => {
    await page.getByRole('button', { name: 'Combinations as a table' }).click();
    const table = page.getByRole('table', { name: 'Combinations' });
    await table.getByRole('row').nth(3).waitFor();
    expect(await table.locator('button > [aria-hidden]').allTextContents()).toEqual([
      '≥ 200',
      '120*',
      '100*',
    ]);
    await page.getByLabel('At least this many accounts').fill('150');
    await page.getByText('1 combination', { exact: true }).waitFor();
    expect(await table.locator('button > [aria-hidden]').allTextContents()).toEqual(['≥ 200']);
    await page.getByLabel('At least this many accounts').fill('1');
    await page.getByRole('button', { name: 'By number of lists' }).click();
    await table.getByRole('row').nth(3).waitFor();
    expect(await table.locator('button > [aria-hidden]').allTextContents()).toEqual([
      '120*',
      '100*',
      '≥ 200',
    ]);
    await page.getByRole('button', { name: 'By accounts' }).click();
    await page.getByRole('button', { name: 'Combinations as a table' }).click();
  });

  it('is saved as a picture and as CSV', async () => {
    for (const [format, ending] of [
      ['SVG', 'svg'],
      ['PNG', 'png'],
      ['CSV', 'csv'],
    ] as const) {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save Combinations as ${format}` }).click();
      expect((await download).suggestedFilename()).toMatch(
        new RegExp(`^followledger_overlap_\\d{4}-\\d\\d-\\d\\d\\.${ending}$`),
      );
    }
  });

  it('is readable for everyone', async () => {
    await picture('result');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Choose lists' }).click();
    await page.getByRole('button', { name: 'Combinations as a table' }).click();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('can be cancelled, and started again', async () => {
    const other = await browser.openExtensionPage('dashboard.html');
    // A worker that never answers.
    await other.addInitScript(() => {
      globalThis.Worker = class extends EventTarget {
        onerror = null;
        onmessage = null;
        onmessageerror = null;
        postMessage(): void {
          // Nothing comes of it.
        }
        terminate(): void {
          // It does nothing anyway.
        }
      };
    });
    await other.goto(page.url());
    await other.getByText('Reading list 1 of 3…').waitFor();
    await other.getByRole('button', { name: 'Cancel' }).click();
    await other.getByText('The comparison was canceled.').waitFor();
    await other.getByRole('button', { name: 'Compare again' }).click();
    await other.getByText('Reading list 1 of 3…').waitFor();
    await other.close();
  });

  it('leaves out a list, and lists that no longer exist', async () => {
    await page.getByRole('button', { name: /^Leave out @grace/ }).click();
    await page.getByText('2 combinations', { exact: true }).waitFor();
    await page.goto(`${page.url()}%2C00000000-0000-4000-8000-000000000000`);
    await page.getByText('1 of the lists was deleted, or has no accounts. It is left out.').waitFor();
    await page.getByText('2 combinations', { exact: true }).waitFor();
  });
});
