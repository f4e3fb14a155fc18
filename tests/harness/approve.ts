import type { Page } from 'playwright';

/** In the card that asks for approval: chooses the whole list, and approves its price. */
export async function approveAll(page: Page): Promise<void> {
  await page
    .getByRole('radiogroup', { name: 'How much to collect' })
    .getByRole('radio', { name: 'All' })
    .check();
  await page.getByRole('button', { name: /^Spend up to/ }).click();
}
