/** The pages Compare lists and Find account, with lists that share accounts. */
import type { Page } from 'playwright';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { seedList, seededAccounts, type ListOptions } from '../bench/seed.ts';
import { inPage, narrow, shoot, wide, zoomed, type Studio } from './studio.ts';

const SEQUENCE = { pageSize: 70, handle: 'shared_research', sequence: 9000 } as const;
/** One profile over time: each list shares a part with the others. The last one is partial. */
const LISTS: readonly ListOptions[] = [
  { ...SEQUENCE, rows: 6000, offset: 3000, name: 'Shared Research' },
  { ...SEQUENCE, rows: 5200, offset: 2100, name: 'Shared Research' },
  { ...SEQUENCE, rows: 5600, offset: 900, name: 'Shared Research' },
  {
    ...SEQUENCE,
    rows: 2800,
    offset: 0,
    name: 'Shared Research',
    expected: 84_210,
    state: { kind: 'ended', outcome: { kind: 'stopped' } },
  },
  // The same accounts as another list, of another profile: it shares none.
  { rows: 940, pageSize: 70, handle: 'the_society_for_unusually_long_names', name: 'A Society' },
];

async function rightToLeft(page: Page, work: () => Promise<void>): Promise<void> {
  const turn = (dir: 'ltr' | 'rtl') =>
    page.evaluate((to) => {
      document.documentElement.dir = to;
    }, dir);
  await turn('rtl');
  await work();
  await turn('ltr');
}

const PARTS = ['Lists', 'Combinations', 'Pairs'] as const;

async function shootParts(
  studio: Studio,
  page: Page,
  name: string,
  parts: readonly (typeof PARTS)[number][] = PARTS,
): Promise<void> {
  for (const size of [wide, narrow, zoomed]) {
    await page.setViewportSize(size);
    for (const part of parts) {
      await page.getByRole('heading', { name: part, exact: true }).evaluate((heading) => {
        heading.scrollIntoView({ block: 'start' });
      });
      await shoot(studio, page, `${name}-${part.toLowerCase()}`, size);
    }
  }
}

async function shootCompare(studio: Studio, ids: readonly SnapshotId[]): Promise<void> {
  await inPage(
    studio,
    `dashboard.html?view=compare&lists=${ids.join(',')}`,
    async (page) => {
      await page.locator('.upset li').first().waitFor();
      for (const size of [wide, narrow, zoomed]) await shoot(studio, page, 'compare', size);
      await shootParts(studio, page, 'compare');
      await rightToLeft(page, () => shootParts(studio, page, 'compare-right-to-left'));
      await page.getByRole('button', { name: 'Combinations as a table' }).click();
      await page.locator('.upset').waitFor({ state: 'detached' });
      await shootParts(studio, page, 'compare-table', ['Combinations']);
      await page.getByRole('button', { name: 'Choose lists' }).click();
      await page.getByRole('heading', { name: 'Compare lists' }).evaluate((heading) => {
        heading.scrollIntoView({ block: 'end' });
      });
      for (const size of [wide, narrow, zoomed]) await shoot(studio, page, 'compare-choice', size);
    },
    wide,
  );
}

async function shootFind(studio: Studio): Promise<void> {
  const [options] = LISTS;
  const [account] = options === undefined ? [] : await seededAccounts(studio.browser, options, 40, 1);
  await inPage(
    studio,
    `dashboard.html?view=find&for=${encodeURIComponent(`@${account?.handle ?? ''}`)}`,
    async (page) => {
      const found = page.getByRole('list', { name: 'Lists with the account' });
      await found.getByRole('listitem').nth(2).waitFor();
      await page.getByText('In 3 lists:').waitFor();
      for (const size of [wide, narrow, zoomed]) await shoot(studio, page, 'find', size);
      await rightToLeft(page, async () => {
        for (const size of [wide, narrow, zoomed]) await shoot(studio, page, 'find-right-to-left', size);
      });
      await page.getByLabel('Handle, link, or ID').fill('@nobody_here');
      await page.keyboard.press('Enter');
      await page.getByText('No list contains').waitFor();
      await shoot(studio, page, 'find-none', wide);
    },
    wide,
  );
}

/** Writes lists that share accounts, and takes both pages. */
export async function shootComparedLists(studio: Studio): Promise<void> {
  const ids: SnapshotId[] = [];
  for (const options of LISTS) ids.push(await seedList(studio.browser, options));
  await shootCompare(studio, ids);
  await shootFind(studio);
}
