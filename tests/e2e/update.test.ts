/** Bringing a list up to date: it collects what is new, and shows the earlier list below it. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { until } from '../harness/until.ts';
import { deleteList, showTab } from './open-list.ts';
import { downloaded, hasEnded, openScene, readCsv, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;
/** The IDs of the profile's followers at the first collection, and at the update, newest first. */
let before: readonly string[];
let after: readonly string[];

function population(offset: number, followers: number): readonly string[] {
  scene.emulator.population({ platform: 'x', handle: 'growing', followers, following: 0, offset });
  return [...scene.emulator.ids('x', 'growing', 'followers')];
}

async function endedLists(count: number) {
  return until(`${String(count)} ended lists`, async () => {
    const lists = await scene.table('snapshots');
    return lists.length === count && lists.every(hasEnded) ? lists : null;
  });
}

beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  before = population(30, 900);
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/growing');
  const { id } = await scene.snapshot(hasEnded);
  // Thirty followed since then, and nobody left.
  after = population(0, 930);
  page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
});

afterAll(() => scene.close());

describe('an update', () => {
  it('shows its price before it is started, and what it does not find out', async () => {
    const button = page.getByRole('button', { name: /^Update · about \d+( to \d+)? credits?$/ });
    await button.waitFor();
    const description = await button.evaluate((element) => {
      const id = element.getAttribute('aria-describedby') ?? '';
      return document.getElementById(id)?.textContent ?? '';
    });
    expect(description).toContain('The last full collection cost');
    expect(description).toContain("doesn't show who left");
  });

  it('pays only for what is new, and opens the updated list', async () => {
    const charged = scene.emulator.charges('sociavault').amount;
    await page.getByRole('button', { name: /^Update ·/ }).click();
    await endedLists(2);
    await page.getByText('Updated: 30 new accounts, 930 in all.').first().waitFor();
    // Thirty accounts are on one page.
    expect(scene.emulator.charges('sociavault').amount - charged).toBeLessThanOrEqual(3);
    await page
      .getByText(/Who left is known only up to .+, when the list was last collected in full\./)
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('shows the new accounts', async () => {
    await page.getByRole('button', { name: 'Show new' }).click();
    await page.getByText('30 of 930', { exact: true }).waitFor();
    await page.goBack();
  });

  it('is compared with the earlier list without claims about what was not read again', async () => {
    await showTab(page, 'Changes');
    const row = (status: string) =>
      page.getByRole('region', { name: 'Changes' }).getByRole('row', { name: new RegExp(`^${status}`) });
    await row('New').getByRole('button', { name: 'Show New: 30 ' }).waitFor();
    expect(
      await row('No longer listed').getByRole('button', { name: 'Show No longer listed: 0 ' }).count(),
    ).toBe(0);
    await showTab(page, 'Accounts');
  });

  it('is exported like any list, new accounts first, also after the earlier list is deleted', async () => {
    const lists = await scene.table('snapshots');
    const base = lists.find(({ update }) => update === undefined);
    const other = await scene.browser.openExtensionPage(`dashboard.html?list=${String(base?.['id'])}`);
    await deleteList(other);
    await other.goto(other.url().replace(/\?.*/, '?view=trash'));
    await other.getByRole('button', { name: 'Empty trash' }).click();
    await other
      .getByRole('button', { name: /^(Delete|Empty)/ })
      .last()
      .click();
    await endedLists(1);
    await other.close();
    await page.reload();
    await page.getByRole('button', { name: 'Export' }).first().click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
    const records = readCsv(await downloaded(await download));
    expect(records.map(({ id }) => id)).toEqual(after);
    expect(after.slice(30)).toEqual(before);
  });
});
