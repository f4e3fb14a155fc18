/**
 * Parts of the browser itself that a test can't reach without a display: the host permission prompt and a link's
 * context menu. Keys are pressed on a virtual display.
 */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import { differing, openDisplay, type Display, type Picture } from '../harness/display.ts';
import { until } from '../harness/until.ts';
import { showKeyForm } from '../harness/options-page.ts';

const ANNA = { platform: 'x', handle: 'anna_atlas', id: '4100000001', followers: 71, following: 3 } as const;
const BORIS = { ...ANNA, handle: 'boris_bee', id: '4100000002' } as const;
const HOST = 'https://api.sociavault.com/*';
const LIST_PAGE = '/v1/scrape/twitter/followers';
const FOLLOWING_PAGE = '/v1/scrape/twitter/followings';
const DENIED = /You didn't allow access to https:\/\/api\.sociavault\.com, so nothing was sent/;
const WITHDRAWN = /Followledger isn't allowed to access https:\/\/api\.sociavault\.com/;

interface Extension {
  readonly chrome: {
    readonly permissions: {
      contains(of: { origins: string[] }): Promise<boolean>;
      remove(of: { origins: string[] }): Promise<boolean>;
    };
  };
}

let display: Display;
let emulator: Emulator;
let browser: Chromium;
let options: Page;

beforeAll(async () => {
  display = await openDisplay();
  process.env['DISPLAY'] = display.name;
  emulator = await startEmulator();
  emulator.population(ANNA);
  emulator.population(BORIS);
  // The production build: no host is granted.
  browser = await launchChromium({
    extensionDir: buildFolder('chrome'),
    tlsPort: emulator.tlsPort,
    locale: 'en-US',
    headless: false,
    colorScheme: 'dark',
    viewport: null,
  });
  options = await browser.openOptions();
});

afterAll(async () => {
  await browser.close();
  await emulator.close();
  await display.close();
});

function region() {
  return options.getByRole('region', { name: 'SociaVault', exact: true });
}

function hasHostPermission(): Promise<boolean> {
  return options.evaluate(
    (host) => (globalThis as unknown as Extension).chrome.permissions.contains({ origins: [host] }),
    HOST,
  );
}

function requested(): number {
  return emulator.log.filter(({ provider }) => provider === 'sociavault').length;
}

/**
 * After a prompt appears, Chromium ignores input for this long, to prevent accidental answers; no event reports
 * when that is over. Milliseconds.
 */
const IGNORES_INPUT_FOR = 1000;

/** The minimum number of pixels that a prompt covers; a click changes far fewer in the page itself. */
const PROMPT_PIXELS = 25_000;

/** Waits until two consecutive screenshots are equal and differ from the earlier one as `isThere` requires. */
async function stableScreenshot(what: string, isThere: (now: Picture) => boolean): Promise<Picture> {
  let last: Picture | null = null;
  return until(
    what,
    async () => {
      const now = await display.picture();
      const isStill = last !== null && now.equals(last);
      last = now;
      return isStill && isThere(now) ? now : null;
    },
    { interval: 150 },
  );
}

/**
 * Clicks a button that makes the browser show a prompt, and answers with the given keys. The prompt is part of the
 * browser's own window, which no program can inspect: it is detected as a light surface on the dark page. The
 * page's next message shows that it was answered.
 */
async function clickAndAnswer(button: string, ...keys: readonly string[]): Promise<void> {
  await options.bringToFront();
  const before = await stableScreenshot('the page to be rendered', () => true);
  await region().getByRole('button', { name: button, exact: true }).click();
  await stableScreenshot(
    'the prompt of the browser to appear',
    (now) => differing(before, now) > PROMPT_PIXELS,
  );
  await new Promise((resolve) => setTimeout(resolve, IGNORES_INPUT_FOR));
  await display.press(...keys);
}

const ALLOW_KEYS = ['Tab', 'Return'] as const;
const DENY_KEYS = ['Escape'] as const;

it('denied: nothing is sent or saved, and the settings report it', async () => {
  await region().getByLabel('API key').fill(emulator.defaultKey('sociavault'));
  await clickAndAnswer('Save', ...DENY_KEYS);
  await region().getByText(DENIED).waitFor();
  expect(await hasHostPermission()).toBe(false);
  expect(requested()).toBe(0);
  expect(await region().getByRole('button', { name: 'Remove key' }).isDisabled()).toBe(true);
});

it('granted: the key is tested and saved, and only that host may be accessed', async () => {
  await clickAndAnswer('Save', ...ALLOW_KEYS);
  await region()
    .getByText(/The key works and is saved\./)
    .waitFor();
  expect(await hasHostPermission()).toBe(true);
  expect(requested()).toBeGreaterThan(0);
  const { origins } = await options.evaluate(() =>
    (
      globalThis as unknown as { chrome: { permissions: { getAll(): Promise<{ origins: string[] }> } } }
    ).chrome.permissions.getAll(),
  );
  expect(origins.filter((origin) => !/(?:x|twitter|tiktok)\.com\/\*$/.test(origin))).toEqual([HOST]);
});

it('revoked during a collection: the run stops, both pages report it, and it resumes when access is allowed again', async () => {
  let pages = 0;
  const hold = emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === 1, 'decided');
  const popup = await browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill(`@${ANNA.handle}`);
  await popup.getByRole('button', { name: 'Get followers' }).click();
  await hold.arrived;
  await options.evaluate(
    (host) => (globalThis as unknown as Extension).chrome.permissions.remove({ origins: [host] }),
    HOST,
  );
  hold.release();
  await popup.getByText(WITHDRAWN).first().waitFor();
  await region().getByText(WITHDRAWN).waitFor();
  expect(await hasHostPermission()).toBe(false);

  // A permission that an extension removed itself is granted again by Chromium without a prompt.
  await options.bringToFront();
  await region().getByRole('button', { name: 'Allow' }).click();
  await region().getByText(WITHDRAWN).waitFor({ state: 'detached' });
  await popup.getByText('Complete: 71 accounts.').first().waitFor();
  await popup.close();
});

it('the context menu of a link starts the chosen list of the profile in the link', async () => {
  const page = await browser.context.newPage();
  await page.goto('https://x.com/home');
  const place = await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = 'somebody else';
    link.style.cssText = 'position:fixed;inset:200px auto auto 200px;font-size:40px;z-index:9999';
    document.body.append(link);
    const { x, y, width, height } = link.getBoundingClientRect();
    return { x: screenX + x + width / 2, y: screenY + outerHeight - innerHeight + y + height / 2 };
  }, `https://x.com/${BORIS.handle}`);
  await page.bringToFront();
  const before = await display.windows();
  const opened = (more: number) => async () => ((await display.windows()) >= before + more ? true : null);
  await display.click(place.x, place.y, 'right');
  await until('the menu', opened(1));
  // From the end: the last entry inspects the page; the extension's entries are before it, in a submenu.
  await display.press('Up', 'Up', 'Right');
  await until('the submenu', opened(2));
  await display.press('Down', 'Return');
  await until('the list to be requested', async () =>
    emulator.log.some(({ path, query }) => path === FOLLOWING_PAGE && query['user_id'] === BORIS.id)
      ? true
      : null,
  );
  await page.close();
});

it('the permission is removed with the key', async () => {
  await options.bringToFront();
  await showKeyForm(region());
  await region().getByRole('button', { name: 'Remove key' }).click();
  await region().getByText('No key').first().waitFor();
  await until('the permission to be removed', async () => ((await hasHostPermission()) ? null : true));
});
