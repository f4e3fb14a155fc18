/** Handles in any script, the ways people write a profile, and addresses that are not profiles. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForNoPageButton, waitForPageButton } from '../harness/page-button.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const RACER = { platform: 'tiktok', handle: '头文字m', id: '6800000000000000077', followers: 45 } as const;
const ANNA = { platform: 'x', handle: 'anna_atlas', id: '4100000001', followers: 71 } as const;

/** A button without an anchor appears after a second. */
const LONG_ENOUGH = { quiet: 2000 };

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  for (const profile of [RACER, ANNA]) scene.emulator.population({ following: 3, ...profile });
  await scene.saveKey('sociavault');
});
afterAll(() => scene.close());

interface Site {
  readonly __go: (path: string) => Promise<void>;
}

function go(page: Page, path: string): Promise<void> {
  return page.evaluate((to) => (globalThis as unknown as Site).__go(to), path);
}

it.each(['bookmarks', 'followers', 'logged_out', 'premium_sign_up', 'new_route_of_x'])(
  'X’s own page /%s has no button, whether loaded or navigated to from a profile',
  async (path) => {
    const page = await scene.visit(`https://x.com/${path}`);
    await waitForNoPageButton(page, LONG_ENOUGH);
    await go(page, `/${ANNA.handle}`);
    await waitForPageButton(page, 'Get followers');
    await go(page, `/${path}`);
    await waitForNoPageButton(page, LONG_ENOUGH);
    await page.close();
  },
);

it('a post, a picture, and an old address are understood in the field, and have no button', async () => {
  const popup = await scene.browser.openPopupPage();
  const field = popup.getByLabel('Handle or link');
  for (const link of [`https://x.com/${ANNA.handle}/status/1`, `https://x.com/${ANNA.handle}/photo`]) {
    await field.fill(`(${link}),`);
    await popup.getByText(`X: @${ANNA.handle}`, { exact: true }).waitFor();
    const page = await scene.visit(link);
    await waitForNoPageButton(page, LONG_ENOUGH);
    await page.close();
  }
  await field.fill('@no handle');
  await popup.getByText("This isn't an X or TikTok handle or profile link.").waitFor();
  await popup.close();
});

it('a handle in another script can be collected with the button, and its file name contains it', async () => {
  const page = await scene.collect(`https://www.tiktok.com/@${encodeURIComponent(RACER.handle)}`);
  const snapshot = await scene.snapshot(hasEnded);
  expect(snapshot).toMatchObject({
    platform: 'tiktok',
    handle: RACER.handle,
    profileId: RACER.id,
    rows: RACER.followers,
    state: { outcome: { kind: 'complete' } },
  });
  await waitForPageButton(page, 'Complete: 45 accounts');
  const { popup, name, records } = await scene.exportCsv(String(snapshot['id']));
  expect(name).toMatch(/^followledger_tiktok_头文字m_followers_\d{4}-\d\d-\d\d\.csv$/);
  expect(records[0]).toMatchObject({ source_handle: RACER.handle });
  expect(records).toHaveLength(RACER.followers);
  await popup.close();
  await page.close();
});

it('an address with only the ID collects the list of that ID without a lookup', async () => {
  const before = scene.requests('sociavault').length;
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill(`https://x.com/i/user/${ANNA.id}`);
  await popup.getByText(`X: account ID ${ANNA.id}`, { exact: true }).waitFor();
  await popup.getByRole('button', { name: 'Get followers' }).click();
  await popup.getByText('Complete: 71 accounts.').waitFor();
  const sent = scene.requests('sociavault').slice(before);
  expect(sent.map(({ path }) => path)).toEqual([
    '/v1/scrape/twitter/followers',
    '/v1/scrape/twitter/followers',
  ]);
  expect(new Set(sent.map(({ query }) => query['user_id']))).toEqual(new Set([ANNA.id]));
  await popup.close();
});
