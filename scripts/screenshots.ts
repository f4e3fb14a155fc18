/**
 * `npm run screenshots`: takes the documentation's pictures of the built extension with the emulator's fictional profiles,
 * in light and dark mode and as an animation, and replaces those in `docs/images/`.
 * `npm run screenshots -- --states`: takes every state of popup and dashboard, into `out/states/`, for review.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { saveKey } from '../tests/harness/options-page.ts';
import { clickPageButton, waitForPageButton } from '../tests/harness/page-button.ts';
import { ROOT } from './command.ts';
import { ensureEmojiFont } from './demo/emoji.ts';
import { recordFilm } from './demo/film.ts';
import { PROFILES, usePlausiblePeople } from './demo/people.ts';
import { readNewestRun } from './demo/records.ts';
import { openStage, type Stage } from './demo/stage.ts';
import { shootStates } from './demo/states.ts';

const FOLDER = join(ROOT, 'docs', 'images');
const SCHEMES = ['light', 'dark'] as const;
/** Pixels of a picture for each CSS pixel. */
const SCALE = 2;
/** More lists for the dashboard. */
const OTHERS = [PROFILES.partial.url, PROFILES.clips.url];
const OUTCOME = /^Complete|stopped at|returned no accounts/;
const TIMEOUT = { timeout: 60_000 };

type Scheme = (typeof SCHEMES)[number];

/** A page with a picture's size, and what has to be there before it is taken. */
interface Picture {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly ready: (page: Page) => Promise<void>;
  /** Only this part of the page. */
  readonly part?: string;
}

/** Adds a thin border with round corners, on a transparent background. */
async function framed(stage: Stage, name: string, picture: Buffer): Promise<void> {
  const page = await stage.browser.context.newPage();
  try {
    await page.setContent(`<style>
      body { margin: 0 }
      img { border: 1px solid #7C868666; border-radius: 12px; vertical-align: top; zoom: ${String(1 / SCALE)} }
    </style><img src="data:image/png;base64,${picture.toString('base64')}" alt="">`);
    await page.waitForFunction(() => Array.from(document.images).every(({ complete }) => complete));
    await page.locator('img').screenshot({ path: join(FOLDER, name), omitBackground: true });
    console.log(`docs/images/${name}`);
  } finally {
    await page.close();
  }
}

async function shoot(stage: Stage, { name, path, width, height, ready, part }: Picture): Promise<void> {
  const page = await stage.browser.openExtensionPage(path);
  await page.setViewportSize({ width, height });
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await ready(page);
    await page.mouse.move(0, 0);
    const taken = part === undefined ? await page.screenshot() : await page.locator(part).screenshot();
    await framed(stage, `${name}-${colorScheme satisfies Scheme}.png`, taken);
  }
  await page.close();
}

async function collect({ browser }: Stage, url: string): Promise<string> {
  const page = await browser.context.newPage();
  await page.goto(url);
  await clickPageButton(page);
  await waitForPageButton(page, OUTCOME, TIMEOUT);
  await page.close();
  const watch = await browser.openExtensionPage('popup.html');
  const run = await readNewestRun(watch);
  await watch.close();
  if (run === null) throw new Error(`No list was stored for ${url}.`);
  return run.id;
}

/** Saves a file of a list, so that its receipt lists one. */
async function exportList({ browser }: Stage, list: string): Promise<void> {
  const page = await browser.openExtensionPage(`dashboard.html?list=${list}`);
  await page.locator('.name-cell').first().waitFor();
  await page.locator('.open-header').getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await saved;
  await dismissToast(page);
  await page.close();
}

/** Dismisses the message about finished exports, so that it is in no picture. */
async function dismissToast(page: Page): Promise<void> {
  const close = page.locator('.toasts').getByRole('button', { name: 'Dismiss' });
  await close.first().click();
  await close.first().waitFor({ state: 'detached' });
}

/** Each answers one question; in comments, which. */
async function shootPages(stage: Stage, list: string): Promise<void> {
  const rows = (page: Page): Promise<void> => page.locator('.name-cell').first().waitFor();
  const pictures: readonly Picture[] = [
    // Did I get everyone, and what did it cost?
    {
      name: 'receipt',
      path: `dashboard.html?list=${list}&tab=receipt`,
      width: 960,
      height: 1100,
      ready: async (page) => {
        await page.locator('.exported-files code').first().waitFor();
        // What the follow times are based on is read last.
        await page.getByText(/^From the cursors of/).waitFor();
      },
      part: '.receipt-sheet',
    },
    // Who are its best-known verified followers?
    {
      name: 'dashboard',
      path: `dashboard.html?list=${list}&verified=yes&sort=-followers`,
      width: 1360,
      height: 706,
      ready: rows,
    },
    // What is a list of?
    {
      name: 'popup',
      path: `popup.html?list=${list}`,
      width: 400,
      height: 600,
      ready: (page) => page.locator('.account-row .name').first().waitFor(),
    },
    // Where does the key go?
    {
      name: 'options',
      path: 'options.html',
      width: 760,
      height: 640,
      ready: (page) => page.getByRole('region', { name: 'SociaVault', exact: true }).waitFor(),
    },
  ];
  for (const picture of pictures) await shoot(stage, picture);
}

async function takePictures(log: (line: string) => void): Promise<void> {
  const emoji = await ensureEmojiFont(log);
  const stage = await openStage(
    { deviceScaleFactor: SCALE, reducedMotion: 'reduce', timezoneId: 'America/New_York' },
    log,
  );
  try {
    const { browser, emulator } = stage;
    usePlausiblePeople(emulator, emoji);
    await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));
    await saveKey(browser, 'X API v2', emulator.defaultKey('x-v2'));
    for (const url of OTHERS) await collect(stage, url);
    await recordFilm(stage, join(FOLDER, 'click-to-list.webp'), SCALE);
    log('docs/images/click-to-list.webp');
    const watch = await browser.openExtensionPage('popup.html');
    const list = (await readNewestRun(watch))?.id ?? '';
    await watch.close();
    await exportList(stage, list);
    await shootPages(stage, list);
  } finally {
    await stage.close();
  }
}

const log = (line: string): void => {
  console.log(line);
};
try {
  if (process.argv.includes('--states')) {
    console.log(await shootStates(log));
  } else {
    await mkdir(FOLDER, { recursive: true });
    await takePictures(log);
  }
} catch (error) {
  console.error(`Could not take the screenshots: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
process.exit(0);
