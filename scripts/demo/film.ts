/** The animated picture of the README: from the click on a profile to the answer in the list. */
import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { clickPageButton, stablePageButton, waitForPageButton } from '../../tests/harness/page-button.ts';
import { until } from '../../tests/harness/until.ts';
import { PROFILES } from './people.ts';
import { readNewestRun } from './records.ts';
import { Recorder, type Pointer, type Size } from './recorder.ts';
import type { Stage } from './stage.ts';

/** In CSS pixels. */
const SIZE: Size = { width: 1120, height: 680 };
/** The requests before which the collection is shown. The list needs 35. */
const STEPS = [4, 13, 24];
const LIST_PAGE = '/v1/scrape/twitter/followers';
/** The most that the animation may take, in milliseconds, and its file, in bytes. */
const MAX_DURATION = 20_000;
const MAX_BYTES = 1_500_000;

interface Shot {
  readonly recorder: Recorder;
  /** The pointer, which stays where it is between scenes. */
  readonly pointer: { x: number; y: number };
}

async function show(
  { recorder, pointer }: Shot,
  page: Page,
  duration: number,
  pressed = false,
): Promise<void> {
  await page.bringToFront();
  const at: Pointer = { ...pointer, pressed };
  await recorder.add(await page.screenshot(), at, duration);
}

/** Moves the pointer in a few steps. */
async function moveTo(shot: Shot, page: Page, to: { readonly x: number; readonly y: number }): Promise<void> {
  const from = { ...shot.pointer };
  for (const share of [0.4, 0.75, 1]) {
    shot.pointer.x = Math.round(from.x + (to.x - from.x) * share);
    shot.pointer.y = Math.round(from.y + (to.y - from.y) * share);
    await page.mouse.move(shot.pointer.x, shot.pointer.y);
    await show(shot, page, 90);
  }
}

async function center(locator: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await until('the element to be laid out', () => locator.boundingBox());
  return { x: x + width / 2, y: y + height / 2 };
}

/** Moves the pointer to an element and clicks it. */
async function click(shot: Shot, page: Page, locator: Locator): Promise<void> {
  await moveTo(shot, page, await center(locator));
  await show(shot, page, 350);
  await show(shot, page, 180, true);
  await locator.click();
}

/** On the profile: the price, the click, the progress, the result. */
async function profileScenes(shot: Shot, { emulator }: Stage, page: Page): Promise<void> {
  const { box } = await stablePageButton(page);
  await show(shot, page, 1_300);
  await moveTo(shot, page, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await show(shot, page, 500);
  await show(shot, page, 180, true);
  const holdAt = (request: number) => {
    let requests = 0;
    return emulator.hold(({ path }) => path === LIST_PAGE && (requests += 1) === request);
  };
  const [first, ...rest] = STEPS;
  let done = first;
  let hold = holdAt(done ?? 1);
  await clickPageButton(page);
  for (const next of [...rest, null]) {
    await hold.arrived;
    const { name } = await waitForPageButton(page, /^Collecting [\d,]+ of/);
    await show(shot, page, 800);
    const last = hold;
    if (next !== null) hold = holdAt(next - (done ?? 0));
    done = next ?? done;
    last.release();
    await waitForPageButton(page, (button) => button.name !== name, { timeout: 60_000 });
  }
  await waitForPageButton(page, /^Complete/, { timeout: 60_000 });
  await show(shot, page, 1_300);
}

/** In the list: a filter, the order, and a file. */
async function listScenes(shot: Shot, page: Page): Promise<void> {
  await page.locator('.name-cell').first().waitFor();
  await show(shot, page, 1_800);
  await click(shot, page, page.getByRole('button', { name: 'Filter', exact: true }));
  const verified = page.getByRole('menuitem', { name: 'Verified' });
  await verified.waitFor();
  await click(shot, page, verified);
  await page.locator('.counted', { hasText: ' of ' }).waitFor();
  await show(shot, page, 900);
  await click(shot, page, page.getByRole('columnheader', { name: 'Followers' }).getByRole('button').first());
  await page.locator('.name-cell').first().waitFor();
  await show(shot, page, 2_000);
  await click(shot, page, page.locator('.open-header').getByRole('button', { name: 'Export', exact: true }));
  const excel = page.getByRole('menuitem', { name: 'Excel', exact: true });
  await excel.waitFor();
  const saved = page.waitForEvent('download');
  await click(shot, page, excel);
  await saved;
  await page
    .getByText(/^Saved|saved/)
    .first()
    .waitFor();
  await show(shot, page, 3_000);
}

/**
 * Records the animation and writes it to a file.
 * @param stage with pictures that have `scale` pixels for each CSS pixel
 * @throws Error if it became too long or too large
 */
export async function recordFilm(stage: Stage, path: string, scale: number): Promise<void> {
  const { browser } = stage;
  const canvas = await browser.context.newPage();
  const profile = await browser.context.newPage();
  const shot: Shot = { recorder: new Recorder(canvas, scale), pointer: { x: 860, y: 560 } };
  await profile.setViewportSize(SIZE);
  await profile.emulateMedia({ colorScheme: 'light' });
  await profile.goto(`${PROFILES.main.url}?theme=light`);
  await profileScenes(shot, stage, profile);
  const run = await until('the list to be stored', async () => {
    const watch = await browser.openExtensionPage('popup.html');
    const found = await readNewestRun(watch);
    await watch.close();
    return found;
  });
  const dashboard = await browser.openExtensionPage(`dashboard.html?list=${run.id}`);
  await dashboard.setViewportSize(SIZE);
  await dashboard.emulateMedia({ colorScheme: 'light' });
  await listScenes(shot, dashboard);
  const file = shot.recorder.finish();
  const { duration } = shot.recorder;
  if (duration > MAX_DURATION || file.length > MAX_BYTES) {
    throw new Error(`The animation takes ${String(duration)} ms and ${String(file.length)} bytes.`);
  }
  await writeFile(path, file);
  for (const page of [dashboard, profile, canvas]) await page.close();
}
