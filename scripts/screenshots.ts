/**
 * `npm run screenshots`: takes the documentation's screenshots of the built extension with the emulator's fictional
 * profiles, in light and dark mode, and replaces those in `docs/images/`.
 * `npm run screenshots -- --states`: takes every state of popup and dashboard, into `out/states/`, for review.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { saveKey } from '../tests/harness/options-page.ts';
import { clickPageButton, waitForPageButton, type ButtonMatcher } from '../tests/harness/page-button.ts';
import { ROOT } from './command.ts';
import { openListInPopup } from './demo/job.ts';
import { openStage, SAMPLE, type Stage } from './demo/stage.ts';
import { shootStates } from './demo/states.ts';

const FOLDER = join(ROOT, 'docs', 'images');
const SCHEMES = ['light', 'dark'] as const;
/** The request at which the screenshot of a collection is taken. The sample needs 36 requests. */
const HALFWAY = 15;
/** More lists for the dashboard. */
const OTHERS = ['https://x.com/gaps_gus', 'https://www.tiktok.com/@ada.clips'];
const OUTCOME = /^Complete|stopped at|returned no accounts/;
const TIMEOUT = { timeout: 60_000 };

type Scheme = (typeof SCHEMES)[number];
type BySchemes<T> = Readonly<Record<Scheme, T>>;

async function inBoth<T>(make: (scheme: Scheme) => Promise<T>): Promise<BySchemes<T>> {
  const light = await make('light');
  return { light, dark: await make('dark') };
}

/** The profile's header with the button, from a part of its banner to its name. */
async function shootHeader(profile: Page, button: ButtonMatcher): Promise<Buffer> {
  await profile.bringToFront();
  await profile.mouse.move(0, 0);
  const { box } = await waitForPageButton(profile, button, TIMEOUT);
  const column = await profile.getByTestId('primaryColumn').boundingBox();
  if (box === null || column === null) throw new Error('The page button is not laid out.');
  const { x, width } = column;
  return profile.screenshot({ clip: { x, y: box.y - 60, width, height: 178 } });
}

/** Combines screenshots in a row or a column on a transparent background, each with a thin border. */
async function compose(
  stage: Stage,
  name: string,
  pictures: readonly Buffer[],
  direction: 'row' | 'column',
): Promise<void> {
  const page = await stage.browser.context.newPage();
  try {
    const images = pictures.map(
      (picture) => `<img src="data:image/png;base64,${picture.toString('base64')}" alt="">`,
    );
    await page.setContent(`<style>
      body { margin: 0 }
      div { display: inline-flex; flex-direction: ${direction}; gap: 12px; vertical-align: top }
      img { border: 1px solid #7C868666; border-radius: 12px; zoom: 0.5 }
    </style><div>${images.join('')}</div>`);
    await page.waitForFunction(() => Array.from(document.images).every(({ complete }) => complete));
    await page.locator('div').screenshot({ path: join(FOLDER, name), omitBackground: true });
    console.log(`docs/images/${name}`);
  } finally {
    await page.close();
  }
}

async function shoot(stage: Stage): Promise<void> {
  const { browser, emulator } = stage;
  await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));
  await saveKey(browser, 'X API v2', emulator.defaultKey('x-v2'));

  const profiles = await inBoth(async (scheme) => {
    const page = await browser.context.newPage();
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`${SAMPLE.url}?theme=${scheme}`);
    return page;
  });
  const headers = (button: ButtonMatcher) => inBoth((scheme) => shootHeader(profiles[scheme], button));
  const popup = await browser.openPopupPage();
  const inPopup = (open: () => Promise<void>) =>
    inBoth(async (colorScheme) => {
      await popup.emulateMedia({ colorScheme });
      await open();
      await popup.bringToFront();
      await popup.mouse.move(0, 0);
      return popup.screenshot();
    });

  const idle = await headers('Get followers');
  const ready = await inPopup(async () => {
    // The popup shows the profile of the active tab.
    await profiles.light.bringToFront();
    await popup.reload();
    await popup.getByRole('button', { name: 'Get followers' }).waitFor();
  });

  const half = emulator.hold(
    ({ provider }) => provider === 'sociavault' && emulator.charges(provider).requests > HALFWAY,
  );
  await profiles.light.bringToFront();
  await clickPageButton(profiles.light);
  await half.arrived;
  const collecting = await headers(/\b9\d\d\b/);
  half.release();
  const complete = await headers(/^Complete/);
  const listed = await inPopup(async () => {
    await popup.reload();
    await openListInPopup(popup);
  });

  for (const url of OTHERS) {
    const page = await browser.context.newPage();
    await page.goto(url);
    await clickPageButton(page);
    await waitForPageButton(page, OUTCOME, TIMEOUT);
    await page.close();
  }

  for (const scheme of SCHEMES) {
    const states = [idle, collecting, complete].map((taken) => taken[scheme]);
    await compose(stage, `button-${scheme}.png`, states, 'column');
    await compose(stage, `popup-${scheme}.png`, [ready[scheme], listed[scheme]], 'row');
    await shootPages(stage, scheme);
  }
}

/** The extension pages that open in tabs. */
async function shootPages(stage: Stage, colorScheme: Scheme): Promise<void> {
  const { browser } = stage;
  const options = await browser.openOptions();
  await options.emulateMedia({ colorScheme });
  await options.setViewportSize({ width: 760, height: 640 });
  await options.getByRole('region', { name: 'SociaVault', exact: true }).waitFor();
  await compose(stage, `options-${colorScheme}.png`, [await options.screenshot()], 'row');
  await options.close();

  const dashboard = await browser.openExtensionPage('dashboard.html');
  await dashboard.emulateMedia({ colorScheme });
  await dashboard.setViewportSize({ width: 1200, height: 640 });
  await dashboard
    .getByRole('button', { name: /\bfrom / })
    .last()
    .click();
  await dashboard.getByText('Complete').first().waitFor();
  await compose(stage, `dashboard-${colorScheme}.png`, [await dashboard.screenshot()], 'row');
  await dashboard.close();
}

const log = (line: string): void => {
  console.log(line);
};
try {
  if (process.argv.includes('--states')) {
    console.log(await shootStates(log));
  } else {
    await mkdir(FOLDER, { recursive: true });
    const stage = await openStage({ deviceScaleFactor: 2, reducedMotion: 'reduce' }, log);
    try {
      await shoot(stage);
    } finally {
      await stage.close();
    }
  }
} catch (error) {
  console.error(`Could not take the screenshots: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
process.exit(0);
