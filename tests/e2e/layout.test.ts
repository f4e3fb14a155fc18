/** The layout of the pages: only one part scrolls, headers come first, and marks are visible in forced colors too. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { openScene, stateOf, type Scene } from './scene.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** The background color of an element. */
function paintedWith(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
}

it('the empty dashboard in a narrow window shows its header on top and its field without scrolling', async () => {
  const page = await scene.browser.openExtensionPage('dashboard.html');
  await page.setViewportSize({ width: 560, height: 760 });
  const field = await page.getByLabel('Handle or link').boundingBox();
  const header = await page.locator('.sidebar header').boundingBox();
  expect(header?.y).toBeLessThan(20);
  expect(field?.y).toBeGreaterThan(header?.y ?? Infinity);
  expect((field?.y ?? Infinity) + (field?.height ?? 0)).toBeLessThan(760);
  await page.close();
});

describe('with a run that stopped because of missing credits', () => {
  beforeAll(async () => {
    for (const provider of ['sociavault', 'x-v2', 'x-v1.1'] as const) await scene.saveKey(provider);
    let requested = 0;
    scene.emulator.fault({
      when: ({ path }) => path === LIST_PAGE && (requested += 1) > 1,
      times: Infinity,
      do: { kind: 'status', status: 402 },
    });
    await scene.collect('https://x.com/ada_research');
    await scene.snapshot((row) => stateOf(row) === 'blocked');
  });

  it('the popup itself never scrolls, whatever is expanded in it', async () => {
    const popup = await scene.browser.openPopupPage();
    await popup.getByLabel('Handle or link').fill('@ada_research');
    await popup.getByText('Limit and provider').click();
    await popup.getByLabel('Spend at most').waitFor();
    const sizes = await popup.evaluate(() => ({
      page: document.documentElement.scrollHeight,
      window: innerHeight,
      across: document.documentElement.scrollWidth,
      scrollers: Array.from(document.querySelectorAll('*')).filter(
        (element) =>
          element.scrollHeight > element.clientHeight + 1 &&
          ['auto', 'scroll'].includes(getComputedStyle(element).overflowY),
      ).length,
    }));
    expect(sizes).toEqual({ page: 600, window: 600, across: 400, scrollers: 1 });
    const icons = await popup.locator('.bar .icon').evaluateAll((elements) =>
      elements.map((element) => {
        const { right, width } = element.getBoundingClientRect();
        return right <= 400 && width === 16;
      }),
    );
    expect(icons).toEqual([true, true]);
    await popup.close();
  });

  it('each price is next to its button', async () => {
    const popup = await scene.browser.openPopupPage();
    await popup.getByLabel('Handle or link').fill('@gaps_gus');
    const followers = popup.getByRole('button', { name: 'Get followers' });
    const following = popup.getByRole('button', { name: 'Get following' });
    await followers.waitFor();
    for (const button of [followers, following]) {
      const id = await button.getAttribute('aria-describedby');
      const price = popup.locator(`#${id ?? 'nothing'}`);
      const [text, at] = [await price.innerText(), await button.boundingBox()];
      const beside = await price.boundingBox();
      expect(text).toMatch(/credit|\$/);
      // On the same line as its button.
      expect(Math.abs((beside?.y ?? 0) + (beside?.height ?? 0) / 2 - ((at?.y ?? 0) + 16))).toBeLessThan(40);
    }
    expect(await popup.getByRole('radio', { name: /credit|\$/ }).count()).toBe(0);
    await popup.close();
  });

  it('forced colors show which list is open and which row is selected', async () => {
    const page = await scene.browser.openExtensionPage('dashboard.html');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /\bfrom / })
      .click();
    const row = page.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(2);
    await row.click();
    await page.emulateMedia({ forcedColors: 'active' });
    const highlight = await page.evaluate(() => {
      const probe = document.createElement('i');
      probe.style.cssText = 'forced-color-adjust: none; background-color: Highlight';
      document.body.append(probe);
      const color = getComputedStyle(probe).backgroundColor;
      probe.remove();
      return color;
    });
    // Colors fade in.
    const highlighted = (selector: string) =>
      until(`${selector} to be highlighted`, async () =>
        (await paintedWith(page, selector)) === highlight ? true : null,
      );
    await highlighted('.snapshot-line[aria-current]');
    await highlighted('.table-row[aria-selected="true"]');
    expect(await paintedWith(page, '.table-row[aria-selected="false"]')).not.toBe(highlight);
    await page.getByRole('button', { name: 'New list' }).click();
    await highlighted('.sidebar-links [aria-current]');
    await page.close();
  });
});

it('a rejected key leaves the same message about the saved key, whatever rejected it', async () => {
  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'SociaVault', exact: true });
  const unchanged = 'Your saved key is unchanged.';
  for (const status of [401, 429, 500] as const) {
    scene.emulator.fault({
      when: ({ provider }) => provider === 'sociavault',
      times: 1,
      do: { kind: 'status', status },
    });
    await region.getByLabel('API key').fill('sk_another_key_of_mine_0001');
    await region.getByRole('button', { name: 'Save', exact: true }).click();
    await region.getByText(unchanged).waitFor();
    expect(await region.getByText('The key was not saved.').count()).toBe(0);
    await options.reload();
  }
});
