import type { Page } from 'playwright';
import type { ComparedPair } from '../../../lib/sets/summary.ts';
import type { SetParts, SetTimes } from '../page/sets.ts';
import { BENCH_PAGE } from '../extension.ts';
import { idleMemory, peakMemory } from '../memory.ts';
import { median, most, times, type Line, type Promised, type Unit, type Value } from '../report.ts';
import type { BenchBrowser, Profile, Stage } from '../stage.ts';
import { doing, rowsAreThere } from './page.ts';

const LARGE = 1_000_000;
/** How many times as long as the floor the comparison may take. */
const COMPARED = 2;
/** Milliseconds from the comparison until its accounts are shown. */
const OPENED = 500;
/** The longest task on the page's main thread that is allowed, in milliseconds. */
const LONGEST_TASK = 50;
/** The most megabytes that the whole browser may use above idle. */
const MOST_MEMORY = 500;
/** Each time in a browser that has just started; the floor takes turns with ours. */
const SAMPLES = 3;
const MAX_WAIT = { timeout: 120_000 };

/** A browser profile with two lists of the same profile. The newer one has lost its older half and has as many new accounts. */
function profileWithPair(stage: Stage, rows: number, pageSize: number): Promise<Profile<ComparedPair>> {
  const half = Math.floor(rows / 2);
  const shared = { rows, pageSize, handle: 'bench_pair', sequence: rows + half };
  return stage.profile(`pair-${String(rows)}-${String(pageSize)}`, async (page) => {
    const seed = (offset: number) =>
      page.evaluate((list) => globalThis.followledgerBench.seed(list), { ...shared, offset });
    const lists: ComparedPair = [await seed(half), await seed(0)];
    await page.evaluate((pair) => globalThis.followledgerBench.prepareSets(pair), lists);
    return lists;
  });
}

/** Compares the lists in the tab Changes, and opens the first status. */
async function usePage({ openExtensionPage }: Pick<BenchBrowser, 'openExtensionPage'>, newer: string) {
  const page = await openExtensionPage(`dashboard.html?list=${newer}`);
  await rowsAreThere(page);
  return {
    page,
    use: async (): Promise<void> => {
      await page.getByRole('tab', { name: 'Changes' }).click();
      await page.locator('.changes-show').first().click(MAX_WAIT);
      await page.getByLabel('Accounts', { exact: true }).waitFor(MAX_WAIT);
      await rowsAreThere(page);
    },
  };
}

async function memoryOf(stage: Stage, folder: string, newer: string): Promise<Value> {
  return stage.inBrowser(folder, async (browser) => {
    const idle = await idleMemory(browser.pid);
    const peak = await peakMemory(browser.pid, async () => {
      const { use } = await usePage(browser, newer);
      await use();
    });
    return peak === null || idle === null ? 'not measured on this system' : peak - idle;
  });
}

interface Taken {
  /** Milliseconds, each in a browser that had just started. */
  readonly floors: number[];
  readonly ours: SetTimes[];
  readonly memberships: number[];
  readonly parts: SetParts;
}

async function takeSamples(stage: Stage, folder: string, lists: ComparedPair): Promise<Taken> {
  const inPage = <T>(work: (page: Page) => Promise<T>): Promise<T> =>
    stage.inBrowser(folder, async (browser) => work(await browser.openExtensionPage(BENCH_PAGE)));
  const floors: number[] = [];
  const ours: SetTimes[] = [];
  const memberships: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    floors.push(
      await inPage((page) => page.evaluate((pair) => globalThis.followledgerBench.floorOfSets(pair), lists)),
    );
    ours.push(
      await inPage((page) => page.evaluate((pair) => globalThis.followledgerBench.measureSets(pair), lists)),
    );
    memberships.push(
      await inPage((page) =>
        page.evaluate((pair) => globalThis.followledgerBench.measureMembership(pair), lists),
      ),
    );
  }
  const parts = await inPage((page) =>
    page.evaluate((pair) => globalThis.followledgerBench.partsOfSets(pair), lists),
  );
  return { floors, ours, memberships, parts };
}

type LineFor = (what: string, unit: Unit, ours: Value, promised?: readonly Promised[]) => Line;

function timesIn({ floors, ours, memberships, parts }: Taken, line: LineFor): Line[] {
  const floor = median(floors);
  const compared = median(ours.map((one) => one.compared));
  const openedNew = median(ours.map((one) => one.opened));
  const openedOthers = median(ours.map((one) => one.openedByMembership));
  const membership = median(memberships);
  const comparedAtMost = most(`${String(COMPARED)} × floor`, compared, times(floor, COMPARED));
  const membershipAtMost = most(
    `${String(COMPARED)} × floor + ${String(OPENED)} ms`,
    membership,
    times(floor, COMPARED, OPENED),
  );
  return [
    { ...line('compared', 'ms', compared, [comparedAtMost]), floor },
    line('then opened: those that are new', 'ms', openedNew, [
      most(`${String(OPENED)} ms`, openedNew, OPENED),
    ]),
    line('then opened: those not in the other list', 'ms', openedOthers, [
      most(`${String(OPENED)} ms`, openedOthers, OPENED),
    ]),
    { ...line('opened at once: those not in the other list', 'ms', membership, [membershipAtMost]), floor },
    line('reading the IDs', 'ms', parts.ids),
    line('finding them in the other list', 'ms', parts.join),
    line('reading the follow times', 'ms', parts.followTimes),
    line('reading the details', 'ms', parts.details),
    line('everything, without a worker', 'ms', parts.all),
  ];
}

/** Measures how long the comparison of two lists takes, beside reading and sorting their IDs, and how it affects the page. */
export async function measureSets(
  stage: Stage,
  rows: number,
  pageSize: number,
  profiles: string | null,
): Promise<Line[]> {
  const { folder, note: lists } = await profileWithPair(stage, rows, pageSize);
  const taken = await takeSamples(stage, folder, lists);
  const { smooth } = await stage.inBrowser(folder, async (browser) => {
    const { page, use } = await usePage(browser, lists[1]);
    return doing(page, 'compare two lists', () => use().then(() => null), profiles);
  });
  const memory = await memoryOf(stage, folder, lists[1]);
  const line: LineFor = (what, unit, ours, promised = []) => ({
    what: `two lists: ${what}`,
    rows,
    pageSize,
    unit,
    ours,
    baseline: null,
    floor: null,
    promised: rows === LARGE ? promised : [],
  });
  return [
    ...timesIn(taken, line),
    line(`in the tab: longest task (${String(smooth.longTasks)} long)`, 'ms', smooth.longestTask, [
      most('50 ms', smooth.longestTask, LONGEST_TASK),
    ]),
    line('in the tab: longest task, CPU time', 'ms', smooth.ofProcessor),
    line('in the tab: peak memory above idle', 'MB', memory, [most('500 MB', memory, MOST_MEMORY)]),
  ];
}
