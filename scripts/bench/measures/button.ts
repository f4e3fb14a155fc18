import type { Page } from 'playwright';
import { startEmulator } from '../../../tests/emulator/emulator.ts';
import { launchChromium } from '../../../tests/harness/chromium.ts';
import { waitForPageButton } from '../../../tests/harness/page-button.ts';
import { median, most, type Line } from '../report.ts';

const SCRIPT = '/content-scripts/profile.js';
/** Milliseconds of the page's own thread that the button may take while a page loads. */
const MOST = 5;
/** How long a load is looked at, milliseconds: longer than the script waits for anything. */
const LOOKED_AT = 2000;
interface Traced {
  readonly name: string;
  readonly ts: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** What the browser reports of a script: that it was read, ran, or was called. */
const RUNS: ReadonlySet<string> = new Set(['v8.compile', 'EvaluateScript', 'FunctionCall']);
/** Work on the page's own look that a script asked for before the frame was due. */
const LAYS_OUT: ReadonlySet<string> = new Set(['UpdateLayoutTree', 'Layout']);

interface OwnTime {
  /** Milliseconds in which our script was read or running, what it called included. */
  readonly all: number;
  /** Those of them in which the browser laid out the page, which it owed the page anyway, a little later. */
  readonly layingOut: number;
}

/**
 * As the browser's own trace has it: to look at a thread many times a millisecond makes what is looked at slower by a
 * multiple.
 */
function ownTime(events: readonly Traced[]): OwnTime {
  const own = events
    .filter(({ name, args }) => RUNS.has(name) && args?.data?.url?.endsWith(SCRIPT) === true)
    .sort((a, b) => a.ts - b.ts);
  let all = 0;
  let layingOut = 0;
  let end = 0;
  for (const { ts, tid, dur = 0 } of own) {
    const [from, to] = [Math.max(ts, end), Math.max(ts + dur, end)];
    // One that lies within another counts once.
    all += to - from;
    end = to;
    for (const inner of events) {
      const isWithin = inner.tid === tid && inner.ts >= from && inner.ts + (inner.dur ?? 0) <= to;
      if (LAYS_OUT.has(inner.name) && isWithin) layingOut += inner.dur ?? 0;
    }
  }
  return { all: all / 1000, layingOut: layingOut / 1000 };
}

/** What our script takes of the page's thread while `url` loads. */
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
  await page.waitForTimeout(LOOKED_AT);
  const complete = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return ownTime(events);
}

/** What the button costs the pages that it stands on, and those that it does not, while they load. */
export async function measureButton(extensionDir: string, samples: number): Promise<Line[]> {
  const emulator = await startEmulator();
  const profile = { platform: 'x', handle: 'anna_atlas', followers: 71, following: 3 } as const;
  emulator.population(profile);
  const browser = await launchChromium({ extensionDir, tlsPort: emulator.tlsPort, locale: 'en-US' });
  try {
    const page = await browser.context.newPage();
    // The first load starts the process that the others run in.
    await page.goto('https://x.com/home');
    const profiles: OwnTime[] = [];
    const others: OwnTime[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const there = (loaded: Page): Promise<unknown> => waitForPageButton(loaded, 'Get followers');
      profiles.push(await timeOfLoad(page, `https://x.com/${profile.handle}`, there));
      others.push(await timeOfLoad(page, 'https://x.com/home', () => Promise.resolve()));
    }
    const line = (what: string, times: readonly OwnTime[], of: (time: OwnTime) => number): Line => ({
      what,
      rows: null,
      pageSize: null,
      unit: 'ms',
      ours: median(times.map(of)),
      baseline: null,
      floor: null,
      promised: [],
    });
    const promised = (kept: Line): Line => ({
      ...kept,
      promised: [most(`${String(MOST)} ms`, kept.ours, MOST)],
    });
    const all = ({ all: time }: OwnTime): number => time;
    return [
      promised(line('button: main-thread time, loading a profile', profiles, all)),
      line('button: layout, included above', profiles, ({ layingOut }) => layingOut),
      promised(line('button: main-thread time, loading another page', others, all)),
    ];
  } finally {
    await browser.close();
    await emulator.close();
  }
}
