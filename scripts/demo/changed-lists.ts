/** Two lists of a profile that gained and lost followers in between. */
import type { Page } from 'playwright';
import { inPage, narrow, shoot, wide, zoomed, type Studio } from './studio.ts';

const HANDLE = 'changing';

function population({ emulator }: Studio, offset: number, followers: number): void {
  emulator.population({ platform: 'x', handle: HANDLE, followers, following: 0, offset });
}

function ended(page: Page, accounts: number): Promise<void> {
  return page
    .getByText(`Complete: ${String(accounts)} accounts.`)
    .first()
    .waitFor({ timeout: 60_000 });
}

/** Collects the profile twice and takes the tab Changes. Needs a saved key. */
export async function shootChanges(studio: Studio): Promise<void> {
  population(studio, 20, 180);
  await inPage(
    studio,
    `dashboard.html?for=${encodeURIComponent(`https://x.com/${HANDLE}`)}`,
    async (page) => {
      await page.getByRole('button', { name: 'Get followers' }).click();
      await page.getByRole('button', { name: 'Open list' }).click();
      await ended(page, 180);
      population(studio, 0, 190);
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Collect again' }).click();
      await ended(page, 190);
      await page.getByRole('tab', { name: 'Changes' }).click();
      await page.getByRole('region', { name: 'Changes' }).getByRole('row').nth(2).waitFor();
      for (const size of [wide, narrow, zoomed]) await shoot(studio, page, 'changes-tab', size);
    },
    wide,
  );
}
