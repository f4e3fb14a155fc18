/** Actions on a list that is open in the dashboard. */
import type { Page } from 'playwright';

export async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tab', { name, selected: true }).waitFor();
}

export async function deleteList(page: Page): Promise<void> {
  await showTab(page, 'Receipt');
  await page.getByRole('button', { name: 'Delete list' }).click();
}
