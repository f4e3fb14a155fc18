import type { Locator, Page } from 'playwright';
import type { Chromium } from './chromium.ts';
import { useFromPages } from './used-from-pages.ts';

/** Shows the form of a provider on the options page: a provider with a saved key is folded to a row. */
export async function showKeyForm(region: Locator): Promise<void> {
  await region.waitFor();
  const edit = region.getByRole('button', { name: 'Edit', exact: true, expanded: false });
  if (await edit.isVisible()) await edit.click();
}

/**
 * Saves a provider's key as a user does: types it into the options page and clicks `Save`. If the key is not saved,
 * rejects with the region's message. Clicks on pages then start immediately.
 */
export async function saveKey(browser: Chromium, providerName: string, key: string): Promise<void> {
  const page: Page = await browser.openOptions();
  try {
    const region = page.getByRole('region', { name: providerName, exact: true });
    await showKeyForm(region);
    await region.getByLabel('API key').fill(key);
    await region.getByRole('button', { name: 'Save', exact: true }).click();
    try {
      await region.getByRole('button', { name: 'Remove key' }).and(page.locator(':enabled')).waitFor();
    } catch (error) {
      const message = (await region.getByRole('status').allInnerTexts()).join(' ').trim();
      throw new Error(
        `The options page did not save the key of ${providerName}: ${message || 'no message'}`,
        {
          cause: error,
        },
      );
    }
    await useFromPages(page);
  } finally {
    await page.close();
  }
}
