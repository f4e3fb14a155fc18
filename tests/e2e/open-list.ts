/** Actions on a list that is open in the dashboard. */
import type { Page } from 'playwright';
import { until } from '../harness/until.ts';

export async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tab', { name, selected: true }).waitFor();
}

/** Chooses an item of the list's menu. */
export async function chooseFromMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name }).click();
}

export async function deleteList(page: Page): Promise<void> {
  await chooseFromMenu(page, 'Delete list');
}

/** Waits until the element with the focus has this text or accessible name. */
export async function expectFocusOn(page: Page, text: string): Promise<void> {
  let found = '';
  await until(
    `the focus to be on ${text}`,
    async () => {
      found = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
      });
      return found === text ? true : null;
    },
    { timeout: 5_000, interval: 50 },
    () => found.slice(0, 100),
  );
}
