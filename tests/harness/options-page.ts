import type { Page } from 'playwright';
import type { Chromium } from './chromium.ts';

/**
 * Saves a provider's key as a user does: types it into the options page and clicks `Save`. Rejects with what the
 * region says when the key is not kept.
 */
export async function saveKey(browser: Chromium, providerName: string, key: string): Promise<void> {
  const page: Page = await browser.openOptions();
  try {
    const region = page.getByRole('region', { name: providerName, exact: true });
    await region.getByLabel('API key').fill(key);
    await region.getByRole('button', { name: 'Save', exact: true }).click();
    try {
      await region.getByRole('button', { name: 'Remove key' }).and(page.locator(':enabled')).waitFor();
    } catch (error) {
      const said = (await region.getByRole('status').allInnerTexts()).join(' ').trim();
      throw new Error(
        `The options page did not keep the key of ${providerName}: ${said || 'it says nothing'}`,
        {
          cause: error,
        },
      );
    }
  } finally {
    await page.close();
  }
}
