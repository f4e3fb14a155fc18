/**
 * The entries in the browser's menu of a link. The menu itself belongs to the system, which no test can click without
 * a display: a choice is told to the background as the browser tells it. `npm run test:prompts` clicks it for real.
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

/** What a page of the extension has of the browser, as far as it is used here. */
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

/** The background's worker; a message has it start if it is not there. */
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

/** Waits until the popup, which opened by itself, says that; gives what its field holds, and closes it. */
async function popupSays(words: string | RegExp): Promise<string | null> {
  let last = 'no popup';
  const field = await until(
    `the popup to say ${String(words)}`,
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
      const says = typeof words === 'string' ? last.includes(words) : words.test(last);
      return says ? { value: popup.field } : null;
    },
    {},
    () => last,
  );
  await scene.watch.evaluate(() => {
    for (const view of (globalThis as unknown as Extension).chrome.extension.getViews({ type: 'popup' }))
      view.close();
  });
  await until('the popup to be gone', async () => {
    const open = await scene.watch.evaluate(
      () => (globalThis as unknown as Extension).chrome.extension.getViews({ type: 'popup' }).length,
    );
    return open === 0 ? true : null;
  });
  return field.value;
}

it('says what is in the way: no profile, or no key', async () => {
  const link = 'https://x.com/i/lists/12';
  await choose('followers', link);
  expect(await popupSays("This isn't an X or TikTok handle or profile link.")).toBe(link);
  // A post is no profile, so nothing starts; the field says whose post it is.
  const post = `https://x.com/${ANNA.handle}/status/1`;
  await choose('followers', post);
  expect(await popupSays(`X: @${ANNA.handle}`)).toBe(post);
  await choose('followers', `https://x.com/${ANNA.handle}`);
  await popupSays(/To collect on X, add your /);
  expect(await scene.table('snapshots')).toEqual([]);
});

it('says the same in a tab, where no popup opens', async () => {
  const link = 'https://x.com/home?a=1&b=<b>';
  const page = await scene.browser.openExtensionPage(`dashboard.html?for=${encodeURIComponent(link)}`);
  await page.getByText("This isn't an X or TikTok handle or profile link.").waitFor();
  expect(await page.getByLabel('Handle or link').inputValue()).toBe(link);
  await page.close();
});

it('is still there when the background has ended', async () => {
  await scene.browser.killWorker();
  const worker = await background();
  // The browser refuses to change an entry that it does not have.
  const known = await worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as Background;
    const outcome = await Promise.allSettled(
      ['followers', 'following', 'another'].map((id) => chrome.contextMenus.update(id, {})),
    );
    return outcome.map(({ status }) => status);
  });
  expect(known).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});

it('starts at once below the limit, shows the run, and opens what is there the second time', async () => {
  await scene.saveKey('sociavault');
  await choose('following', 'https://twitter.com/Anna_Atlas?s=20');
  await popupSays('Complete: 71 accounts.');
  expect(await scene.snapshot(hasEnded)).toMatchObject({ relation: 'following', rows: 71, platform: 'x' });
  const spent = scene.requests('sociavault').length;
  await choose('following', `https://x.com/${ANNA.handle}`);
  await popupSays('Complete: 71 accounts.');
  expect(scene.requests('sociavault')).toHaveLength(spent);
});

it('asks above the limit, in our own page', async () => {
  await scene.askAbove('credits', '1');
  await choose('followers', `https://x.com/${BORIS.handle}`);
  await popupSays(/Spend up to \d/);
  const stored = await scene.table('snapshots');
  expect(stored.filter(({ handle }) => handle === BORIS.handle).map(stateOf)).toEqual(['confirming']);
  expect(scene.requests('sociavault').filter(({ path }) => path.endsWith('/followers'))).toEqual([]);
});
