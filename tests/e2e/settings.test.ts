/** The settings page: its navigation, and providers as rows that unfold. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasEnded, openScene, type Scene } from './scene.ts';

const SECTIONS = ['Providers', 'Spending', 'Profiles and pages', 'Notifications', 'Privacy and keys', 'Data'];

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

async function openAt(hash: string): Promise<Page> {
  const page = await scene.browser.openExtensionPage(`options.html${hash}`);
  await page.getByRole('heading', { name: 'Followledger settings' }).waitFor();
  return page;
}

/** The name of the current section. */
function current(page: Page): Promise<string> {
  return page.getByRole('navigation', { name: 'Settings' }).locator('[aria-current]').innerText();
}

it('the navigation opens each section, marks it, and has it in the address', async () => {
  const page = await openAt('');
  const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  expect(await links.allInnerTexts()).toEqual(SECTIONS);
  expect(await current(page)).toBe('Providers');
  for (const name of SECTIONS) {
    await links.filter({ hasText: name }).click();
    await page.getByRole('heading', { name, exact: true, level: 2 }).and(page.locator(':visible')).waitFor();
    await expect.poll(() => current(page)).toBe(name);
    const heading = await page.getByRole('heading', { name, exact: true, level: 2 }).boundingBox();
    const height = await page.evaluate(() => innerHeight);
    expect(heading?.y).toBeGreaterThanOrEqual(0);
    expect(heading?.y).toBeLessThan(height);
  }
  expect(new URL(page.url()).hash).toBe('#data');
  await page.goBack();
  await expect.poll(() => current(page)).toBe('Privacy and keys');
  await page.close();
});

it('an address opens its section, also after scrolling moved on', async () => {
  const page = await openAt('#spending');
  expect(await current(page)).toBe('Spending');
  const top = await page.getByRole('heading', { name: 'Spending', exact: true }).boundingBox();
  expect(top?.y).toBeLessThan(100);
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  await expect.poll(() => current(page)).toBe('Providers');
  await page.close();
});

it('a provider with a key is one row, which its address or Edit unfolds', async () => {
  await scene.saveKey('sociavault');
  const folded = await openAt('');
  const region = folded.getByRole('region', { name: 'SociaVault', exact: true });
  await region.getByText('Saved, ends in').waitFor();
  expect(await region.getByText('credits left').isVisible()).toBe(true);
  expect(await region.getByLabel('API key').isVisible()).toBe(false);
  expect((await region.boundingBox())?.height).toBeLessThan(90);
  await region.getByRole('button', { name: 'Edit' }).focus();
  await folded.keyboard.press('Enter');
  await region.getByLabel('API key').waitFor();
  await folded.keyboard.press('Enter');
  await region.getByLabel('API key').waitFor({ state: 'hidden' });
  await folded.close();
  const named = await openAt('#sociavault');
  await named.getByRole('region', { name: 'SociaVault', exact: true }).getByLabel('API key').waitFor();
  expect(await current(named)).toBe('Providers');
  await named.close();
});

it("the row shows this month's spending against the limit, as the spending history does", async () => {
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const { amount } = scene.emulator.charges('sociavault');
  const page = await openAt('');
  const region = page.getByRole('region', { name: 'SociaVault', exact: true });
  await region.getByText(`${String(amount)} credits this month, no limit`).waitFor();
  const limit = page.getByRole('textbox', { name: 'Monthly limit, SociaVault' });
  await limit.fill('20');
  await limit.press('Enter');
  const text = `${String(amount)} of 20 credits this month`;
  await region.getByText(text).waitFor();
  const bar = region.getByRole('meter', { name: 'SociaVault, this month' });
  expect(await bar.getAttribute('aria-valuenow')).toBe(String(Math.floor((amount / 20) * 100)));
  const history = await scene.browser.openExtensionPage('dashboard.html?view=spending');
  await history.getByText(text).waitFor();
  await history.close();
  await page.close();
});

it('in a narrow window the navigation is above the settings, and nothing scrolls sideways', async () => {
  const page = await openAt('');
  await page.setViewportSize({ width: 420, height: 800 });
  const nav = await page.getByRole('navigation', { name: 'Settings' }).boundingBox();
  const title = await page.getByRole('heading', { name: 'Followledger settings' }).boundingBox();
  expect((nav?.y ?? Infinity) + (nav?.height ?? 0)).toBeLessThanOrEqual(title?.y ?? 0);
  const [scrollWidth, clientWidth] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(scrollWidth).toBe(clientWidth);
  await page.close();
});
