/** Set-up that the tests of a hostile page share. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { clickPageButton, stablePageButton } from '../harness/page-button.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

export const HANDLE = 'anna_atlas';
export const OTHER = 'boris_bee';
/** What the button shows when it rejects a click. */
export const REFUSED = /The button just moved|Something covers/;

export interface Middle {
  readonly x: number;
  readonly y: number;
}

export interface HostileSite {
  readonly scene: Scene;
  /** A new tab for each test. */
  readonly page: Page;
  /** Ignores errors of the page that the extension did not cause. */
  readonly ignoreErrorsOfThePage: () => void;
  /** Declares the last test of a file: one real click collects one list, so that late effects are detected. */
  readonly expectNoLateEffects: () => void;
}

/** Opens a browser for the tests of one file. After each test nothing may have been started or sent, and no script may have failed. */
export function useHostileSite(): HostileSite {
  let scene: Scene;
  let page: Page;
  let errors: string[] = [];
  let isLast = false;

  beforeAll(async () => {
    scene = await openScene();
    const profile = { platform: 'x', followers: 71, following: 3 } as const;
    scene.emulator.population({ ...profile, handle: HANDLE, id: '4100000001' });
    scene.emulator.population({ ...profile, handle: OTHER, id: '4100000002' });
    await scene.saveKey('sociavault');
  });
  afterAll(() => scene.close());

  beforeEach(async () => {
    errors = [];
    page = await scene.browser.context.newPage();
    page.on('pageerror', ({ stack, message }) => errors.push(stack ?? message));
  });

  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
    if (isLast) return;
    expect(await scene.table('snapshots')).toEqual([]);
    expect(scene.requests('sociavault').filter(({ path }) => path.includes('/scrape/'))).toEqual([]);
  });

  return {
    get scene() {
      return scene;
    },
    get page() {
      return page;
    },
    ignoreErrorsOfThePage() {
      errors = errors.filter((error) => error.includes('-extension://'));
    },
    expectNoLateEffects() {
      it('after all that, one real click collects one list: there are no late effects', async () => {
        isLast = true;
        await page.goto(`https://x.com/${HANDLE}`);
        await clickPageButton(page);
        await scene.snapshot(hasEnded);
        const snapshots = await scene.table('snapshots');
        expect(snapshots.map(({ handle, rows }) => [handle, rows])).toEqual([[HANDLE, 71]]);
      });
    },
  };
}

/**
 * Visits the profile, and waits until the button is stable under the pointer, so that only the attack can cause a
 * rejection.
 */
export async function stableButton(page: Page): Promise<Middle> {
  await page.goto(`https://x.com/${HANDLE}`);
  const { x, y, width, height } = (await stablePageButton(page)).box;
  const middle = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(middle.x, middle.y);
  return middle;
}

/** Available to every attack: the page's own view of the one element that the extension adds. */
export async function withHost(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const site = globalThis as unknown as {
      host: () => HTMLElement;
      row: () => HTMLElement;
      put: (html: string) => HTMLElement;
    };
    site.row = () => site.host().parentElement ?? document.body;
    site.host = () => {
      const all = [...document.querySelectorAll<HTMLElement>('div')];
      const found = all.filter(
        (element) => element.attributes.length === 0 && getComputedStyle(element).display === 'contents',
      );
      if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} hosts`);
      return found[0];
    };
    site.put = (html) => {
      document.body.insertAdjacentHTML('beforeend', html);
      return document.body.lastElementChild as HTMLElement;
    };
  });
}
