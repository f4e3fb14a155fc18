/**
 * `npm run screenshots -- --states`: takes popup, dashboard, and welcome page in every state, empty and with up to a
 * million accounts, light and dark, wide and narrow, into `out/states/`. For review, not for the repository.
 */
import { mkdir, rm } from 'node:fs/promises';
import type { Page } from 'playwright';
import type { RunError } from '../../lib/model/error.ts';
import type { State } from '../../lib/model/snapshot.ts';
import { startEmulator } from '../../tests/emulator/emulator.ts';
import { launchChromium } from '../../tests/harness/chromium.ts';
import { saveKey } from '../../tests/harness/options-page.ts';
import { benchExtension } from '../bench/extension.ts';
import { seedList } from '../bench/seed.ts';
import { buildExtension } from '../extension.ts';
import { shootChanges } from './changed-lists.ts';
import { shootComparedLists } from './compared-lists.ts';
import { FOLDER, inPage, narrow, popupSize, shoot, wide, zoomed, type Studio } from './studio.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';

/** The popup with a profile's card. */
function card(studio: Studio, handle: string, name: string): Promise<void> {
  return inPage(
    studio,
    'popup.html',
    async (popup) => {
      const back = popup.getByRole('button', { name: 'All lists' });
      const field = popup.getByLabel('Handle or link');
      await back.or(field).first().waitFor();
      if (await back.isVisible()) await back.click();
      await field.fill(`@${handle}`);
      await popup.getByRole('region', { name: 'Profile' }).waitFor();
      await shoot(studio, popup, name, popupSize);
    },
    popupSize,
  );
}

/** A list in popup and dashboard, wide and narrow. */
async function list(studio: Studio, id: string, name: string): Promise<void> {
  const ready = (page: Page): Promise<void> => page.getByRole('status').first().waitFor();
  await inPage(
    studio,
    `popup.html?list=${id}`,
    async (popup) => {
      await ready(popup);
      await popup.locator('.account-row .name, .empty').first().waitFor();
      await shoot(studio, popup, name, popupSize);
    },
    popupSize,
  );
  await inPage(
    studio,
    `dashboard.html?list=${id}`,
    async (dashboard) => {
      await ready(dashboard);
      await dashboard.locator('.name-cell, .empty').first().waitFor();
      await shoot(studio, dashboard, name, wide);
      await shoot(studio, dashboard, name, narrow);
      await shoot(studio, dashboard, name, zoomed);
    },
    wide,
  );
}

async function emptyStates(studio: Studio): Promise<void> {
  await inPage(
    studio,
    'welcome.html',
    async (page) => {
      await page.getByRole('button', { name: 'Try a sample' }).waitFor();
      await shoot(studio, page, 'welcome', { name: 'wide', width: 900, height: 1000 });
      await shoot(studio, page, 'welcome', { name: 'narrow', width: 420, height: 900 });
      await shoot(studio, page, 'welcome', zoomed);
    },
    wide,
  );
  await inPage(
    studio,
    'dashboard.html',
    async (page) => {
      await page.getByText('No lists yet.').waitFor();
      await shoot(studio, page, '0-accounts', wide);
      await shoot(studio, page, '0-accounts', narrow);
    },
    wide,
  );
  await inPage(
    studio,
    'popup.html',
    async (page) => {
      await page.getByText('No lists yet.').waitFor();
      await shoot(studio, page, '0-accounts', popupSize);
    },
    popupSize,
  );
  await card(studio, 'ada_research', 'no-key');
}

/** The other tabs of a list, the other pages, and the settings. */
async function tabsAndPages(studio: Studio, id: string): Promise<void> {
  const views: readonly (readonly [name: string, path: string, ready: string])[] = [
    ['receipt-tab', `dashboard.html?list=${id}&tab=receipt`, '.line-items'],
    ['audience-tab', `dashboard.html?list=${id}&tab=audience`, '[role=tabpanel] svg'],
    ['spending', 'dashboard.html?view=spending', '.spending h1'],
    ['trash', 'dashboard.html?view=trash', '.page h1'],
    ['settings', 'options.html', '.settings-section'],
  ];
  for (const [name, path, ready] of views) {
    await inPage(
      studio,
      path,
      async (page) => {
        await page.locator(ready).first().waitFor();
        for (const size of [wide, narrow, zoomed]) await shoot(studio, page, name, size);
      },
      wide,
    );
  }
}

/** The controls of a long list in the dashboard. */
async function dashboardControls(studio: Studio, id: string): Promise<void> {
  await inPage(
    studio,
    `dashboard.html?list=${id}`,
    async (page) => {
      const rows = page.getByRole('grid', { name: 'Accounts' }).getByRole('row');
      await page.locator('.name-cell').first().waitFor();
      await rows.nth(3).click();
      await page.getByRole('complementary', { name: 'Account' }).locator('dl').first().waitFor();
      await rows.nth(6).click({ modifiers: ['Shift'] });
      await shoot(studio, page, 'details-and-selection', wide);
      await shoot(studio, page, 'details-and-selection', narrow);
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl';
      });
      await shoot(studio, page, 'right-to-left', wide);
      await page.evaluate(() => {
        document.documentElement.dir = 'ltr';
      });
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Verified' }).click();
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Followers', exact: true }).click();
      await page.getByLabel('Followers, from').fill('1k');
      await page.keyboard.press('Enter');
      await page.getByRole('columnheader', { name: 'Followers' }).getByRole('button').first().click();
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.locator('.counted', { hasText: / of / }).waitFor();
      await page.locator('.name-cell').first().waitFor();
      await shoot(studio, page, 'filters-and-columns', wide);
      await page.getByRole('searchbox', { name: 'Search' }).fill('metaverse of nobody');
      await page.getByText('No account matches').waitFor();
      await shoot(studio, page, 'no-match', wide);
    },
    wide,
  );
}

/** The controls of a long list in the popup. */
async function popupControls(studio: Studio, id: string): Promise<void> {
  await inPage(
    studio,
    `popup.html?list=${id}`,
    async (page) => {
      await page.locator('.account-row .name').first().waitFor();
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('region', { name: 'Filters' }).waitFor();
      await shoot(studio, page, 'filters', popupSize);
      await page.keyboard.press('Escape');
      await page.locator('.receipt > summary').click();
      await shoot(studio, page, 'receipt', popupSize);
      await page.locator('.receipt > summary').click();
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl';
      });
      await shoot(studio, page, 'right-to-left', popupSize);
      await page.getByRole('list', { name: 'Accounts' }).getByRole('listitem').nth(2).click();
      await page.getByRole('complementary', { name: 'Account' }).locator('dl').first().waitFor();
      await page.evaluate(() => {
        document.documentElement.dir = 'ltr';
      });
      await shoot(studio, page, 'details', popupSize);
    },
    popupSize,
  );
}

const blocked = (runError: RunError): State => ({ kind: 'blocked', trouble: runError });

/** Inactive states, by the name of their screenshots. */
const INACTIVE_STATES: Readonly<Record<string, State>> = {
  confirming: { kind: 'confirming' },
  paused: { kind: 'paused' },
  'key-refused': blocked({ kind: 'bad-key', said: 'This key was revoked.' }),
  'no-credit': blocked({ kind: 'no-credit', required: null, available: null, said: null }),
  unreadable: blocked({ kind: 'unreadable', status: 200, why: 'followers: expected an array' }),
  'too-large': blocked({ kind: 'too-large', megabytes: 32 }),
  'lost-answers': blocked({ kind: 'lost-answers', times: 3 }),
  limit: { kind: 'ended', outcome: { kind: 'capped', by: 'rows' } },
  incomplete: { kind: 'ended', outcome: { kind: 'ended-early' } },
  stopped: { kind: 'ended', outcome: { kind: 'stopped' } },
  'pages-repeated': { kind: 'ended', outcome: { kind: 'stalled' } },
};

async function inactiveStates(studio: Studio): Promise<void> {
  for (const [name, state] of Object.entries(INACTIVE_STATES)) {
    const handle = name.replaceAll('-', '_');
    const id = await seedList(studio.browser, { rows: 3_150, pageSize: 70, expected: 84_210, handle, state });
    await list(studio, id, name);
    await card(studio, handle, `${name}-card`);
  }
}

async function snapshotOf(studio: Studio, handle: string): Promise<string> {
  const page = await studio.browser.openExtensionPage('dashboard.html');
  try {
    await page.getByRole('searchbox', { name: 'Find a list' }).fill(`@${handle}`);
    await page.locator('.snapshot-line').first().click();
    await page.waitForURL(/list=/);
    return new URL(page.url()).searchParams.get('list') ?? '';
  } finally {
    await page.close();
  }
}

async function start(studio: Studio, handle: string): Promise<void> {
  await inPage(
    studio,
    'popup.html',
    async (popup) => {
      const back = popup.getByRole('button', { name: 'All lists' });
      const field = popup.getByLabel('Handle or link');
      await back.or(field).first().waitFor();
      if (await back.isVisible()) await back.click();
      await field.fill(`@${handle}`);
      await popup.getByRole('button', { name: 'Get followers' }).click();
      await popup.getByRole('region', { name: 'Profile' }).getByRole('status').waitFor();
    },
    popupSize,
  );
}

async function activeStates(studio: Studio): Promise<void> {
  const { emulator, browser } = studio;
  await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));
  await card(studio, 'ada_research', 'ready');
  await shootChanges(studio);
  let requests = 0;
  const hold = emulator.hold(({ path }) => path === LIST_PAGE && (requests += 1) === 12);
  await start(studio, 'ada_research');
  await hold.arrived;
  await list(studio, await snapshotOf(studio, 'ada_research'), 'collecting');
  await card(studio, 'ada_research', 'collecting-card');
  hold.release();
  const first = await snapshotOf(studio, 'ada_research');
  await inPage(
    studio,
    `dashboard.html?list=${first}`,
    async (page) => {
      await page.getByText('Complete: 2,450 accounts.').first().waitFor({ timeout: 120_000 });
    },
    wide,
  );
  emulator.fault({
    when: ({ path, query }) => path === LIST_PAGE && query['cursor'] !== undefined,
    do: { kind: 'status', status: 429, retryAfterSeconds: 1800 },
  });
  await start(studio, 'gaps_gus');
  const id = await snapshotOf(studio, 'gaps_gus');
  await inPage(
    studio,
    `dashboard.html?list=${id}`,
    async (page) => {
      await page.getByText('asked us to slow down').first().waitFor({ timeout: 60_000 });
    },
    wide,
  );
  await list(studio, id, 'waiting');
  await card(studio, 'gaps_gus', 'waiting-card');
}

/** Takes all screenshots. @returns their folder */
export async function shootStates(log: (line: string) => void): Promise<string> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const copy = await benchExtension(await buildExtension('chrome'));
  const emulator = await startEmulator();
  const browser = await launchChromium({
    extensionDir: copy.folder,
    tlsPort: emulator.tlsPort,
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  try {
    const studio = { browser, emulator, log };
    await emptyStates(studio);
    await list(studio, await seedList(browser, { rows: 1, pageSize: 70, handle: 'one' }), '1-account');
    const large = await seedList(browser, {
      rows: 84_210,
      pageSize: 1_000,
      expected: 84_502,
      handle: 'ada_lovelace',
      name: 'Ada Lovelace Institute for the Study of Very Long Names 🧮',
    });
    await list(studio, large, '84210-accounts');
    await dashboardControls(studio, large);
    await popupControls(studio, large);
    await tabsAndPages(studio, large);
    await card(studio, 'ada_lovelace', 'already-have');
    await inactiveStates(studio);
    await activeStates(studio);
    await list(
      studio,
      await seedList(browser, { rows: 1_000_000, pageSize: 1_000, handle: 'a_million' }),
      '1000000-accounts',
    );
    await shootComparedLists(studio);
    return FOLDER;
  } finally {
    await browser.close();
    await emulator.close();
    await copy.remove();
  }
}
