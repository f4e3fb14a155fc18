/** `npm run screenshots`: the pictures of the documentation, taken of the built extension, into `docs/images/`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { saveKey } from '../tests/harness/options-page.ts';
import { clickPageButton, waitForPageButton, type Box } from '../tests/harness/page-button.ts';
import { ROOT } from './command.ts';
import { openListInPopup } from './demo/job.ts';
import { openStage, SAMPLE, type Stage } from './demo/stage.ts';

const FOLDER = join(ROOT, 'docs', 'images');
const SCHEMES = ['light', 'dark'] as const;
/** Requests of the 36 that the sample takes. */
const HALF_WAY = 15;

type Scheme = (typeof SCHEMES)[number];

function tell(line: string): void {
  console.log(line);
}

/** The button with as much of the page around it as shows where it is. */
function around(box: Box): Box {
  const left = Math.max(0, box.x - 420);
  const top = Math.max(0, box.y - 200);
  return { x: left, y: top, width: 840, height: 420 };
}

async function shootButton(page: Page, name: string, box: Box | null): Promise<void> {
  if (box === null) throw new Error('The page button is not laid out.');
  await page.screenshot({ path: join(FOLDER, name), clip: around(box) });
  tell(`docs/images/${name}`);
}

async function shoot({ emulator, browser }: Stage, scheme: Scheme): Promise<void> {
  const suffix = scheme === 'light' ? '' : '-dark';
  await saveKey(browser, 'SociaVault', emulator.defaultKey('sociavault'));
  const popup = await browser.openPopupPage();
  const profile = await browser.context.newPage();
  await profile.goto(SAMPLE.url);
  const idle = await waitForPageButton(profile, 'Get followers');
  if (scheme === 'light') await shootButton(profile, 'page-button.png', idle.box);

  // The list is caught half way, and goes on once the picture is taken.
  const half = emulator.hold(
    ({ provider }) => provider === 'sociavault' && emulator.charges(provider).requests > HALF_WAY,
  );
  await clickPageButton(profile);
  await half.arrived;
  if (scheme === 'light') {
    const running = await waitForPageButton(profile, /\b9\d\d\b/);
    await shootButton(profile, 'page-button-collecting.png', running.box);
  }
  half.release();
  await waitForPageButton(profile, /complete/i, { timeout: 120_000 });

  await popup.bringToFront();
  await popup.reload();
  await openListInPopup(popup);
  await popup.screenshot({ path: join(FOLDER, `popup${suffix}.png`) });
  tell(`docs/images/popup${suffix}.png`);
}

await mkdir(FOLDER, { recursive: true });
try {
  for (const colorScheme of SCHEMES) {
    const stage = await openStage(
      { colorScheme, deviceScaleFactor: 2, reducedMotion: 'reduce' },
      () => undefined,
    );
    try {
      await shoot(stage, colorScheme);
    } finally {
      await stage.close();
    }
  }
} catch (error) {
  console.error(`The pictures could not be taken: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
process.exit(0);
