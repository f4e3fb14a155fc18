/** The effect of the button on a page: nothing moves, nothing flickers, and other pages are left alone. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';
import {
  clickPageButton,
  pageButtons,
  stablePageButton,
  waitForNoPageButton,
  waitForPageButton,
} from '../harness/page-button.ts';
import { accessedOn, withWatchedDom } from '../harness/watched-dom.ts';
import { until } from '../harness/until.ts';
import { openScene, type Scene } from './scene.ts';

const ANNA = { platform: 'x', handle: 'anna_atlas', id: '4100000001', followers: 142, following: 3 } as const;
const BORIS = { ...ANNA, handle: 'boris_bee', id: '4100000002' } as const;
const CLIPS = { platform: 'tiktok', handle: 'anna.clips', followers: 40, following: 3 } as const;
const WIDE = { ...ANNA, handle: 'wide_wanda', id: '4100000003' } as const;
const LIST_PAGE = '/v1/scrape/twitter/followers';

interface Shift {
  readonly sources: readonly { readonly node: Node | null }[];
}

interface Site {
  readonly __go: (path: string) => Promise<void>;
  readonly __rerender: () => Promise<void>;
  /** How often an element of the page itself moved. */
  readonly shifts: { count: number };
  /** The longest series of frames with an anchor and without our element, and the highest number of our elements. */
  readonly frames: { looked: number; without: number; most: number };
}

function go(page: Page, path: string): Promise<void> {
  return page.evaluate((to) => (globalThis as unknown as Site).__go(to), path);
}

function rerender(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as Site).__rerender());
}

let scene: Scene;
let options: Page;
beforeAll(async () => {
  scene = await openScene();
  for (const profile of [ANNA, BORIS, WIDE, CLIPS]) scene.emulator.population(profile);
  await scene.saveKey('sociavault');
  options = await scene.browser.openOptions();
});
afterAll(() => scene.close());

/** A page that counts layout shifts. */
async function watchedPage(): Promise<Page> {
  const page = await scene.browser.context.newPage();
  await page.addInitScript(() => {
    const site = globalThis as unknown as { shifts: Site['shifts'] };
    site.shifts = { count: 0 };
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as (PerformanceEntry & Shift)[]) {
        // A shift inside a shadow tree has no source: the button's own text, when its length changes.
        if (sources.length === 0 || sources.some(({ node }) => node !== null)) site.shifts.count += 1;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return page;
}

/** Waits two more frames, so that everything being rendered has been measured. */
function shiftsOf(page: Page): Promise<Site['shifts']> {
  return page.evaluate(
    () =>
      new Promise<Site['shifts']>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(() => resolve((globalThis as unknown as Site).shifts), 0)),
        );
      }),
  );
}

const NO_SHIFT = { count: 0 };

/** Makes the page replace the button's neighbor with an equal element, as frameworks do. This alone moves nothing. */
function replaceAnchor(page: Page, selector: string): Promise<void> {
  return page.evaluate((anchor) => {
    const old = document.querySelector(anchor);
    old?.replaceWith(old.cloneNode(true));
  }, selector);
}

/** Turns the button off or on in the settings. */
async function setButtonHidden(none: boolean): Promise<void> {
  const box = options.getByRole('checkbox', { name: 'Hide the button on profile pages' });
  if ((await box.isChecked()) !== none) await box.click();
  await until('the preference to be saved', async () => {
    const rows = await scene.table('settings');
    return rows.some(({ key, value }) => key === 'pageButton' && value === !none) ? true : null;
  });
}

describe('nothing on the page moves', () => {
  beforeEach(() => setButtonHidden(true));
  afterEach(() => setButtonHidden(false));

  /** A rendered page, without the button; the page itself caused every shift so far. */
  async function drawnPage(url: string): Promise<Page> {
    const page = await watchedPage();
    await page.goto(url);
    await page.locator('html:not([data-drawing])').waitFor({ state: 'attached' });
    await waitForNoPageButton(page, { quiet: 300 });
    await shiftsOf(page);
    await page.evaluate(() => {
      Object.assign((globalThis as unknown as Site).shifts, { count: 0 });
    });
    return page;
  }

  it('on X: when the button appears, disappears, moves next to another element, and shows every state of a run', async () => {
    const page = await drawnPage(`https://x.com/${BORIS.handle}`);
    await setButtonHidden(false);
    await waitForPageButton(page, 'Get followers');
    await replaceAnchor(page, '[data-testid="primaryColumn"] [data-testid="userActions"]');
    await waitForPageButton(page, 'Get followers');
    let pages = 0;
    const hold = scene.emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === 2);
    await page.bringToFront();
    await clickPageButton(page);
    await hold.arrived;
    await waitForPageButton(page, 'Collecting');
    hold.release();
    await waitForPageButton(page, 'Complete: 142 accounts');
    await setButtonHidden(true);
    await waitForNoPageButton(page);
    expect(await shiftsOf(page)).toEqual(NO_SHIFT);

    // Control: a shift is detected.
    await page.evaluate(() => {
      document
        .querySelector('[data-testid="userActions"]')
        ?.parentElement?.style.setProperty('margin-top', '40px');
    });
    expect((await shiftsOf(page)).count).toBeGreaterThan(0);
    await page.close();
  });

  it('on TikTok: when the button appears, disappears, and moves next to another element', async () => {
    const page = await drawnPage(`https://www.tiktok.com/@${CLIPS.handle}`);
    await setButtonHidden(false);
    await waitForPageButton(page, 'Get followers');
    await replaceAnchor(page, '[data-e2e="user-page"] [data-e2e="user-more"]');
    await waitForPageButton(page, 'Get followers');
    await setButtonHidden(true);
    await waitForNoPageButton(page);
    expect(await shiftsOf(page)).toEqual(NO_SHIFT);
    await page.close();
  });
});

it('accepts the first click after the window became larger, once the button is in place', async () => {
  const page = await scene.visit(`https://x.com/${WIDE.handle}`);
  await page.setViewportSize({ width: 800, height: 600 });
  const before = await stablePageButton(page);
  await page.setViewportSize({ width: 1500, height: 900 });
  await until('the button to move', async () => {
    const [button] = await pageButtons(page);
    return button?.box != null && button.box.x !== before.box.x ? true : null;
  });
  await clickPageButton(page);
  await waitForPageButton(page, 'Complete: 142 accounts');
  await page.close();
});

it('appears within two frames of its anchor, and never twice', async () => {
  const page = await scene.visit(`https://x.com/${ANNA.handle}`);
  await waitForPageButton(page, 'Get followers');
  await page.evaluate(() => {
    const site = globalThis as unknown as { frames: Site['frames'] };
    site.frames = { looked: 0, without: 0, most: 0 };
    let without = 0;
    const look = (): void => {
      const anchor = document.querySelector('[data-testid="primaryColumn"] [data-testid="userActions"]');
      const ownValue = [...document.querySelectorAll('div')].filter(
        (element) => element.attributes.length === 0 && getComputedStyle(element).display === 'contents',
      );
      site.frames.looked += 1;
      site.frames.most = Math.max(site.frames.most, ownValue.length);
      without = anchor !== null && ownValue.length === 0 ? without + 1 : 0;
      site.frames.without = Math.max(site.frames.without, without);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  for (const turn of [BORIS, ANNA, BORIS]) {
    await go(page, `/${turn.handle}`);
    await rerender(page);
    await waitForPageButton(page, /./);
  }
  const { looked, without, most } = await page.evaluate(() => (globalThis as unknown as Site).frames);
  expect(looked).toBeGreaterThan(20);
  expect(without).toBeLessThanOrEqual(2);
  expect(most).toBe(1);
  await page.close();
});

it('“Hide the button on profile pages” takes effect in open tabs at once, off and on', async () => {
  const profile = await scene.visit(`https://x.com/${ANNA.handle}`);
  const elsewhere = await scene.visit('https://x.com/home');
  await go(elsewhere, `/${ANNA.handle}`);
  await waitForPageButton(elsewhere, 'Get followers');
  await go(elsewhere, '/home');
  const options = await scene.browser.openOptions();
  const box = options.getByRole('checkbox', { name: 'Hide the button on profile pages' });
  await box.click();
  await waitForNoPageButton(profile);
  await go(elsewhere, `/${ANNA.handle}`);
  await waitForNoPageButton(elsewhere);
  await rerender(profile);
  await waitForNoPageButton(profile);
  // The background was stopped when the preference changed.
  await scene.browser.killWorker();
  await box.click();
  await waitForPageButton(profile, 'Get followers');
  await waitForPageButton(elsewhere, 'Get followers');
  for (const page of [profile, elsewhere, options]) await page.close();
});

describe('other pages of the sites', () => {
  let copy: BuildCopy;
  let browser: Chromium;
  beforeAll(async () => {
    copy = await withGrantedHosts(buildFolder('chrome'));
    await withWatchedDom(copy);
    browser = await launchChromium({
      extensionDir: copy.folder,
      tlsPort: scene.emulator.tlsPort,
      locale: 'en-US',
    });
  });
  afterAll(async () => {
    await browser.close();
    await copy.remove();
  });

  it('are neither read nor changed: only their address is checked', async () => {
    const page = await browser.context.newPage();
    for (const url of [
      'https://x.com/home',
      `https://x.com/${ANNA.handle}/status/1`,
      'https://x.com/explore',
      'https://www.tiktok.com/foryou',
    ]) {
      await page.goto(url);
      expect(await accessedOn(page, browser.extensionId)).toEqual([]);
    }
    await page.goto('https://x.com/home');
    for (const path of ['/explore', `/${ANNA.handle}/status/1`, '/home']) {
      await go(page, path);
      expect(await accessedOn(page, browser.extensionId)).toEqual([]);
    }
    // Control: a profile is read, which also shows that the earlier result was not just empty recording.
    await go(page, `/${ANNA.handle}`);
    await waitForPageButton(page, 'Get followers');
    expect(await accessedOn(page, browser.extensionId)).toEqual(
      expect.arrayContaining(['querySelectorAll', 'attachShadow', 'insertBefore', 'MutationObserver']),
    );
  });
});
