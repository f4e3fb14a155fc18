import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  clickPageButton,
  pageButtons,
  waitForNoPageButton,
  waitForPageButton,
} from '../harness/page-button.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const ANNA = { handle: 'anna_atlas', id: '4100000001', followers: 71 };
const BORIS = { handle: 'boris_bee', id: '4100000002', followers: 142 };
const LIST_PAGE = '/v1/scrape/twitter/followers';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  for (const profile of [ANNA, BORIS]) {
    scene.emulator.population({ platform: 'x', following: 3, ...profile });
  }
  await scene.saveKey('sociavault');
});
afterEach(() => scene.close());

interface Site {
  readonly __go: (path: string) => Promise<void>;
  readonly __rerender: () => Promise<void>;
}

type Stored = Readonly<Record<string, unknown>>;

/** What a page of the extension has of the browser, as far as it is used here. */
interface Extension {
  readonly chrome: { readonly storage: { readonly session: { get(): Promise<Record<string, Stored>> } } };
}

/** Goes elsewhere without a load. */
function go(page: Page, path: string): Promise<void> {
  return page.evaluate((to) => (globalThis as unknown as Site).__go(to), path);
}

/** Has the page thrown away and built anew, as single-page apps do. */
function rerender(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as Site).__rerender());
}

/** One step back, and until the page is drawn. */
async function back(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        addEventListener('popstate', () => resolve(), { once: true });
        history.back();
      }),
  );
  await page.locator('html:not([data-drawing])').waitFor({ state: 'attached' });
}

/** Does something to the page, and counts our buttons over and over until it is done. */
async function countDuring(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  const counts: number[] = [];
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  do counts.push((await pageButtons(page)).length);
  while (!isDone);
  await done;
  return counts;
}

/** Whom the provider was asked about: handles where they were looked up, else ids. */
function askedAbout(): string[] {
  const about = scene
    .requests('sociavault')
    .flatMap(({ query }) => query['handle'] ?? query['user_id'] ?? []);
  return Array.from(new Set(about));
}

it('profile, another profile, home, back: one button, and it means the profile that is shown', async () => {
  const page = await scene.visit(`https://x.com/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  const counts = await countDuring(page, async () => {
    await rerender(page);
    await go(page, `/${BORIS.handle}`);
    await rerender(page);
    await rerender(page);
  });
  expect(Math.max(...counts)).toBe(1);

  // The click asks for the profile of the address, not for the one that was loaded.
  await clickPageButton(page);
  await scene.snapshot(hasEnded);
  await waitForPageButton(page, 'Complete: 142 accounts');
  expect(askedAbout()).not.toContain(ANNA.handle);
  expect(askedAbout()).not.toContain(ANNA.id);
  expect(askedAbout()).toContain(BORIS.id);

  // And what it says is about that profile alone.
  await go(page, `/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  await go(page, '/home');
  await waitForNoPageButton(page);
  await back(page);
  await waitForPageButton(page, 'Get followers');
  await back(page);
  await waitForPageButton(page, 'Complete: 142 accounts');
  await rerender(page);
  await waitForPageButton(page, 'Complete: 142 accounts');
  await go(page, `/${ANNA.handle}`);
  await clickPageButton(page, 'Get followers');
  await waitForPageButton(page, 'Complete: 71 accounts');
  expect(askedAbout()).toContain(ANNA.id);
  const snapshots = await scene.table('snapshots');
  expect(snapshots.map(({ handle, rows }) => [handle, rows]).sort()).toEqual([
    [ANNA.handle, ANNA.followers],
    [BORIS.handle, BORIS.followers],
  ]);
});

it('tabs of a profile carry the button, other pages do not', async () => {
  const page = await scene.visit('https://x.com/home');
  await waitForNoPageButton(page);
  for (const tab of ['', '/with_replies', '/media', '/followers', '/following']) {
    await go(page, `/${ANNA.handle}${tab}`);
    await waitForPageButton(page, 'Get followers');
    await rerender(page);
    await waitForPageButton(page, 'Get followers');
  }
  for (const path of [`/${ANNA.handle}/status/1`, '/explore', '/home', '/i/lists/12', '/settings/account']) {
    await go(page, `/${BORIS.handle}`);
    await waitForPageButton(page, 'Get followers');
    await go(page, path);
    await waitForNoPageButton(page);
    await rerender(page);
    await waitForNoPageButton(page);
  }
});

it('profiles that follow each other faster than the page is drawn leave one button, of the last', async () => {
  const page = await scene.visit(`https://x.com/${ANNA.handle}`);
  const counts = await countDuring(page, () =>
    page.evaluate(
      ([one, other]) => {
        const site = globalThis as unknown as Site;
        const last = Array.from({ length: 12 }, (_, turn) =>
          site.__go(`/${(turn % 2 === 0 ? one : other) ?? ''}`),
        );
        return last.at(-1);
      },
      [ANNA.handle, BORIS.handle],
    ),
  );
  expect(Math.max(...counts)).toBeLessThanOrEqual(1);
  await clickPageButton(page);
  expect(await scene.snapshot(hasEnded)).toMatchObject({ handle: BORIS.handle, rows: BORIS.followers });
});

it('what happens to another profile’s run is not said on this profile’s button', async () => {
  let pages = 0;
  const hold = scene.emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === 2);
  const page = await scene.collect(`https://x.com/${BORIS.handle}`);
  await hold.arrived;
  await waitForPageButton(page, 'Collecting');
  await go(page, `/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  hold.release();
  await scene.snapshot(hasEnded);
  await rerender(page);
  await waitForPageButton(page, 'Get followers');
  await go(page, `/${BORIS.handle}`);
  await waitForPageButton(page, 'Complete: 142 accounts');
});

it('what the page said of itself when it was loaded is not used for the profile after it', async () => {
  const hints = (): Promise<Stored[]> =>
    scene.watch.evaluate(async () => {
      const { chrome } = globalThis as unknown as Extension;
      const stored = await chrome.storage.session.get();
      return Object.entries(stored).flatMap(([key, value]) => (key.startsWith('hint:') ? [value] : []));
    });
  const page = await scene.visit(`https://x.com/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  // Fresh, it is used: this is what must not happen to the next profile.
  await expect
    .poll(hints)
    .toEqual([expect.objectContaining({ handle: ANNA.handle, followers: ANNA.followers })]);

  await go(page, `/${BORIS.handle}`);
  await waitForPageButton(page, 'Get followers');
  expect(await page.locator('script[data-testid="UserProfileSchema-test"]').textContent()).toContain(ANNA.id);
  await expect.poll(hints).toEqual([]);
  await clickPageButton(page);
  expect(await scene.snapshot(hasEnded)).toMatchObject({
    handle: BORIS.handle,
    profileId: BORIS.id,
    expected: BORIS.followers,
    rows: BORIS.followers,
  });
  const lookups = scene.requests('sociavault').filter(({ path }) => path === '/v1/scrape/twitter/profile');
  expect(lookups.map(({ query }) => query['handle'])).toEqual([BORIS.handle]);
  const ids = scene
    .requests('sociavault')
    .flatMap(({ path, query }) => (path === LIST_PAGE ? (query['user_id'] ?? []) : []));
  expect(new Set(ids)).toEqual(new Set([BORIS.id]));
});
