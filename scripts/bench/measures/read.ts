import type { Page } from 'playwright';
import { BENCH_PAGE } from '../extension.ts';
import type { ReceivedResult } from '../page/read.ts';
import { idleMemory, peakMemory } from '../memory.ts';
import { median, most, type Line, type Value } from '../report.ts';
import type { Profile, Stage } from '../stage.ts';
import { listOf, profileWithList, type ListNote } from './lists.ts';

/** The search term for ours, baseline, and floor. About 6% of the accounts contain it. */
const WORD = 'metaverse';
/** The baseline writes two or three thousand accounts per second. */
const BASELINE_AT_MOST = 60_000;
const LARGE = 1_000_000;

async function baselineProfile(stage: Stage, rows: number): Promise<Profile<number>> {
  // Always in pages of 1,000, because the stored data is the same for every page size.
  const list = listOf(rows, 1000);
  return stage.profile(`baseline-${String(rows)}`, async (page: Page) => {
    const { rows: written } = await page.evaluate(
      ([options, atMost]) => globalThis.followledgerBench.writeBaseline(options, atMost),
      [list, BASELINE_AT_MOST] as const,
    );
    return written;
  });
}

async function baselineOf(stage: Stage, rows: number) {
  const { folder, note: written } = await baselineProfile(stage, rows);
  if (written < rows) return 'did not finish';
  return stage.inBrowser(folder, async (browser) => {
    const idle = await idleMemory(browser.pid);
    const page = await browser.openExtensionPage(BENCH_PAGE);
    const times = await page.evaluate((word) => globalThis.followledgerBench.readBaseline(word), WORD);
    await page.close();
    const again = await browser.openExtensionPage(BENCH_PAGE);
    const peak = await peakMemory(browser.pid, async () => {
      await again.evaluate((word) => globalThis.followledgerBench.readBaseline(word), WORD);
    });
    return { ...times, memory: peak === null || idle === null ? null : peak - idle };
  });
}

async function floorOf(stage: Stage, rows: number) {
  const list = listOf(rows, 1000);
  const { folder } = await stage.profile(`floor-${String(rows)}`, (page) =>
    page.evaluate((options) => globalThis.followledgerBench.writeFloor(options), list),
  );
  return stage.inBrowser(folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    return page.evaluate((word) => globalThis.followledgerBench.readFloor(word), WORD);
  });
}

type Part = 'first' | 'all' | 'rows';

function middle(results: readonly ReceivedResult[], part: Part): number {
  return median(results.flatMap((result) => result[part] ?? []));
}

function slowest(results: readonly ReceivedResult[], part: Part): number {
  return Math.max(...results.flatMap((result) => result[part] ?? []));
}

type Baseline = Awaited<ReturnType<typeof baselineOf>>;

function ofBaseline(baseline: Baseline, pick: (figures: Exclude<Baseline, string>) => number | null): Value {
  return typeof baseline === 'string' ? baseline : pick(baseline);
}

/** Megabytes that the queries add to an idle browser; `null` if the system does not report memory. */
async function measureMemory(stage: Stage, folder: string, id: ListNote['id']): Promise<number | null> {
  return stage.inBrowser(folder, async (browser) => {
    const idle = await idleMemory(browser.pid);
    const page = await browser.openExtensionPage(BENCH_PAGE);
    const peak = await peakMemory(browser.pid, async () => {
      await page.evaluate(([list, word]) => globalThis.followledgerBench.measureReading(list, word), [
        id,
        WORD,
      ] as const);
    });
    return peak === null || idle === null ? null : peak - idle;
  });
}

interface LineOptions {
  readonly baseline?: Value;
  readonly floor?: Value;
  readonly atMost?: number;
  readonly unit?: Line['unit'];
}

function lineFor(
  size: Pick<Line, 'rows' | 'pageSize'>,
  what: string,
  ours: Value,
  { baseline = null, floor = null, atMost, unit = 'ms' }: LineOptions = {},
): Line {
  const promised =
    atMost === undefined || size.rows !== LARGE
      ? []
      : [most(`${atMost.toLocaleString('en')} ${unit}`, ours, atMost)];
  return { ...size, what, unit, ours, baseline, floor, promised };
}

/** Sorting, searching, and filtering with the engine, compared with the baseline and the floor. */
export async function measureEngine(stage: Stage, rows: number, pageSize: number): Promise<Line[]> {
  const { folder, note } = await profileWithList(stage, rows, pageSize);
  const inPage = <T>(work: (page: Page) => Promise<T>): Promise<T> =>
    stage.inBrowser(folder, async (browser) => work(await browser.openExtensionPage(BENCH_PAGE)));

  const baseline = await baselineOf(stage, rows);
  const floor = await floorOf(stage, rows);
  const prepared = await inPage((page) =>
    page.evaluate((id) => globalThis.followledgerBench.measurePreparing(id), note.id),
  );
  const { firstSearch, searches, numberSorts, textSorts, filters } = await inPage((page) =>
    page.evaluate(([id, word]) => globalThis.followledgerBench.measureReading(id, word), [
      note.id,
      WORD,
    ] as const),
  );
  const memory = await measureMemory(stage, folder, note.id);
  const line = (what: string, ours: Value, options?: LineOptions): Line =>
    lineFor({ rows, pageSize }, what, ours, options);
  return [
    line('first search: all matches', firstSearch.all, {
      atMost: 2500,
      floor: floor.search,
      baseline: ofBaseline(baseline, ({ firstRows, search }) => firstRows + search),
    }),
    line('search, text loaded: first matches, median', middle(searches, 'first'), { atMost: 150 }),
    line('search, text loaded: first matches, slowest', slowest(searches, 'first'), { atMost: 150 }),
    line('search, text loaded: all matches, median', middle(searches, 'all'), {
      atMost: 1000,
      floor: floor.searchOfLoaded,
      baseline: ofBaseline(baseline, ({ search }) => search),
    }),
    line('search, text loaded: all matches, slowest', slowest(searches, 'all'), { atMost: 1000 }),
    line('sort by a number, slowest column', slowest(numberSorts, 'all'), {
      atMost: 600,
      floor: floor.numberSort,
      baseline: ofBaseline(baseline, ({ numberSort }) => numberSort),
    }),
    line('sort by a number, with first rows', slowest(numberSorts, 'rows')),
    line('sort by handle or name, slowest', slowest(textSorts, 'all'), {
      atMost: 1500,
      baseline: ofBaseline(baseline, ({ textSort }) => textSort),
    }),
    line('sort by handle or name, with first rows', slowest(textSorts, 'rows')),
    line('filter, slowest', slowest(filters, 'all'), {
      baseline: ofBaseline(baseline, ({ filter }) => filter),
    }),
    line('search without derived columns: first matches', prepared.first),
    line('search without derived columns: all matches', prepared.all),
    line('peak memory above idle', memory ?? 'not measured on this system', {
      atMost: 500,
      unit: 'MB',
      baseline: ofBaseline(baseline, (figures) => figures.memory),
    }),
  ];
}
