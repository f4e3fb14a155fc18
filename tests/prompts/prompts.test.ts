/**
 * What is the browser's own and cannot be reached without a display: the question whether a host may be reached, and the
 * menu of a link. Keys are pressed on a display that nobody sees.
 */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import { differing, openDisplay, type Display, type Picture } from '../harness/display.ts';
import { until } from '../harness/until.ts';

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
  // The build as it is: no host is granted.
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

function mayReach(): Promise<boolean> {
  return options.evaluate(
    (host) => (globalThis as unknown as Extension).chrome.permissions.contains({ origins: [host] }),
    HOST,
  );
}

function asked(): number {
  return emulator.log.filter(({ provider }) => provider === 'sociavault').length;
}

/**
 * For so long after a question appears Chromium takes no answer to it, so that nobody answers by accident; nothing tells
 * when that is over. Milliseconds.
 */
const UNANSWERABLE = 1000;

/** Pixels that a question covers at least; what the page itself changes at a click is far less. */
const QUESTION = 25_000;

/** Waits until two looks at the screen in a row are the same, and differ as `isThere` wants it from before. */
async function stillScreen(what: string, isThere: (now: Picture) => boolean): Promise<Picture> {
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
 * Clicks a button that makes the browser ask, and answers with those keys. The question is a part of the browser's own
 * window, which no program can look into: it is seen as a light surface on the dark page. That it was answered is seen
 * by what the page says then.
 */
async function answering(button: string, ...keys: readonly string[]): Promise<void> {
  await options.bringToFront();
  const before = await stillScreen('the page to be drawn', () => true);
  await region().getByRole('button', { name: button, exact: true }).click();
  await stillScreen('the browser to ask', (now) => differing(before, now) > QUESTION);
  await new Promise((resolve) => setTimeout(resolve, UNANSWERABLE));
  await display.press(...keys);
}

const ALLOW = ['Tab', 'Return'] as const;
const DENY = ['Escape'] as const;

it('denied: nothing is sent or saved, and the settings say so', async () => {
  await region().getByLabel('API key').fill(emulator.defaultKey('sociavault'));
  await answering('Save', ...DENY);
  await region().getByText(DENIED).waitFor();
  expect(await mayReach()).toBe(false);
  expect(asked()).toBe(0);
  expect(await region().getByRole('button', { name: 'Remove key' }).isDisabled()).toBe(true);
});

it('granted: the key is tested and saved, and that host alone may be reached', async () => {
  await answering('Save', ...ALLOW);
  await region()
    .getByText(/The key works and is saved\./)
    .waitFor();
  expect(await mayReach()).toBe(true);
  expect(asked()).toBeGreaterThan(0);
  const { origins } = await options.evaluate(() =>
    (
      globalThis as unknown as { chrome: { permissions: { getAll(): Promise<{ origins: string[] }> } } }
    ).chrome.permissions.getAll(),
  );
  expect(origins.filter((origin) => !/(?:x|twitter|tiktok)\.com\/\*$/.test(origin))).toEqual([HOST]);
});

it('withdrawn while a list is collected: it stops, both pages say so, and it goes on when allowed again', async () => {
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
  expect(await mayReach()).toBe(false);

  // What an extension gave back itself, Chromium gives again at a click without a question.
  await options.bringToFront();
  await region().getByRole('button', { name: 'Allow' }).click();
  await region().getByText(WITHDRAWN).waitFor({ state: 'detached' });
  await popup.getByText('Complete: 71 accounts.').first().waitFor();
  await popup.close();
});

it('the menu of a link starts what it says, for whom the link leads to', async () => {
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
  // From the end: the last entry inspects the page, ours are before it, in a menu of their own.
  await display.press('Up', 'Up', 'Right');
  await until('our menu in it', opened(2));
  await display.press('Down', 'Return');
  await until('the list to be asked for', async () =>
    emulator.log.some(({ path, query }) => path === FOLLOWING_PAGE && query['user_id'] === BORIS.id)
      ? true
      : null,
  );
  await page.close();
});

it('given back with the key', async () => {
  await options.bringToFront();
  await region().getByRole('button', { name: 'Remove key' }).click();
  await region().getByText('No key').first().waitFor();
  await until('the leave to be gone', async () => ((await mayReach()) ? null : true));
});
