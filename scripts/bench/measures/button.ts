import type { Page } from 'playwright';
import { startEmulator } from '../../../tests/emulator/emulator.ts';
import { launchChromium } from '../../../tests/harness/chromium.ts';
import { waitForPageButton } from '../../../tests/harness/page-button.ts';
import { median, most, type Line } from '../report.ts';

const SCRIPT = '/content-scripts/profile.js';
/** Milliseconds of main-thread time that the button may take while a page loads. */
const MOST = 5;
/** How long a page load is observed, in milliseconds: longer than any wait of the script. */
const OBSERVED = 2000;
interface Traced {
  readonly name: string;
  readonly ts: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** Trace events of a script: compiling, running, or being called. */
const SCRIPT_EVENTS: ReadonlySet<string> = new Set(['v8.compile', 'EvaluateScript', 'FunctionCall']);
/** Trace events of a layout that a script forced. */
const LAYOUT_EVENTS: ReadonlySet<string> = new Set(['UpdateLayoutTree', 'Layout']);

interface OwnTime {
  /** Milliseconds in which our script was compiled or running, including what it called. */
  readonly all: number;
  /** The part of it that was layout, which the page would have needed a little later anyway. */
  readonly layingOut: number;
}

/** Calculated from the browser's trace, because a sampling profiler makes scripts several times slower. */
function ownTime(events: readonly Traced[]): OwnTime {
  const scriptEvents = events
    .filter(({ name, args }) => SCRIPT_EVENTS.has(name) && args?.data?.url?.endsWith(SCRIPT) === true)
    .sort((a, b) => a.ts - b.ts);
  let all = 0;
  let layingOut = 0;
  let end = 0;
  for (const { ts, tid, dur = 0 } of scriptEvents) {
    const [from, to] = [Math.max(ts, end), Math.max(ts + dur, end)];
    // Nested events count once.
    all += to - from;
    end = to;
    for (const inner of events) {
      const isWithin = inner.tid === tid && inner.ts >= from && inner.ts + (inner.dur ?? 0) <= to;
      if (LAYOUT_EVENTS.has(inner.name) && isWithin) layingOut += inner.dur ?? 0;
    }
  }
  return { all: all / 1000, layingOut: layingOut / 1000 };
}

/** The main-thread time of our script while `url` loads. */
async function timeOfLoad(
  page: Page,
  url: string,
  loaded: (page: Page) => Promise<unknown>,
): Promise<OwnTime> {
  const session = await page.context().newCDPSession(page);
  const events: Traced[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as Traced[])));
  await session.send('Tracing.start', { categories: 'v8,devtools.timeline', transferMode: 'ReportEvents' });
  await page.goto(url);
  await loaded(page);
  await page.waitForTimeout(OBSERVED);
  const complete = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return ownTime(events);
}

/** Measures the button's main-thread time while pages with and without it load. */
export async function measureButton(extensionDir: string, samples: number): Promise<Line[]> {
  const emulator = await startEmulator();
  const profile = { platform: 'x', handle: 'anna_atlas', followers: 71, following: 3 } as const;
  emulator.population(profile);
  const browser = await launchChromium({ extensionDir, tlsPort: emulator.tlsPort, locale: 'en-US' });
  try {
    const page = await browser.context.newPage();
    // The first load starts the renderer process.
    await page.goto('https://x.com/home');
    const profiles: OwnTime[] = [];
    const others: OwnTime[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const there = (loaded: Page): Promise<unknown> => waitForPageButton(loaded, 'Get followers');
      profiles.push(await timeOfLoad(page, `https://x.com/${profile.handle}`, there));
      others.push(await timeOfLoad(page, 'https://x.com/home', () => Promise.resolve()));
    }
    const lineOf = (what: string, times: readonly OwnTime[], of: (time: OwnTime) => number): Line => ({
      what,
      rows: null,
      pageSize: null,
      unit: 'ms',
      ours: median(times.map(of)),
      baseline: null,
      floor: null,
      promised: [],
    });
    const withTarget = (line: Line): Line => ({
      ...line,
      promised: [most(`${String(MOST)} ms`, line.ours, MOST)],
    });
    const all = ({ all: time }: OwnTime): number => time;
    return [
      withTarget(lineOf('button: main-thread time, loading a profile', profiles, all)),
      lineOf('button: layout, included above', profiles, ({ layingOut }) => layingOut),
      withTarget(lineOf('button: main-thread time, loading another page', others, all)),
    ];
  } finally {
    await browser.close();
    await emulator.close();
  }
}
