/** Tabs that are open while the extension goes and comes: removed, installed, updated. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  clickPageButton,
  pageButtons,
  waitForNoPageButton,
  waitForPageButton,
} from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { openScene, type Scene } from './scene.ts';

const ANNA = { platform: 'x', handle: 'anna_atlas', id: '4100000001', followers: 71, following: 3 } as const;
const PROFILE = `https://x.com/${ANNA.handle}`;

/** What a page of the extension has of the browser, as far as it is used here. */
interface Extension {
  readonly chrome: {
    readonly runtime: { reload(): void };
    readonly management: { uninstallSelf(): Promise<void> };
  };
}

interface Site {
  readonly __go: (path: string) => Promise<void>;
}

let scene: Scene;
/** A profile and another page of the site: both stay open all the time, and are never loaded again. */
let profile: Page;
let home: Page;

beforeAll(async () => {
  scene = await openScene({ loadsAgain: true });
  scene.emulator.population(ANNA);
  profile = await scene.visit(PROFILE);
  home = await scene.visit('https://x.com/home');
  await waitForPageButton(profile, 'Get followers');
  for (const page of [profile, home]) {
    await page.evaluate(() => {
      document.documentElement.dataset['neverLoadedAgain'] = 'true';
    });
  }
});

afterAll(async () => {
  await scene.close();
});

/** Has the extension do something that ends all its pages. */
async function endingAct(act: (extension: Extension) => unknown): Promise<void> {
  const page = await scene.browser.openOptions();
  const gone = page.waitForEvent('close');
  // The page that asks is gone before it could be answered.
  await Promise.all([gone, page.evaluate(`(${act.toString()})(globalThis)`).catch(() => undefined)]);
}

/** Goes to the profile without a load, and gives the number of buttons there. */
async function buttonsAfterGoing(page: Page): Promise<number> {
  await page.evaluate((path) => (globalThis as unknown as Site).__go(path), `/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  return (await pageButtons(page)).length;
}

it('removing it takes the button out of open pages', async () => {
  await endingAct(({ chrome }) => chrome.management.uninstallSelf());
  await waitForNoPageButton(profile);
  await home.evaluate((path) => (globalThis as unknown as Site).__go(path), `/${ANNA.handle}`);
  await waitForNoPageButton(home);
  await home.evaluate(() => (globalThis as unknown as Site).__go('/home'));
});

it('installing it puts the button into tabs that were open before', async () => {
  await scene.browser.loadAgain();
  await waitForPageButton(profile, 'Get followers');
  expect(await buttonsAfterGoing(home)).toBe(1);
  await home.evaluate(() => (globalThis as unknown as Site).__go('/home'));
  await waitForNoPageButton(home);
});

it('an update leaves one button, which works', async () => {
  await endingAct(({ chrome }) => {
    chrome.runtime.reload();
  });
  await until('the new background', async () => ((await scene.browser.workerIsAlive()) ? true : null));
  expect(await buttonsAfterGoing(home)).toBe(1);
  await scene.saveKey('sociavault');
  await profile.bringToFront();
  await clickPageButton(profile, 'Get followers');
  await waitForPageButton(profile, 'Complete: 71 accounts');
  for (const page of [profile, home]) {
    expect(await page.evaluate(() => document.documentElement.dataset['neverLoadedAgain'])).toBe('true');
  }
});
