/** When accounts followed: in lists that an older version collected, and in new ones, without a request for it. */
import { afterEach, expect, it } from 'vitest';
import { storedDatabase, writeDatabase, type StoredDatabase } from '../harness/stored-database.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const ANSWERED = 1_794_648_600_020;
const DAY = 86_400_000;
/** The cursors of the stored list, and the times that they state: X's own, as its provider passes them on. */
const TIMES: Readonly<Record<string, number>> = { c1: ANSWERED - 2 * DAY, c2: ANSWERED - 5 * DAY };

function cursorOf(stored: unknown): string | null {
  const time = TIMES[String(stored)];
  return time === undefined ? null : `${String(BigInt(time) << 20n)}|2126617782828138512`;
}

/** A time as cells show it; those of the list are in whole minutes. */
function minuteOf(time: number): string {
  return new Intl.DateTimeFormat('en-US', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(time);
}

/** The database of version 2, with its one ended list as if it had been collected from X. */
async function collectedEarlier(): Promise<StoredDatabase> {
  const stored = await storedDatabase(2);
  const stores = stored.stores.map((table) => ({
    ...table,
    rows: table.rows.map((row) => {
      const { cursor, next, ...rest } = row as Record<string, unknown>;
      const isOfList = String(rest['snapshotId']).endsWith('a');
      if (!isOfList || !('sha256' in rest)) return row;
      return { ...rest, cursor: cursorOf(cursor), next: cursorOf(next) };
    }),
  }));
  return { ...stored, stores };
}

it('a list of an older version has follow times after the update, and nothing is sent', async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  const { watch, browser, emulator } = scene;
  await watch.goto(`chrome-extension://${browser.extensionId}/manifest.json`);
  await watch.evaluate(writeDatabase, { name: 'followledger', stored: await collectedEarlier() });
  await browser.killWorker();
  const page = await browser.openExtensionPage('dashboard.html?list=00000000-0000-4000-8000-00000000000a');
  const rows = page.getByRole('grid', { name: 'Accounts' }).getByRole('row');
  await rows.nth(5).click();
  const details = page.getByRole('complementary', { name: 'Account' });
  const followed = details.locator('div', { has: page.getByText('Followed, or followed again') });
  // The fifth account is on the second page, between the two cursors.
  await followed.getByText(/^between .* and .*2026$/).waitFor();
  await page.keyboard.press('Escape');

  // As columns, which sort, and as a filter, which is in the address.
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByLabel('Followed after').check();
  await page.getByLabel('Followed before').check();
  await page.keyboard.press('Escape');
  const header = page.getByRole('columnheader', { name: 'Followed after', exact: true });
  await rows
    .nth(5)
    .getByText(minuteOf(ANSWERED - 4 * DAY), { exact: true })
    .waitFor();
  await rows
    .nth(5)
    .getByText(minuteOf(ANSWERED - 2 * DAY), { exact: true })
    .waitFor();
  // From the latest, then from the earliest, which only its creation limits.
  await header.getByRole('button', { name: 'Followed after', exact: true }).click();
  await header.getByRole('button', { name: 'Followed after', exact: true }).click();
  await rows
    .nth(1)
    .getByText(minuteOf(ANSWERED - 6 * DAY), { exact: true })
    .waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Followed between' }).click();
  await page.getByLabel('Followed between, from').fill('2026-11-09');
  await page.getByLabel('Followed between, to').fill('2026-11-12');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('3 of 7', { exact: true }).waitFor();
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('followed')).toBe('2026-11-09..2026-11-12');
  expect(searchParams.get('sort')).toBe('followedAfter');
  // The browser itself sends some, but none to a provider.
  expect(emulator.log.filter(({ provider }) => provider !== null)).toEqual([]);
});

it('a new list has the follow times that the platform knows', async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  const population = scene.emulator.population({
    platform: 'x',
    handle: 'timely_tim',
    followers: 200,
    following: 0,
  });
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/timely_tim');
  const { id } = await scene.snapshot(hasEnded);
  const page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
  const rows = page.getByRole('grid', { name: 'Accounts' }).getByRole('row');
  await rows.nth(1).click();
  const details = page.getByRole('complementary', { name: 'Account' });
  const text = await details.getByText(/^between /).textContent();
  const [, after = '', before = ''] = /^between (.*) and (.*)$/.exec(text ?? '') ?? [];
  const truth = population.followedAt('followers', 0);
  expect(Date.parse(`${after} UTC`)).toBeLessThanOrEqual(truth);
  expect(Date.parse(`${before} UTC`) + DAY).toBeGreaterThanOrEqual(truth);
});
