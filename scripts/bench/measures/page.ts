import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { idleMemory, peakMemory } from '../memory.ts';
import { most, type Line, type Unit, type Value } from '../report.ts';
import type { Stage } from '../stage.ts';
import { openList, watchFirstRows } from './first-rows.ts';
import { profileWithList } from './lists.ts';
import { watched, type Smoothness } from './smoothness.ts';

/** The longest task on the page's main thread that is allowed while it is used, in milliseconds. */
const LONGEST_TASK = 50;
/** The most megabytes that the whole browser may use above idle. */
const MOST_MEMORY = 500;
const MAX_WAIT = { timeout: 120_000 };
const WORD = 'metaverse';

interface Doing {
  readonly what: string;
  readonly smooth: Smoothness;
  /** Milliseconds until the result was painted, if there is a single moment. */
  readonly took: number | null;
}

function accounts(page: Page) {
  return page.getByLabel('Accounts', { exact: true });
}

/** Scrolls like a user with a wheel, then jumps like one who drags the scroll bar. */
async function scroll(page: Page): Promise<void> {
  const box = await accounts(page).boundingBox();
  if (box === null) throw new Error('The list of accounts is not visible.');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -12_000,
    speed: 4000,
    gestureSourceType: 'mouse',
  });
  await session.detach();
  for (const part of [0.5, 0.1, 0.9, 0.3, 0.7, 0.99, 0]) {
    await accounts(page).evaluate((element, share) => {
      element.scrollTop = share * (element.scrollHeight - element.clientHeight);
    }, part);
    await rowsAreThere(page);
  }
}

/** Waits until every visible row has its account and was painted. */
export async function rowsAreThere(page: Page): Promise<void> {
  await accounts(page).evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          const rows = element.querySelectorAll('[role="row"][aria-rowindex], [role="listitem"]');
          if (rows.length > 1 && element.querySelector('[aria-busy="true"]') === null) resolve();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(() => requestAnimationFrame(look));
      }),
  );
}

/** Milliseconds from the last typed letter until the first matching row is painted. */
async function type(page: Page): Promise<number> {
  const field = page.getByRole('searchbox', { name: 'Search' });
  await field.click();
  await field.pressSequentially(WORD.slice(0, -1), { delay: 120 });
  const began = performance.now();
  await field.press(WORD.slice(-1));
  await page
    .getByRole('row')
    .nth(1)
    .filter({ hasText: new RegExp(WORD, 'i') })
    .waitFor(MAX_WAIT);
  return performance.now() - began;
}

async function clear(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await rowsAreThere(page);
}

function sortButton(page: Page, title: string) {
  return page.getByRole('columnheader', { name: title }).getByRole('button').first();
}

async function canSort(page: Page): Promise<boolean> {
  return (await sortButton(page, 'Followers').count()) > 0;
}

/** Milliseconds from the click on a column's header until the rows have changed. */
export async function sort(page: Page, title: string): Promise<number> {
  const button = sortButton(page, title);
  const before = await page.getByRole('row').nth(1).innerText();
  const began = performance.now();
  await button.click();
  await page.waitForFunction(
    (old) => {
      const first = document.querySelectorAll<HTMLElement>('[aria-label="Accounts"] [role="row"]').item(1);
      return first.ariaBusy !== 'true' && first.innerText !== old;
    },
    before,
    MAX_WAIT,
  );
  return performance.now() - began;
}

/** Does something on a page and measures its main thread; a CPU profile of it goes to the folder `profiles`. */
export async function doing(
  page: Page,
  what: string,
  work: () => Promise<number | null>,
  profiles: string | null,
): Promise<Doing> {
  const session = profiles === null ? null : await page.context().newCDPSession(page);
  await session?.send('Profiler.enable');
  await session?.send('Profiler.setSamplingInterval', { interval: 200 });
  await session?.send('Profiler.start');
  let took: number | null = null;
  const smooth = await watched(page, async () => {
    took = await work();
  });
  if (session !== null && profiles !== null) {
    const { profile } = await session.send('Profiler.stop');
    await mkdir(profiles, { recursive: true });
    await writeFile(join(profiles, `${what.replaceAll(/\W+/g, '-')}.cpuprofile`), JSON.stringify(profile));
    await session.detach();
  }
  return { what, smooth, took };
}

type Add = (what: string, work: () => Promise<number | null>) => Promise<unknown>;

/** Typical actions of a user in an open list, in sequence. */
async function use(page: Page, add: Add): Promise<void> {
  await add('scroll', () => scroll(page).then(() => null));
  await add('type a word', () => type(page));
  await add('clear the search', () => clear(page).then(() => null));
  if (!(await canSort(page))) return;
  await add('sort by followers', () => sort(page, 'Followers'));
  await add('scroll, sorted', () => scroll(page).then(() => null));
  await add('sort by name', () => sort(page, 'Name'));
}

/**
 * Measures how smooth a list in the dashboard is while it is used. Memory is measured separately in another browser,
 * because observing the page takes memory itself.
 */
export async function measurePage(
  stage: Stage,
  rows: number,
  pageSize: number,
  profiles: string | null,
): Promise<Line[]> {
  const { folder, note } = await profileWithList(stage, rows, pageSize);
  const done = await stage.inBrowser(folder, async (browser) => {
    await watchFirstRows(browser, note.firstHandle);
    const { page } = await openList(browser, note);
    const doings: Doing[] = [];
    await use(page, async (what, work) => doings.push(await doing(page, what, work, profiles)));
    return doings;
  });
  const above: Value = await stage.inBrowser(folder, async (browser) => {
    await watchFirstRows(browser, note.firstHandle);
    const idle = await idleMemory(browser.pid);
    const peak = await peakMemory(browser.pid, async () => {
      const { page } = await openList(browser, note);
      await use(page, (_, work) => work());
    });
    return peak === null || idle === null ? 'not measured on this system' : peak - idle;
  });
  const line = (what: string, unit: Unit, ours: Value, promised: Line['promised'] = []): Line => ({
    what,
    rows,
    pageSize,
    unit,
    ours,
    baseline: null,
    floor: null,
    promised,
  });
  return [
    ...done.flatMap(({ what, smooth, took }) => [
      line(`${what}: longest task (${String(smooth.longTasks)} long)`, 'ms', smooth.longestTask, [
        most('50 ms', smooth.longestTask, LONGEST_TASK),
      ]),
      line(`${what}: longest task, CPU time`, 'ms', smooth.ofProcessor),
      line(`${what}: frames dropped of ${String(smooth.frames)}`, 'frames', smooth.dropped),
      ...(took === null ? [] : [line(`${what}: until visible`, 'ms', took)]),
    ]),
    line('peak memory above idle', 'MB', above, [most('500 MB', above, MOST_MEMORY)]),
  ];
}
