/**
 * The entries in a link's context menu. The menu itself belongs to the system, and a test can't click it without a
 * display: the test dispatches the browser's event for a choice instead. `npm run test:prompts` clicks the real
 * menu.
 */
import type { Worker } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

const ANNA = {
  platform: 'x',
  handle: 'anna_atlas',
  id: '4100000001',
  followers: 142,
  following: 71,
} as const;

interface Background {
  readonly chrome: {
    readonly contextMenus: {
      readonly onClicked: { dispatch(click: object, tab: object): void };
      update(id: string, change: object): Promise<void>;
    };
  };
}

/** The browser APIs of an extension page that are used here. */
interface Extension {
  readonly chrome: {
    readonly runtime: { sendMessage(message: object): Promise<unknown> };
    readonly extension: { getViews(of: { type: 'popup' }): Window[] };
  };
}

const BORIS = { ...ANNA, handle: 'boris_bee', id: '4100000002' } as const;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  scene.emulator.population(ANNA);
  scene.emulator.population(BORIS);
});
afterAll(() => scene.close());

/** The background's worker; a message starts it if necessary. */
async function background(): Promise<Worker> {
  await scene.watch.evaluate(() =>
    (globalThis as unknown as Extension).chrome.runtime.sendMessage({
      name: 'popup.active-profile',
      request: {},
    }),
  );
  return until('the worker', () => Promise.resolve(scene.browser.context.serviceWorkers().at(-1) ?? null));
}

/** Chooses an entry for a link. */
async function choose(menuItemId: 'followers' | 'following', linkUrl: string): Promise<void> {
  const worker = await background();
  await worker.evaluate(
    (click) => {
      const { chrome } = globalThis as unknown as Background;
      chrome.contextMenus.onClicked.dispatch({ ...click, editable: false }, { id: 1 });
    },
    { menuItemId, linkUrl },
  );
}

/** Waits until the popup, which opened automatically, shows the text; returns the value of its field, and closes it. */
async function popupShows(text: string | RegExp): Promise<string | null> {
  let last = 'no popup';
  const field = await until(
    `the popup to show ${String(text)}`,
    async () => {
      const [popup] = await scene.watch.evaluate(() =>
        (globalThis as unknown as Extension).chrome.extension
          .getViews({ type: 'popup' })
          .map(({ document }) => ({
            text: document.querySelector('body')?.innerText ?? '',
            field: document.querySelector('input')?.value ?? null,
          })),
      );
      if (popup === undefined) return null;
      last = popup.text;
      const isShown = typeof text === 'string' ? last.includes(text) : text.test(last);
      return isShown ? { value: popup.field } : null;
    },
    {},
    () => last,
  );
  await scene.watch.evaluate(() => {
    for (const view of (globalThis as unknown as Extension).chrome.extension.getViews({ type: 'popup' }))
      view.close();
  });
  await until('the popup to close', async () => {
    const open = await scene.watch.evaluate(
      () => (globalThis as unknown as Extension).chrome.extension.getViews({ type: 'popup' }).length,
    );
    return open === 0 ? true : null;
  });
  return field.value;
}

it('reports what is missing: a profile or a key', async () => {
  const link = 'https://x.com/i/lists/12';
  await choose('followers', link);
  expect(await popupShows("This isn't an X or TikTok handle or profile link.")).toBe(link);
  // A post is not a profile, so nothing starts; the field shows the post's author.
  const post = `https://x.com/${ANNA.handle}/status/1`;
  await choose('followers', post);
  expect(await popupShows(`X: @${ANNA.handle}`)).toBe(post);
  await choose('followers', `https://x.com/${ANNA.handle}`);
  await popupShows(/To collect on X, add your /);
  expect(await scene.table('snapshots')).toEqual([]);
});

it('reports the same in a tab if no popup opens', async () => {
  const link = 'https://x.com/home?a=1&b=<b>';
  const page = await scene.browser.openExtensionPage(`dashboard.html?for=${encodeURIComponent(link)}`);
  await page.getByText("This isn't an X or TikTok handle or profile link.").waitFor();
  expect(await page.getByLabel('Handle or link').inputValue()).toBe(link);
  await page.close();
});

it('is still there after the background has stopped', async () => {
  await scene.browser.killWorker();
  const worker = await background();
  // The browser refuses to change an entry that does not exist.
  const known = await worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as Background;
    const outcome = await Promise.allSettled(
      ['followers', 'following', 'another'].map((id) => chrome.contextMenus.update(id, {})),
    );
    return outcome.map(({ status }) => status);
  });
  expect(known).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});

it('starts immediately below the limit, shows the run, and opens the existing list the second time', async () => {
  await scene.saveKey('sociavault');
  await choose('following', 'https://twitter.com/Anna_Atlas?s=20');
  await popupShows('Complete: 71 accounts.');
  expect(await scene.snapshot(hasEnded)).toMatchObject({ relation: 'following', rows: 71, platform: 'x' });
  const spent = scene.requests('sociavault').length;
  await choose('following', `https://x.com/${ANNA.handle}`);
  await popupShows('Complete: 71 accounts.');
  expect(scene.requests('sociavault')).toHaveLength(spent);
});

it('asks for approval above the limit, on an extension page', async () => {
  await scene.askAbove('credits', '1');
  await choose('followers', `https://x.com/${BORIS.handle}`);
  await popupShows(/Spend up to \d/);
  const stored = await scene.table('snapshots');
  expect(stored.filter(({ handle }) => handle === BORIS.handle).map(stateOf)).toEqual(['confirming']);
  expect(scene.requests('sociavault').filter(({ path }) => path.endsWith('/followers'))).toEqual([]);
});
