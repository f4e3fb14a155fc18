/** The welcome page, and how many clicks lead from it to the first list. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { welcomePage } from '../harness/chromium.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const MOST_CLICKS = 6;

let scene: Scene;
afterEach(() => scene.close());

it('leads to the first list in at most six clicks, and opens only once', async () => {
  scene = await openScene({ keepWelcome: true });
  const { browser, emulator } = scene;
  const page = await welcomePage(browser.context);
  await page.bringToFront();
  let clicks = 0;
  const click = async (target: Locator): Promise<void> => {
    clicks += 1;
    await target.click();
  };
  /** Clicks on the browser itself, which a test cannot make. */
  const browserClicks = 2; // back from the provider's tab; the permission prompt for its host

  const [provider] = await Promise.all([
    browser.context.waitForEvent('page'),
    click(page.getByRole('link', { name: 'Get a key' })),
  ]);
  await provider.close();
  await click(page.getByLabel('API key'));
  await page.keyboard.insertText(emulator.defaultKey('sociavault'));
  await click(page.getByRole('button', { name: 'Save', exact: true }));
  await page.getByRole('button', { name: 'Remove key' }).and(page.locator(':enabled')).waitFor();
  // The field for the handle has the focus: no click is needed.
  const field = page.getByLabel('Handle or link');
  await field.and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText('https://x.com/page_plus');
  await click(page.getByRole('button', { name: 'Get followers' }));
  expect(clicks + browserClicks).toBeLessThanOrEqual(MOST_CLICKS);

  const snapshot = await scene.snapshot(hasEnded);
  expect(snapshot).toMatchObject({ handle: 'page_plus', state: { outcome: { kind: 'complete' } } });
  await page.getByRole('button', { name: 'Open list' }).click();
  await page.getByRole('grid', { name: 'Accounts' }).waitFor();
});

it('does not open again when the browser is restarted', async () => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'followledger-again-'));
  try {
    const first = await openScene({ userDataDir });
    await first.browser.close();
    scene = await openScene({ after: first, userDataDir });
    // The reopened profile reports another install. By the time the popup gets a response, that event has been
    // handled.
    const popup = await scene.browser.openPopupPage();
    await popup.getByText('No lists yet.').waitFor();
    expect(scene.browser.context.pages().filter((page) => page.url().includes('welcome'))).toEqual([]);
  } finally {
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});
