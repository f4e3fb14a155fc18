/** Tabs that stay open while the extension is removed, installed, and updated. */
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

/** The browser APIs of an extension page that are used here. */
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
/** A profile and another page of the site: both stay open all the time, and are never reloaded. */
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

/** Makes the extension do something that closes all its pages. */
async function runAndCloseExtension(act: (extension: Extension) => unknown): Promise<void> {
  const page = await scene.browser.openOptions();
  const removed = page.waitForEvent('close');
  // The page that sends the message is closed before it can get a response.
  await Promise.all([removed, page.evaluate(`(${act.toString()})(globalThis)`).catch(() => undefined)]);
}

/** Navigates to the profile without loading it, and returns the number of buttons there. */
async function buttonsAfterGoing(page: Page): Promise<number> {
  await page.evaluate((path) => (globalThis as unknown as Site).__go(path), `/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  return (await pageButtons(page)).length;
}

it('removing the extension removes the button from open pages', async () => {
  await runAndCloseExtension(({ chrome }) => chrome.management.uninstallSelf());
  await waitForNoPageButton(profile);
  await home.evaluate((path) => (globalThis as unknown as Site).__go(path), `/${ANNA.handle}`);
  await waitForNoPageButton(home);
  await home.evaluate(() => (globalThis as unknown as Site).__go('/home'));
});

it('installing the extension adds the button to tabs that were already open', async () => {
  await scene.browser.loadAgain();
  await waitForPageButton(profile, 'Get followers');
  expect(await buttonsAfterGoing(home)).toBe(1);
  await home.evaluate(() => (globalThis as unknown as Site).__go('/home'));
  await waitForNoPageButton(home);
});

it('an update leaves one button, which works', async () => {
  await runAndCloseExtension(({ chrome }) => {
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
