import { BENCH_PAGE } from '../extension.ts';
import type { PartTimes } from '../page/audience.ts';
import type { Page } from 'playwright';
import { idleMemory, peakMemory } from '../memory.ts';
import { most, type Line, type Promised, type Unit, type Value } from '../report.ts';
import type { BenchBrowser, Stage } from '../stage.ts';
import { profileWithList, type ListNote } from './lists.ts';
import { rowsAreThere } from './page.ts';
import { watched, type Smoothness } from './smoothness.ts';

const LARGE = 1_000_000;
/** Milliseconds, for a million accounts. */
const FIRST = 1500;
const CHANGED = 150;
const CHANGED_TERMS = 600;
const DRAWN = 300;
const BRUSHED = 150;
/** The longest task on the page's main thread that is allowed, in milliseconds. */
const LONGEST_TASK = 50;
/** The most megabytes that the whole browser may use above idle. */
const MOST_MEMORY = 500;
const MAX_WAIT = { timeout: 120_000 };

function slowest(changed: readonly PartTimes[], of: (times: PartTimes) => number): number {
  return Math.max(...changed.map(of));
}

/** Opens the tab Audience of a list, and filters by one of its bars. Returns when everything is shown. */
async function openTab(page: Page): Promise<void> {
  const described = page.locator('.audience[aria-busy="false"]');
  await page.getByRole('tab', { name: 'Audience' }).click();
  await described.waitFor(MAX_WAIT);
  await page
    .getByRole('region', { name: 'Verified', exact: true })
    .getByRole('button', { name: /^Yes/ })
    .click();
  await page.getByRole('button', { name: /^Remove filter: / }).waitFor(MAX_WAIT);
  await described.waitFor(MAX_WAIT);
}

async function openAccounts(browser: BenchBrowser, { id }: ListNote): Promise<Page> {
  const page = await browser.openExtensionPage(`dashboard.html?list=${id}`);
  await rowsAreThere(page);
  return page;
}

interface OnPage {
  readonly smooth: Smoothness;
  /** Megabytes above idle, in another browser, because observing the page takes memory itself. */
  readonly memory: Value;
}

/** What the tab takes of the page and of the browser. */
async function measureTab(stage: Stage, folder: string, note: ListNote): Promise<OnPage> {
  const smooth = await stage.inBrowser(folder, async (browser) => {
    const page = await openAccounts(browser, note);
    return watched(page, () => openTab(page));
  });
  const memory: Value = await stage.inBrowser(folder, async (browser) => {
    const idle = await idleMemory(browser.pid);
    const peak = await peakMemory(browser.pid, async () => openTab(await openAccounts(browser, note)));
    return peak === null || idle === null ? 'not measured on this system' : peak - idle;
  });
  return { smooth, memory };
}

/** Measures how long the tab Audience waits for the worker, beside reading the same columns once. */
export async function measureAudience(stage: Stage, rows: number, pageSize: number): Promise<Line[]> {
  const { folder, note } = await profileWithList(stage, rows, pageSize);
  await stage.inBrowser(folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    await page.evaluate((id) => globalThis.followledgerBench.prepareAudience(id), note.id);
  });
  const { first, changed, brush, floor } = await stage.inBrowser(folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    return page.evaluate((id) => globalThis.followledgerBench.measureAudience(id), note.id);
  });
  const { smooth, memory } = await measureTab(stage, folder, note);
  const figure = (what: string, unit: Unit, ours: Value, promised: readonly Promised[]): Line => ({
    what: `audience: ${what}`,
    rows,
    pageSize,
    unit,
    ours,
    baseline: null,
    floor: null,
    promised: rows === LARGE ? promised : [],
  });
  const line = (what: string, ours: number, target: number | null, floorOf: number | null = null): Line => ({
    ...figure(what, 'ms', ours, target === null ? [] : [most(`${String(target)} ms`, ours, target)]),
    floor: floorOf,
  });
  const { facets = 0, fingerprint = 0, rules = 0, terms = 0, done = 0 } = first;
  return [
    line('all facets, first time', Math.max(facets, terms), FIRST, floor),
    line('everything with runs, first time', done, null, floor),
    line(
      'numbers and flags after a changed filter',
      slowest(changed, (times) => times.facets ?? 0),
      CHANGED,
    ),
    line(
      'terms after a changed filter',
      slowest(changed, (times) => times.terms ?? 0),
      CHANGED_TERMS,
    ),
    line('fingerprint, after the facets', fingerprint - facets, DRAWN),
    line('rules, after the fingerprint', rules - fingerprint, null),
    line('brushed area until the accounts are known', brush, BRUSHED),
    figure(`in the tab: longest task (${String(smooth.longTasks)} long)`, 'ms', smooth.longestTask, [
      most('50 ms', smooth.longestTask, LONGEST_TASK),
    ]),
    figure('in the tab: longest task, CPU time', 'ms', smooth.ofProcessor, []),
    figure('in the tab: peak memory above idle', 'MB', memory, [most('500 MB', memory, MOST_MEMORY)]),
  ];
}
