import type { Page } from 'playwright';
import { until } from '../../../tests/harness/until.ts';
import type { Exported } from '../arguments.ts';
import { BENCH_PAGE } from '../extension.ts';
import { idleMemory, peakMemory } from '../memory.ts';
import type { PlainFormat } from '../page/export.ts';
import { most, times, type Line, type Value } from '../report.ts';
import type { BenchBrowser, Profile, Stage } from '../stage.ts';
import { watchDownloads } from './downloads.ts';
import { openList, watchFirstRows } from './first-rows.ts';
import { profileWithList, type ListNote } from './lists.ts';
import { sort } from './page.ts';

const MB = 1_000_000;
const LARGE = 1_000_000;
/** Milliseconds. Longer than a file with a million accounts takes on a slow machine. */
const TIMEOUT = 300_000;

/** Graphs have a menu of their own, within the menu. */
const GRAPH = 'gexf';

interface Format {
  /** The name in the menu. */
  readonly name: string;
  readonly ending: Exported;
  readonly baseline: PlainFormat | null;
  /** The most, as a multiple of the floor. */
  readonly atMost: number | null;
  readonly seconds: number | null;
  /** The most megabytes above idle. */
  readonly memory: number;
}

const FORMATS: readonly Format[] = [
  { name: 'CSV', ending: 'csv', baseline: 'csv', atMost: 3, seconds: null, memory: 150 },
  { name: 'JSON', ending: 'json', baseline: 'json', atMost: 3, seconds: null, memory: 150 },
  { name: 'NDJSON', ending: 'ndjson', baseline: 'ndjson', atMost: 3, seconds: null, memory: 150 },
  { name: 'Parquet', ending: 'parquet', baseline: null, atMost: null, seconds: null, memory: 250 },
  { name: 'Excel', ending: 'xlsx', baseline: null, atMost: null, seconds: 60, memory: 250 },
  { name: 'Graph (GEXF)', ending: GRAPH, baseline: null, atMost: null, seconds: null, memory: 150 },
];

interface Saved {
  /** Milliseconds from the click until the file was complete. */
  readonly took: number;
  readonly bytes: number;
  /** Megabytes above idle; `null` if the system does not report memory. */
  readonly memory: number | null;
}

async function saving(browser: BenchBrowser, ending: string, begin: () => Promise<void>): Promise<Saved> {
  const idle = await idleMemory(browser.pid);
  const downloads = await watchDownloads(browser);
  let took = 0;
  let bytes = 0;
  try {
    const peak = await peakMemory(browser.pid, async () => {
      const began = performance.now();
      const saved = downloads.next(ending);
      await begin();
      bytes = await Promise.race([
        saved,
        new Promise<never>((_, reject) => {
          setTimeout(reject, TIMEOUT, new Error(`No ${ending} within ${String(TIMEOUT / 1000)} s.`)).unref();
        }),
      ]);
      took = performance.now() - began;
    });
    return { took, bytes, memory: peak === null || idle === null ? null : peak - idle };
  } finally {
    await downloads.close();
  }
}

/** Opens the menu and selects a format. */
async function fromMenu(browser: BenchBrowser, page: Page, name: string, ending: string): Promise<Saved> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const item = page.getByRole('menuitem', { name, exact: true });
  if (ending === GRAPH) await page.getByRole('menuitem', { name: 'Graph', exact: true }).click();
  return saving(browser, `.${ending}`, () => item.click());
}

function throughTheMenu(
  stage: Stage,
  { folder, note }: Profile<ListNote>,
  { name, ending }: Pick<Format, 'name' | 'ending'>,
  order: string | null = null,
): Promise<Saved> {
  return stage.inBrowser(folder, async (browser) => {
    await watchFirstRows(browser, note.firstHandle);
    const { page } = await openList(browser, note);
    if (order !== null) await sort(page, order);
    return fromMenu(browser, page, name, ending);
  });
}

/** How many more megabytes the browser uses after three exports. */
function afterThree(stage: Stage, { folder, note }: Profile<ListNote>): Promise<number | null> {
  return stage.inBrowser(folder, async (browser) => {
    await watchFirstRows(browser, note.firstHandle);
    const { page } = await openList(browser, note);
    const before = await idleMemory(browser.pid);
    for (let time = 0; time < 3; time += 1) await fromMenu(browser, page, 'CSV', 'csv');
    const session = await browser.context.newCDPSession(page);
    await until(
      'the exporter document to close',
      async () => {
        const { targetInfos } = await session.send('Target.getTargets');
        return targetInfos.some(({ url }) => url.endsWith('/exporter.html')) ? null : true;
      },
      { timeout: TIMEOUT },
    );
    const after = await idleMemory(browser.pid);
    return before === null || after === null ? null : after - before;
  });
}

async function saveWithBaseline(
  stage: Stage,
  { folder, note }: Profile<ListNote>,
  format: PlainFormat,
): Promise<Saved | string> {
  return stage.inBrowser(folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    const crashed = new Promise<never>((_, reject) => {
      page.once('crash', () => {
        reject(new Error('out of memory'));
      });
    });
    try {
      return await Promise.race([
        crashed,
        saving(browser, `.${format}`, () =>
          page.evaluate(([id, kind]) => globalThis.followledgerBench.baselineExport(id, kind), [
            note.id,
            format,
          ] as const),
        ),
      ]);
    } catch (error) {
      // The baseline fails with large lists. The reason is the result.
      const why = error instanceof Error ? error.message : String(error);
      return (
        /Invalid string length|out of memory|allocation|could not be read/i.exec(why)?.[0] ?? why.slice(0, 60)
      );
    }
  });
}

type Size = Pick<Line, 'rows' | 'pageSize'>;

const NOT_MEASURED = 'not measured on this system';

/** A limit that only applies to the large list. */
function promisedAt({ rows }: Size, name: string, value: Value, limit: Value): Line['promised'] {
  return rows === LARGE ? [most(name, value, limit)] : [];
}

/** A format's time, size, and memory through the real menu, compared with the baseline and the floor. */
async function measureFormat(
  stage: Stage,
  profile: Profile<ListNote>,
  format: Format,
  size: Size,
): Promise<readonly Line[]> {
  const ours = await throughTheMenu(stage, profile, format);
  const floor = await stage.inBrowser(profile.folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    return page.evaluate(([id, bytes]) => globalThis.followledgerBench.floorExport(id, bytes), [
      profile.note.id,
      ours.bytes,
    ] as const);
  });
  const baseline = format.baseline === null ? null : await saveWithBaseline(stage, profile, format.baseline);
  const of = (pick: (saved: Saved) => number | null): Value =>
    baseline === null || typeof baseline === 'string' ? baseline : pick(baseline);
  const { name, atMost, seconds } = format;
  const memory: Value = ours.memory ?? NOT_MEASURED;
  return [
    {
      ...size,
      what: `export ${name}, click to file`,
      unit: 's',
      ours: ours.took / 1000,
      baseline: of(({ took }) => took / 1000),
      floor: floor / 1000,
      promised: [
        ...(atMost === null
          ? []
          : promisedAt(size, `${String(atMost)} × floor`, ours.took, times(floor, atMost))),
        ...(seconds === null ? [] : promisedAt(size, `${String(seconds)} s`, ours.took / 1000, seconds)),
      ],
    },
    {
      ...size,
      what: `export ${name}, size`,
      unit: 'MB',
      ours: ours.bytes / MB,
      baseline: of(({ bytes }) => bytes / MB),
      floor: null,
      promised: [],
    },
    {
      ...size,
      what: `export ${name}, memory above idle`,
      unit: 'MB',
      ours: memory,
      baseline: of((saved) => saved.memory),
      floor: null,
      promised: promisedAt(size, `${String(format.memory)} MB`, memory, format.memory),
    },
  ];
}

async function measureByName(stage: Stage, profile: Profile<ListNote>, size: Size): Promise<readonly Line[]> {
  const { took, memory } = await throughTheMenu(stage, profile, { name: 'CSV', ending: 'csv' }, 'Name');
  const above: Value = memory ?? NOT_MEASURED;
  const common = { ...size, baseline: null, floor: null };
  return [
    { ...common, what: 'export CSV by name, click to file', unit: 's', ours: took / 1000, promised: [] },
    {
      ...common,
      what: 'export CSV by name, memory above idle',
      unit: 'MB',
      ours: above,
      promised: promisedAt(size, '150 MB', above, 150),
    },
  ];
}

/**
 * Measures exports. _Idle_ is the browser with the list open and nothing to do, so memory is what the export adds.
 * @param report called as soon as a format is done: a million accounts take a while
 */
export async function measureExports(
  stage: Stage,
  rows: number,
  pageSize: number,
  formats: readonly Exported[],
  report: (lines: readonly Line[]) => void,
): Promise<void> {
  const profile = await profileWithList(stage, rows, pageSize);
  const size = { rows, pageSize };
  for (const format of FORMATS.filter(({ ending }) => formats.includes(ending))) {
    report(await measureFormat(stage, profile, format, size));
  }
  if (formats.includes('by-name')) report(await measureByName(stage, profile, size));
  if (formats.includes('thrice')) {
    const ours: Value = (await afterThree(stage, profile)) ?? NOT_MEASURED;
    const what = 'memory retained after three exports';
    report([{ ...size, what, unit: 'MB', ours, baseline: null, floor: null, promised: [] }]);
  }
}
