import type { Page } from 'playwright';
import { BENCH_PAGE } from '../extension.ts';
import type { Answered } from '../page/read.ts';
import { idleMemory, peakMemory } from '../memory.ts';
import { median, most, type Line, type Value } from '../report.ts';
import type { Profile, Stage } from '../stage.ts';
import { listOf, profileWithList } from './lists.ts';

/** What is looked for beside baseline and floor alike: half a dozen in a hundred accounts say it. */
const WORD = 'metaverse';
/** The baseline writes two or three thousand accounts a second. */
const BASELINE_AT_MOST = 60_000;
const LARGE = 1_000_000;

async function baselineProfile(stage: Stage, rows: number): Promise<Profile<number>> {
  // Pages of 1,000 whatever the list has: what it reads is the same.
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

function middle(answers: readonly Answered[], part: Part): number {
  return median(answers.flatMap((answer) => answer[part] ?? []));
}

function slowest(answers: readonly Answered[], part: Part): number {
  return Math.max(...answers.flatMap((answer) => answer[part] ?? []));
}

/** Sorting, searching and filtering, as the engine answers; and what baseline and floor take for the same. */
export async function measureEngine(stage: Stage, rows: number, pageSize: number): Promise<Line[]> {
  const { folder, note } = await profileWithList(stage, rows, pageSize);
  const inPage = <T>(work: (page: Page) => Promise<T>): Promise<T> =>
    stage.inBrowser(folder, async (browser) => work(await browser.openExtensionPage(BENCH_PAGE)));

  const baseline = await baselineOf(stage, rows);
  const floor = await floorOf(stage, rows);
  const prepared = await inPage((page) =>
    page.evaluate((id) => globalThis.followledgerBench.measurePreparing(id), note.id),
  );
  const times = await inPage((page) =>
    page.evaluate(([id, word]) => globalThis.followledgerBench.measureReading(id, word), [
      note.id,
      WORD,
    ] as const),
  );
  const again = await stage.inBrowser(folder, async (browser) => {
    const idle = await idleMemory(browser.pid);
    const page = await browser.openExtensionPage(BENCH_PAGE);
    const peak = await peakMemory(browser.pid, async () => {
      await page.evaluate(([id, word]) => globalThis.followledgerBench.measureReading(id, word), [
        note.id,
        WORD,
      ] as const);
    });
    return peak === null || idle === null ? null : peak - idle;
  });

  const { firstSearch, searches, numberSorts, textSorts, filters } = times;
  const beside = (
    figures: Exclude<typeof baseline, string> | string,
    pick: (of: Exclude<typeof baseline, string>) => number | null,
  ): Value => (typeof figures === 'string' ? figures : pick(figures));
  const line = (
    what: string,
    ours: Value,
    from: {
      readonly baseline?: Value;
      readonly floor?: Value;
      readonly atMost?: number;
      readonly unit?: Line['unit'];
    } = {},
  ): Line => ({
    what,
    rows,
    pageSize,
    unit: from.unit ?? 'ms',
    ours,
    baseline: from.baseline ?? null,
    floor: from.floor ?? null,
    promised:
      from.atMost === undefined || rows !== LARGE
        ? []
        : [most(`${from.atMost.toLocaleString('en')} ${from.unit ?? 'ms'}`, ours, from.atMost)],
  });
  return [
    line('first search: all matches', firstSearch.all, {
      atMost: 2500,
      floor: floor.search,
      baseline: beside(baseline, ({ firstRows, search }) => firstRows + search),
    }),
    line('search, text loaded: first matches, median', middle(searches, 'first'), { atMost: 150 }),
    line('search, text loaded: first matches, slowest', slowest(searches, 'first'), { atMost: 150 }),
    line('search, text loaded: all matches, median', middle(searches, 'all'), {
      atMost: 1000,
      floor: floor.searchOfLoaded,
      baseline: beside(baseline, ({ search }) => search),
    }),
    line('search, text loaded: all matches, slowest', slowest(searches, 'all'), { atMost: 1000 }),
    line('sort by a number, slowest column', slowest(numberSorts, 'all'), {
      atMost: 600,
      floor: floor.numberSort,
      baseline: beside(baseline, ({ numberSort }) => numberSort),
    }),
    line('sort by a number, with first rows', slowest(numberSorts, 'rows')),
    line('sort by handle or name, slowest', slowest(textSorts, 'all'), {
      atMost: 1500,
      baseline: beside(baseline, ({ textSort }) => textSort),
    }),
    line('sort by handle or name, with first rows', slowest(textSorts, 'rows')),
    line('filter, slowest', slowest(filters, 'all'), { baseline: beside(baseline, ({ filter }) => filter) }),
    line('search without derived columns: first matches', prepared.first),
    line('search without derived columns: all matches', prepared.all),
    line('peak memory above idle', again ?? 'not measured on this system', {
      atMost: 500,
      unit: 'MB',
      baseline: beside(baseline, ({ memory }) => memory),
    }),
  ];
}
