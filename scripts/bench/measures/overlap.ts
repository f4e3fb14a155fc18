import type { Page } from 'playwright';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { ManySets, OverlapTimes } from '../page/overlap.ts';
import { BENCH_PAGE } from '../extension.ts';
import { idleMemory, peakMemory } from '../memory.ts';
import { median, most, times, type Line, type Promised, type Unit, type Value } from '../report.ts';
import type { BenchBrowser, Profile, Stage } from '../stage.ts';
import { doing } from './page.ts';
import type { Smoothness } from './smoothness.ts';

const LISTS = 20;
const LARGE = 1_000_000;
/** Smaller lists are compared before anybody can cancel. */
const CANCELABLE = 100_000;
/** How many times as long as the floor the comparison may take. */
const COMPARED = 2;
/** The longest task on the page's main thread that is allowed, in milliseconds. */
const LONGEST_TASK = 50;
/** The most megabytes that the whole browser may use above idle. */
const MOST_MEMORY = 500;
/** Each time in a browser that has just started; the floor takes turns with ours. */
const SAMPLES = 3;
const MAX_WAIT = { timeout: 120_000 };

/** A browser profile with the lists. Each contains a quarter of all accounts, so that they share many in many ways. */
function profileWithLists(stage: Stage, many: ManySets): Promise<Profile<readonly SnapshotId[]>> {
  const name = `overlap-${String(many.lists)}x${String(many.rows)}-${String(many.pageSize)}`;
  return stage.profile(name, (page) =>
    page.evaluate((options) => globalThis.followledgerBench.seedSets(options), many),
  );
}

type LineFor = (what: string, unit: Unit, ours: Value, promised?: readonly Promised[]) => Line;

interface Taken {
  /** Milliseconds, each in a browser that had just started. */
  readonly floors: readonly number[];
  readonly ours: readonly OverlapTimes[];
}

async function takeSamples(
  stage: Stage,
  folder: string,
  lists: readonly SnapshotId[],
  many: ManySets,
): Promise<Taken> {
  const inPage = <T>(work: (page: Page) => Promise<T>): Promise<T> =>
    stage.inBrowser(folder, async (browser) => work(await browser.openExtensionPage(BENCH_PAGE)));
  const floors: number[] = [];
  const ours: OverlapTimes[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    floors.push(
      await inPage((page) => page.evaluate((ids) => globalThis.followledgerBench.floorOfSets(ids), lists)),
    );
    ours.push(
      await inPage((page) =>
        page.evaluate(([ids, options]) => globalThis.followledgerBench.measureOverlap(ids, options), [
          lists,
          many,
        ] as const),
      ),
    );
  }
  return { floors, ours };
}

/** Opens the page, and cancels the comparison when the second list is read. @returns how long until that is shown, in milliseconds */
async function openAndCancel(page: Page): Promise<number> {
  await page.locator('[role="progressbar"]:not([aria-valuenow="0"])').waitFor(MAX_WAIT);
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
  const began = performance.now();
  await cancel.click();
  await page.getByText('The comparison was canceled.').waitFor(MAX_WAIT);
  return performance.now() - began;
}

async function compareAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compare again' }).click();
  await page.locator('.upset li').first().waitFor(MAX_WAIT);
}

function openPage(
  { openExtensionPage }: Pick<BenchBrowser, 'openExtensionPage'>,
  lists: readonly SnapshotId[],
) {
  return openExtensionPage(`dashboard.html?view=compare&lists=${lists.join(',')}`);
}

interface PageUse {
  /** Milliseconds from the click until it is canceled. */
  readonly cancelled: number;
  readonly smooth: Smoothness;
}

function usePage(
  stage: Stage,
  folder: string,
  lists: readonly SnapshotId[],
  profiles: string | null,
): Promise<PageUse> {
  return stage.inBrowser(folder, async (browser) => {
    const page = await openPage(browser, lists);
    const cancelled = await openAndCancel(page);
    const again = (): Promise<null> => compareAgain(page).then(() => null);
    return { cancelled, smooth: (await doing(page, 'compare many lists', again, profiles)).smooth };
  });
}

function pageLines({ cancelled, smooth }: PageUse, line: LineFor): Line[] {
  return [
    line('on the page: from Cancel until it is canceled', 'ms', cancelled),
    line(`on the page: longest task (${String(smooth.longTasks)} long)`, 'ms', smooth.longestTask, [
      most('50 ms', smooth.longestTask, LONGEST_TASK),
    ]),
    line('on the page: longest task, CPU time', 'ms', smooth.ofProcessor),
  ];
}

async function memoryOf(stage: Stage, folder: string, lists: readonly SnapshotId[]): Promise<Value> {
  return stage.inBrowser(folder, async (browser) => {
    const idle = await idleMemory(browser.pid);
    const peak = await peakMemory(browser.pid, async () => {
      const page = await openPage(browser, lists);
      await page.locator('.upset li').first().waitFor(MAX_WAIT);
    });
    return peak === null || idle === null ? 'not measured on this system' : peak - idle;
  });
}

/** Measures how long the comparison of 20 lists takes, beside reading and sorting their IDs, and how it affects the page. */
export async function measureOverlap(
  stage: Stage,
  rows: number,
  pageSize: number,
  profiles: string | null,
): Promise<Line[]> {
  const many = { lists: LISTS, rows, pageSize };
  const { folder, note: lists } = await profileWithLists(stage, many);
  const { floors, ours } = await takeSamples(stage, folder, lists, many);
  const wrong = ours.find((one) => one.wrong > 0);
  if (wrong !== undefined) throw new Error(`${String(wrong.wrong)} combinations have a wrong count.`);
  const page = rows < CANCELABLE ? null : await usePage(stage, folder, lists, profiles);
  const memory = await memoryOf(stage, folder, lists);
  const line: LineFor = (what, unit, value, promised = []) => ({
    what: `${String(LISTS)} lists: ${what}`,
    rows,
    pageSize,
    unit,
    ours: value,
    baseline: null,
    floor: null,
    promised: rows === LARGE ? promised : [],
  });
  const floor = median(floors);
  const took = median(ours.map((one) => one.took));
  const combinations = String(ours[0]?.combinations ?? 0);
  return [
    {
      ...line(`compared, all ${combinations} combinations exact`, 'ms', took, [
        most(`${String(COMPARED)} × floor`, took, times(floor, COMPARED)),
      ]),
      floor,
    },
    ...(page === null ? [] : pageLines(page, line)),
    line('on the page: peak memory above idle', 'MB', memory, [most('500 MB', memory, MOST_MEMORY)]),
  ];
}
