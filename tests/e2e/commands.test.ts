/** The command palette, the keys dialog, the skip link, and the place of messages. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
});
afterAll(() => scene.close());

async function openDashboard(): Promise<Page> {
  const page = await scene.browser.openExtensionPage('dashboard.html');
  await page
    .getByRole('button', { name: /Page Plus|\bfrom / })
    .first()
    .waitFor();
  return page;
}

async function expectClean(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
}

it('by keyboard alone: a list is found by its handle and opened, then a tab of it', async () => {
  const page = await openDashboard();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Go to list or action' });
  await field.waitFor();
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  await expectClean(page);
  await page.keyboard.type('page_plus');
  await page.locator('[role="option"][data-active-item]').filter({ hasText: '@page_plus' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Page Plus', level: 1 }).waitFor();
  expect(await field.count()).toBe(0);

  await page.keyboard.press('Control+k');
  await field.waitFor();
  await page.keyboard.type('receipt');
  await page.locator('[role="option"][data-active-item]').filter({ hasText: 'Receipt' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Receipt', selected: true }).waitFor();
  await page.close();
});

it('Esc closes the palette, and the focus returns to where it was', async () => {
  const page = await openDashboard();
  const field = page.getByLabel('Handle or link');
  await field.focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to list or action' });
  await palette.waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  // In a field, a question mark is a character.
  await page.keyboard.type('?');
  expect(await field.inputValue()).toBe('?');
  await page.close();
});

it('? shows all keys, from the same registry as the palette', async () => {
  const page = await openDashboard();
  await page
    .getByRole('button', { name: /\bfrom / })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Page Plus', level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'Page Plus', level: 1 }).click();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByText('Go to list or action').waitFor();
  await dialog.getByText('Move between accounts').waitFor();
  await expectClean(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.close();
});

it.each(['dashboard.html', 'options.html', 'popup.html'])(
  'the first stop of the Tab key skips to the content: %s',
  async (address) => {
    const page = await scene.browser.openExtensionPage(address);
    await page.getByRole('main').waitFor();
    const skip = page.getByRole('button', { name: 'Skip to content' });
    expect(
      await page.evaluate(() => {
        const [first] = document.querySelectorAll('a[href], button, input, select, [tabindex="0"]');
        return first?.textContent;
      }),
    ).toBe('Skip to content');
    await skip.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
    await page.close();
  },
);
