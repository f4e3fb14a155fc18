/** Pages of the extension in one size after another, in both color schemes and in forced colors. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Emulator } from '../../tests/emulator/emulator.ts';
import type { Chromium } from '../../tests/harness/chromium.ts';
import { ROOT } from '../command.ts';

export const FOLDER = join(ROOT, 'out', 'states');
const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;
const POPUP = { width: 400, height: 600 };
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 560, height: 760 };
/** A window of 1280 × 800 at 200 % zoom. */
const ZOOMED = { width: 640, height: 400 };

export interface Studio {
  readonly browser: Chromium;
  readonly emulator: Emulator;
  readonly log: (line: string) => void;
}

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** Takes a screenshot of the page in both color schemes and in forced colors. */
export async function shoot({ log }: Studio, page: Page, name: string, size: Size): Promise<void> {
  await page.setViewportSize(size);
  for (const { name: look, media } of LOOKS) {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    // Without this, the browser may keep the page's background of forced colors.
    await page.evaluate(() => {
      document.documentElement.hidden = true;
      document.documentElement.getBoundingClientRect();
      document.documentElement.hidden = false;
    });
    await page.mouse.move(0, 0);
    // After two frames, the layout was painted.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            requestAnimationFrame(() => {
              resolve();
            });
          });
        }),
    );
    await page.screenshot({ path: join(FOLDER, `${name}-${size.name}-${look}.png`) });
  }
  log(`${name}, ${size.name}`);
}

export const popupSize: Size = { name: 'popup', ...POPUP };
export const wide: Size = { name: 'wide', ...WIDE };
export const narrow: Size = { name: 'narrow', ...NARROW };
export const zoomed: Size = { name: 'zoomed', ...ZOOMED };

export async function inPage(
  studio: Studio,
  path: string,
  work: (page: Page) => Promise<void>,
  size: Size,
): Promise<void> {
  const page = await studio.browser.openExtensionPage(path);
  try {
    await page.setViewportSize(size);
    await work(page);
  } finally {
    await page.close();
  }
}
