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

/** The browser APIs of an extension page that are used here. */
interface Extension {
  readonly chrome: { readonly storage: { readonly session: { get(): Promise<Record<string, Stored>> } } };
}

/** Navigates without loading a page. */
function go(page: Page, path: string): Promise<void> {
  return page.evaluate((to) => (globalThis as unknown as Site).__go(to), path);
}

/** Makes the page discard and rebuild its content, as single-page apps do. */
function rerender(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as Site).__rerender());
}

/** Goes one step back, and waits until the page is rendered. */
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

/** Performs an action on the page, and counts the Followledger buttons continuously until it is done. */
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

/** The profiles that the provider was asked for: handles if they were looked up, otherwise IDs. */
function requestedProfiles(): string[] {
  const about = scene
    .requests('sociavault')
    .flatMap(({ query }) => query['handle'] ?? query['user_id'] ?? []);
  return Array.from(new Set(about));
}

it('profile, another profile, home, back: there is one button, and it belongs to the displayed profile', async () => {
  const page = await scene.visit(`https://x.com/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  const counts = await countDuring(page, async () => {
    await rerender(page);
    await go(page, `/${BORIS.handle}`);
    await rerender(page);
    await rerender(page);
  });
  expect(Math.max(...counts)).toBe(1);

  // The click starts the profile of the address, not the one that was loaded.
  await clickPageButton(page);
  await scene.snapshot(hasEnded);
  await waitForPageButton(page, 'Complete: 142 accounts');
  expect(requestedProfiles()).not.toContain(ANNA.handle);
  expect(requestedProfiles()).not.toContain(ANNA.id);
  expect(requestedProfiles()).toContain(BORIS.id);

  // And its text is about that profile alone.
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
  expect(requestedProfiles()).toContain(ANNA.id);
  const snapshots = await scene.table('snapshots');
  expect(snapshots.map(({ handle, rows }) => [handle, rows]).sort()).toEqual([
    [ANNA.handle, ANNA.followers],
    [BORIS.handle, BORIS.followers],
  ]);
});

it('tabs of a profile have the button, other pages do not', async () => {
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

it('navigating faster than the page renders leaves one button, for the last profile', async () => {
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

it('a run of another profile is not shown on this profile’s button', async () => {
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

it('page data from the initial load is not used for the next profile', async () => {
  const hints = (): Promise<Stored[]> =>
    scene.watch.evaluate(async () => {
      const { chrome } = globalThis as unknown as Extension;
      const stored = await chrome.storage.session.get();
      return Object.entries(stored).flatMap(([key, value]) => (key.startsWith('hint:') ? [value] : []));
    });
  const page = await scene.visit(`https://x.com/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  // While fresh, it is used: exactly this must not happen for the next profile.
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
