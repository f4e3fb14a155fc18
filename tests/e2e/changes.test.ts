/** The tab Changes: two lists of a profile that gained and lost followers in between. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { until } from '../harness/until.ts';
import { chooseFromMenu, showTab } from './open-list.ts';
import { downloaded, hasEnded, openScene, readCsv, type Row, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;

/** The IDs of the profile's followers in each list, newest first. */
let before: readonly string[];
let after: readonly string[];

function population(offset: number, followers: number): readonly string[] {
  scene.emulator.population({ platform: 'x', handle: 'changing', followers, following: 0, offset });
  return [...scene.emulator.ids('x', 'changing', 'followers')];
}

beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  before = population(20, 180);
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/changing');
  const { id } = await scene.snapshot(hasEnded);
  // Twenty followed, and ten of those who followed first are gone.
  after = population(0, 190);
  page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
  await chooseFromMenu(page, 'Collect again');
  await until('two ended lists', async () => {
    const lists = await scene.table('snapshots');
    return lists.length === 2 && lists.every(hasEnded) ? lists : null;
  });
  await showTab(page, 'Changes');
});

afterAll(() => scene.close());

function row(status: string) {
  return page.getByRole('region', { name: 'Changes' }).getByRole('row', { name: new RegExp(`^${status}`) });
}

describe('the changes of a profile', () => {
  it('are counted, and open as a filter', async () => {
    const gained = after.filter((id) => !before.includes(id)).length;
    const lost = before.filter((id) => !after.includes(id)).length;
    await row('New')
      .getByRole('button', { name: `Show New: ${String(gained)} ` })
      .waitFor();
    await row('No longer listed')
      .getByRole('button', { name: `Show No longer listed: ${String(lost)} ` })
      .waitFor();
    expect(await page.getByText(/unfollow/i).count()).toBe(0);
    await row('New').getByRole('button', { name: 'Show New:' }).click();
    await page.getByText(`${String(gained)} of 190`, { exact: true }).waitFor();
    await page.getByText(/^New, compared with @changing: /).waitFor();
    await page.goBack();
    await row('No longer listed').getByRole('button', { name: 'Show No longer listed:' }).click();
    await page.getByText(`${String(lost)} of 180`, { exact: true }).waitFor();
    await page.goBack();
    await row('New').waitFor();
  });

  it('are saved as a file with both sides', async () => {
    await page.getByRole('button', { name: 'Save changes' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(
      /^followledger_x_changing_followers_\d{4}-\d\d-\d\d_to_\d{4}-\d\d-\d\d_\d+_changes\.csv$/,
    );
    const records: readonly Row[] = readCsv(await downloaded(file));
    const withStatus = (status: string) =>
      records.filter((record) => record['status'] === status).map(({ id }) => id);
    expect(withStatus('new')).toEqual(after.filter((id) => !before.includes(id)));
    expect(withStatus('no_longer_listed')).toEqual(before.filter((id) => !after.includes(id)));
    expect(records).toHaveLength(new Set([...before, ...after]).size);
  });

  it('are readable for everyone', async () => {
    expect(await axeFindings(page)).toEqual([]);
  });

  it('lead to the other lists of an account', async () => {
    await row('Unchanged').getByRole('button', { name: 'Show Unchanged:' }).click();
    await page.getByText(/^Unchanged, compared with @changing: /).waitFor();
    await page.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(2).click();
    const details = page.getByRole('complementary', { name: 'Account' });
    await details.getByRole('heading', { name: 'Also in' }).waitFor();
    await details.getByRole('link', { name: /^@changing: Followers from/ }).waitFor();
  });
});
