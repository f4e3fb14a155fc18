import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hold } from '../emulator/holds.ts';
import { axeFindings } from '../harness/axe.ts';
import { until } from '../harness/until.ts';
import { showKeyForm } from '../harness/options-page.ts';
import { deleteList, showTab } from './open-list.ts';
import { openScene, stateOf, type Scene } from './scene.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';

/** Checks the page in both color schemes, with every disclosure open. */
async function expectClean(page: Page): Promise<void> {
  const rows = page.getByRole('button', { name: 'Edit', exact: true, expanded: false });
  while ((await rows.count()) > 0) await rows.first().click();
  const folded = page.locator('details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
  expect(await axeFindings(page), page.url()).toEqual([]);
}

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
});
afterAll(() => scene.close());

/** The popup with the card of a profile. */
async function withCard(handle: string): Promise<Page> {
  const popup = await scene.browser.openPopupPage();
  const back = popup.getByRole('button', { name: 'All lists' });
  const field = popup.getByLabel('Handle or link');
  await back.or(field).first().waitFor();
  if (await back.isVisible()) await back.click();
  await field.fill(`@${handle}`);
  await popup.getByRole('region', { name: 'Profile' }).waitFor();
  return popup;
}

async function start(handle: string): Promise<void> {
  const popup = await withCard(handle);
  await popup.getByRole('button', { name: 'Get followers' }).click();
  await popup.getByRole('region', { name: 'Profile' }).getByRole('status').waitFor();
  await popup.close();
}

/** The ID of a profile's only list, once it is in the given state. */
function listIn(handle: string, state: string): Promise<string> {
  return until(`the list of ${handle} to be ${state}`, async () => {
    const row = (await scene.table('snapshots')).find((one) => one['handle'] === handle);
    return row !== undefined && stateOf(row) === state ? String(row['id']) : null;
  });
}

/** Checks the card in the popup, the list in the popup, and the list in the dashboard. */
async function expectCleanEverywhere(handle: string, state: string): Promise<void> {
  const id = await listIn(handle, state);
  const card = await withCard(handle);
  await card.getByRole('region', { name: 'Profile' }).getByRole('status').waitFor();
  if (state === 'confirming') await card.getByRole('radiogroup', { name: 'How much to collect' }).waitFor();
  await expectClean(card);
  await card.close();
  const popup = await scene.browser.openExtensionPage(`popup.html?list=${id}`);
  const dashboard = await scene.browser.openExtensionPage(`dashboard.html?list=${id}`);
  for (const page of [popup, dashboard]) {
    if (page === popup) await page.setViewportSize({ width: 400, height: 600 });
    await page.bringToFront();
    await page.getByRole('status').first().waitFor();
    if (state === 'confirming') await page.getByRole('radiogroup', { name: 'How much to collect' }).waitFor();
    await expectClean(page);
    await page.close();
  }
}

/** The dashboard with the sample, once that was made. */
async function withSample(): Promise<Page> {
  const dashboard = await scene.browser.openExtensionPage('dashboard.html');
  await dashboard.getByRole('button', { name: /\bfrom / }).click();
  await dashboard.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(3).waitFor();
  return dashboard;
}

describe('axe reports no violations', () => {
  it('without a key', async () => {
    const popup = await withCard('ada_research');
    await popup.getByRole('button', { name: 'Add key' }).waitFor();
    await expectClean(popup);
    await popup.close();
    const options = await scene.browser.openOptions();
    await options.getByRole('region', { name: 'SociaVault', exact: true }).waitFor();
    await expectClean(options);
    await options.close();
    const dashboard = await scene.browser.openExtensionPage('dashboard.html');
    await dashboard.getByText('No lists yet.').waitFor();
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('on the welcome page', async () => {
    const welcome = await scene.browser.openExtensionPage('welcome.html');
    await welcome.getByRole('region', { name: 'SociaVault', exact: true }).waitFor();
    await expectClean(welcome);
    await welcome.getByRole('button', { name: 'Try a sample' }).click();
    await welcome.waitForURL(/dashboard\.html\?list=/);
    await welcome.close();
  });

  it('in the sample with an open account and a column’s menu', async () => {
    const dashboard = await withSample();
    await dashboard.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(3).click();
    await dashboard.getByRole('complementary', { name: 'Account' }).waitFor();
    await dashboard.getByRole('columnheader', { name: 'Followers' }).getByRole('button').first().click();
    await dashboard.getByRole('checkbox', { name: 'Select all shown' }).check();
    await dashboard.getByRole('button', { name: 'Column options: Bio' }).click();
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('in the sample with filters, columns, and a search that finds nothing', async () => {
    const dashboard = await withSample();
    await dashboard.getByRole('button', { name: 'Filter', exact: true }).click();
    await dashboard.getByRole('menuitem', { name: 'Private' }).click();
    await dashboard.getByRole('button', { name: 'Private', exact: true }).click();
    await dashboard.getByRole('combobox', { name: 'Private' }).selectOption('No');
    await expectClean(dashboard);
    await dashboard.getByRole('button', { name: 'Done' }).click();
    await dashboard.getByRole('checkbox', { name: 'Select all shown' }).check();
    await dashboard.getByRole('button', { name: 'Columns' }).click();
    await dashboard.getByRole('checkbox', { name: 'Website' }).check();
    await expectClean(dashboard);
    await dashboard.getByRole('searchbox', { name: 'Search' }).fill('no such account');
    await dashboard.getByText('No account matches').waitFor();
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('in the sample in the popup', async () => {
    const popup = await scene.browser.openPopupPage();
    const back = popup.getByRole('button', { name: 'All lists' });
    const line = popup.getByRole('button', { name: /\bfrom / });
    await back.or(line).first().waitFor();
    if (!(await back.isVisible())) await line.click();
    await popup.getByRole('button', { name: 'Filters' }).click();
    await popup.getByRole('region', { name: 'Filters' }).waitFor();
    await expectClean(popup);
    const filters = popup.getByRole('region', { name: 'Filters' });
    await filters.getByRole('button', { name: 'Close' }).click();
    await popup.getByRole('list', { name: 'Accounts' }).getByRole('listitem').first().click();
    await popup.getByRole('complementary', { name: 'Account' }).waitFor();
    await expectClean(popup);
    await popup.close();
  });

  it('in the receipt of the sample', async () => {
    const dashboard = await withSample();
    await showTab(dashboard, 'Receipt');
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('in the menu of a list, and its name and notes', async () => {
    const dashboard = await withSample();
    await dashboard.getByRole('button', { name: 'More', exact: true }).click();
    await dashboard.getByRole('menuitem', { name: 'Delete list' }).waitFor();
    await expectClean(dashboard);
    await dashboard.getByRole('menuitem', { name: 'Name and notes' }).click();
    await dashboard.getByRole('dialog').waitFor();
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('after a list is deleted, in the trash, and in the spending history', async () => {
    const dashboard = await withSample();
    await deleteList(dashboard);
    await dashboard.getByRole('button', { name: 'Undo' }).waitFor();
    await expectClean(dashboard);
    await dashboard.getByRole('button', { name: 'Trash' }).click();
    await dashboard.getByRole('button', { name: 'Empty trash' }).waitFor();
    await expectClean(dashboard);
    await dashboard.getByRole('button', { name: 'Spending history' }).click();
    await dashboard.getByRole('heading', { name: 'Spending history' }).waitFor();
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('in settings with one rejected key and one saved key', async () => {
    await scene.saveKey('sociavault');
    const options = await scene.browser.openOptions();
    const region = options.getByRole('region', { name: 'X API v2', exact: true });
    await showKeyForm(region);
    await region.getByLabel('API key').fill('AAAA-no-such-key');
    await region.getByRole('button', { name: 'Save', exact: true }).click();
    await region.getByText('X API v2 refused this key.').waitFor();
    await expectClean(options);
    await options.close();
  });

  it('when ready to start', async () => {
    const popup = await withCard('bob_metrics');
    await popup.getByRole('button', { name: 'Get followers' }).waitFor();
    await expectClean(popup);
    await popup.close();
  });

  it('while a run waits for approval', async () => {
    await scene.askAbove('credits', '10');
    await start('bob_metrics');
    await expectCleanEverywhere('bob_metrics', 'confirming');
    await scene.askAbove('credits', '500');
  });

  it('while collecting', async () => {
    const hold: Hold = scene.emulator.hold(
      ({ path, query }) => path === LIST_PAGE && query['cursor'] !== undefined,
    );
    await start('ada_research');
    await hold.arrived;
    await expectCleanEverywhere('ada_research', 'running');
    hold.release();
    await listIn('ada_research', 'ended');
  });

  it('with a complete list, an open account, and the export menu', async () => {
    await expectCleanEverywhere('ada_research', 'ended');
    const id = await listIn('ada_research', 'ended');
    const dashboard = await scene.browser.openExtensionPage(`dashboard.html?list=${id}`);
    await dashboard.getByRole('button', { name: 'Export' }).click();
    await dashboard.getByRole('menuitem', { name: 'CSV' }).waitFor();
    await expectClean(dashboard);
    await dashboard.close();
  });

  it('while a run waits', async () => {
    scene.emulator.fault({
      when: ({ path, query }) => path === LIST_PAGE && query['cursor'] !== undefined,
      do: { kind: 'status', status: 429, retryAfterSeconds: 1800 },
    });
    await start('gaps_gus');
    await expectCleanEverywhere('gaps_gus', 'waiting');
    const popup = await withCard('gaps_gus');
    await popup.getByRole('button', { name: 'Stop' }).click();
    await listIn('gaps_gus', 'ended');
    await popup.close();
  });

  it('when a run is blocked', async () => {
    scene.emulator.fault({
      when: ({ path, query }) => path === LIST_PAGE && query['cursor'] !== undefined,
      do: { kind: 'status', status: 402 },
    });
    await start('page_plus');
    await expectCleanEverywhere('page_plus', 'blocked');
  });
});
