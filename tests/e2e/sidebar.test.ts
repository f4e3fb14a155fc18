/** The lists of the dashboard and the popup: their groups, the search, collapsing, the keyboard, and the page's title. */
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { seedList } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import { axeFindings } from '../harness/axe.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import type { BuildCopy } from '../harness/granted-hosts.ts';
import { until } from '../harness/until.ts';
import { chooseFromMenu, expectFocusOn, showTab } from './open-list.ts';

const THIS_YEAR = new Date().getFullYear();
const at = (year: number, day: number) => new Date(year, 0, day, 9, 30).getTime();

let copy: BuildCopy;
let browser: Chromium;
let page: Page;

beforeAll(async () => {
  copy = await benchExtension(buildFolder('chrome'));
  browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null, locale: 'en-US' });
  const ada = { handle: 'ada_research', name: 'Ada Research', pageSize: 70 };
  await seedList(browser, { ...ada, rows: 140, startedAt: at(THIS_YEAR - 2, 5) });
  await seedList(browser, { ...ada, rows: 210, startedAt: at(THIS_YEAR, 6) });
  await seedList(browser, {
    ...ada,
    rows: 70,
    expected: 700,
    startedAt: at(THIS_YEAR, 7),
    state: { kind: 'ended', outcome: { kind: 'capped', by: 'monthly' } },
  });
  const clips = { handle: 'ada.clips', platform: 'tiktok', name: 'Clips', pageSize: 30 } as const;
  await seedList(browser, {
    ...clips,
    rows: 60,
    expected: 900,
    startedAt: at(THIS_YEAR, 4),
    state: { kind: 'ended', outcome: { kind: 'stopped' } },
  });
  await seedList(browser, {
    handle: 'bob_metrics',
    name: 'Bob Metrics',
    rows: 70,
    pageSize: 70,
    startedAt: at(THIS_YEAR, 3),
    state: { kind: 'paused' },
  });
  page = await browser.openExtensionPage('dashboard.html');
  await page.setViewportSize({ width: 1280, height: 800 });
  await lines().first().waitFor();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await copy.remove();
});

const sidebar = (): Locator => page.getByRole('navigation');
const lines = (): Locator => sidebar().locator('.snapshot-line');
const heading = (name: RegExp): Locator =>
  sidebar().getByRole('heading', { name, level: 3 }).getByRole('button');
const field = (): Locator => sidebar().getByRole('searchbox', { name: 'Find a list' });

async function shownHeadings(): Promise<string[]> {
  const texts = await sidebar().locator('.group-heading').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' '));
}

/** The text of the element with the focus. */
function focused(): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

async function expectClean(): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
}

it('lists that need the user come first, then profiles; a list is one line of 32 pixels', async () => {
  expect(await shownHeadings()).toEqual([
    'Needs attention 2',
    'X Ada Research @ada_research',
    'TikTok Clips @ada.clips',
  ]);
  const names = await lines().evaluateAll((elements) =>
    elements.map((element) => element.textContent.replace(/\s+/g, ' ')),
  );
  expect(names[0]).toContain('Ada Research');
  expect(names[1]).toContain('Bob Metrics');
  // A complete list needs no word; the year is there if it is not the current one.
  const visible = await lines().evaluateAll((elements) =>
    elements.map((element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ')),
  );
  expect(visible[2]).toMatch(/^Followers Jan 6, 0?9:30/);
  expect(visible[3]).toContain(String(THIS_YEAR - 2));
  expect(visible[4]).toContain('Stopped');
  for (const name of ['Followers from Jan 6', '210', 'Complete']) {
    expect(names[2]).toContain(name);
  }
  const heights = await lines().evaluateAll((elements) => elements.map(({ clientHeight }) => clientHeight));
  expect(new Set(heights)).toEqual(new Set([32]));
  // Nothing is wider than the sidebar.
  expect(
    await sidebar()
      .locator('.profiles')
      .evaluate((e) => e.scrollWidth - e.clientWidth),
  ).toBe(0);
  await expectClean();
});

it('a profile is collapsed by a click and by the arrow keys, and stays so after a reload', async () => {
  const ada = heading(/Ada Research/);
  await ada.click();
  expect(await ada.getAttribute('aria-expanded')).toBe('false');
  expect(await lines().count()).toBe(3);
  // The heading says how many lists it hides, and keeps the focus.
  expect(await shownHeadings()).toContain('X Ada Research @ada_research 2');
  expect(await focused()).toContain('Ada Research');
  await expectClean();
  await page.reload();
  await ada.and(page.locator('[aria-expanded="false"]')).waitFor();
  await ada.focus();
  await page.keyboard.press('ArrowRight');
  await ada.and(page.locator('[aria-expanded="true"]')).waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('Followers from Jan 6');
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toContain('Ada Research');
  await page.keyboard.press('ArrowLeft');
  await ada.and(page.locator('[aria-expanded="false"]')).waitFor();
  expect(await focused()).toContain('Ada Research');
  // All lines are one stop of the Tab key.
  expect(await sidebar().locator('.lines [tabindex="0"]').count()).toBe(1);
});

it('the search finds names, handles, and notes, also in collapsed profiles', async () => {
  await field().fill('ada');
  await page.getByText('4 lists found').waitFor({ state: 'attached' });
  expect(await lines().count()).toBe(4);
  await field().fill('clips');
  await page.getByText('1 list found').waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Clips', level: 1 }).waitFor();
  await chooseFromMenu(page, 'Name and notes');
  const dialog = page.getByRole('dialog', { name: 'Name and notes' });
  await dialog.getByLabel('Name', { exact: true }).fill('Spring campaign');
  await dialog.getByLabel('Notes').fill('asked by the Berlin team');
  await dialog.getByLabel('Name', { exact: true }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  // The user's own name replaces relation and time.
  await field().fill('BERLIN');
  await page.getByText('1 list found').waitFor({ state: 'attached' });
  expect(await lines().first().innerText()).toMatch(/^Spring campaign/);
  await expectClean();
  await field().fill('no such list');
  await page.getByText('No list matches “no such list”.').waitFor();
  await expectClean();
  await page.keyboard.press('Escape');
  expect(await field().inputValue()).toBe('');
  await expectFocusOn(page, 'Find a list');
  // Ada's lists are still collapsed.
  expect(await lines().count()).toBe(3);
});

it('opening a list of a collapsed profile expands it, and marks the list, in forced colors too', async () => {
  await field().fill('@ada_research 2');
  await field().fill('research');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('Ada Research');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ada Research', level: 1 }).waitFor();
  await field().fill('');
  await heading(/Ada Research/)
    .and(page.locator('[aria-expanded="true"]'))
    .waitFor();
  const open = sidebar().locator('[aria-current="true"]');
  expect(await open.innerText()).toContain('210');
  const plain = await lines()
    .last()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.emulateMedia({ forcedColors: 'active' });
  await until('the open list to be marked', async () =>
    (await open.evaluate((element) => getComputedStyle(element).backgroundColor)) === plain ? null : true,
  );
  await page.emulateMedia({ forcedColors: 'none' });
});

it('the title of the page says the list and its tab', async () => {
  expect(await page.title()).toMatch(/^Ada Research · Followers from Jan 6, .* · Accounts · Followledger$/);
  await showTab(page, 'Receipt');
  await until('the title', async () => ((await page.title()).includes(' · Receipt · ') ? true : null));
  await sidebar().getByRole('button', { name: 'Trash' }).click();
  await until('the title', async () => ((await page.title()) === 'Trash · Followledger' ? true : null));
  await sidebar().getByRole('button', { name: 'New list' }).click();
  await until('the title', async () => ((await page.title()) === 'New list · Followledger' ? true : null));
});

it('the popup finds lists by their names and notes, too', async () => {
  const popup = await browser.openExtensionPage('popup.html');
  await popup.setViewportSize({ width: 400, height: 600 });
  const back = popup.getByRole('button', { name: 'All lists' });
  const find = popup.getByRole('searchbox', { name: 'Find a list' });
  await back.or(find).first().waitFor();
  if (await back.isVisible()) await back.click();
  const found = popup.locator('.snapshot-line');
  for (const text of ['berlin', 'spring', 'ada.clips']) {
    await find.fill(text);
    await popup.getByText('1 list found').waitFor({ state: 'attached' });
    expect(await found.innerText()).toContain('Spring campaign');
  }
  await find.press('Enter');
  await popup.getByRole('heading', { name: 'Spring campaign' }).waitFor();
  await popup.close();
});
