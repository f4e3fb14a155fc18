/** The card of a profile: one price, one choice of how many, one primary button, and lists that are there already. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { until } from '../harness/until.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';

let scene: Scene;
let popup: Page;
beforeAll(async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.saveKey('x-v2');
  popup = await scene.browser.openPopupPage();
  await popup.setViewportSize({ width: 400, height: 600 });
});
afterAll(() => scene.close());

const card = () => popup.getByRole('region', { name: 'Profile' });
const figure = () => card().locator('.price-figure').innerText();
const choose = (name: string) => card().getByRole('radio', { name, exact: true });

/** The names of the primary buttons in view. */
const primary = () => card().locator('.button.primary:visible').allInnerTexts();

function focusedRole(): Promise<string> {
  return popup.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('role') ?? activeElement?.textContent ?? '';
  });
}

it('the price is one large figure that follows the choice', async () => {
  await popup.getByLabel('Handle or link').fill('@bob_metrics');
  const group = card().getByRole('radiogroup', { name: 'How many' });
  await group.waitFor();
  expect(await group.locator('.segment').allInnerTexts()).toEqual(['1,000', '10,000', 'All', 'Other']);
  // The count is not known.
  expect(await figure()).toContain('1 credit for up to 70 accounts');
  await choose('Newest 1,000').check();
  expect(await figure()).toBe('about 16 credits');
  expect(await primary()).toEqual(['Get followers']);
  const button = card().getByRole('button', { name: 'Get followers' });
  const description = await button.getAttribute('aria-describedby');
  expect(await popup.locator(`[id="${description ?? ''}"]`).innerText()).toContain('about 16 credits');
  expect(await axeFindings(popup)).toEqual([]);
});

it('Other reveals the field for a number, which takes the focus after a click but not after the arrow keys', async () => {
  const number = card().getByRole('spinbutton', { name: 'Number of accounts' });
  expect(await number.count()).toBe(0);
  await choose('Other').click();
  await number.and(popup.locator(':focus')).waitFor();
  expect(await card().getByRole('button', { name: 'Get followers' }).isDisabled()).toBe(true);
  await popup.keyboard.type('140');
  expect(await figure()).toBe('about 3 credits');
  expect(await axeFindings(popup)).toEqual([]);
  await choose('All').click();
  await number.waitFor({ state: 'detached' });
  await popup.keyboard.press('ArrowRight');
  await number.waitFor();
  await choose('Other').and(popup.locator(':focus')).waitFor();
  await popup.keyboard.press('ArrowLeft');
  await choose('All').and(popup.locator(':checked')).waitFor();
});

it('limit and provider are folded', async () => {
  const most = card().getByLabel('Spend at most');
  expect(await most.isVisible()).toBe(false);
  await card().getByText('Limit and provider').click();
  await most.waitFor();
  expect(await card().getByRole('combobox', { name: 'Provider' }).isVisible()).toBe(true);
  await card().getByText('Limit and provider').click();
});

it('the focus moves from the start button to the status, and then to the list', async () => {
  await popup.getByLabel('Handle or link').fill('@page_plus');
  const hold = scene.emulator.hold(({ path }) => path === LIST_PAGE);
  const start = card().getByRole('button', { name: 'Get followers' });
  await start.focus();
  await popup.keyboard.press('Enter');
  await hold.arrived;
  await until('the status to have the focus', async () => ((await focusedRole()) === 'status' ? true : null));
  hold.release();
  await scene.snapshot(hasEnded);
  await until('the list to have the focus', async () =>
    (await focusedRole()) === 'Open list' ? true : null,
  );
});

it('a collected profile leads with its list; buying it again is folded', async () => {
  expect(await primary()).toEqual(['Open list']);
  expect(await card().getByRole('button', { name: 'Get followers' }).isVisible()).toBe(false);
  // The other list was not collected yet.
  expect(await card().getByRole('button', { name: 'Get following' }).isVisible()).toBe(true);
  expect(await card().getByRole('heading', { name: 'Page Plus' }).isVisible()).toBe(true);
  await card().getByText('Collect again…').click();
  await card().getByRole('button', { name: 'Get followers' }).waitFor();
  expect(await card().locator('details .price-figure').innerText()).toMatch(/^about \d+ credits?$/);
  expect(await axeFindings(popup)).toEqual([]);
  await card().getByRole('button', { name: 'Open list' }).click();
  await popup.getByRole('list', { name: 'Accounts' }).waitFor();
});
