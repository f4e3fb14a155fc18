import type { CDPSession, Page } from 'playwright';
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

/**
 * Milliseconds in which our script was read or running, what it called included. As the browser's own trace has it: to
 * look at a thread many times a millisecond makes what is looked at slower by a multiple.
 */
function ownTime(events: readonly Traced[]): number {
  const own = events
    .filter(({ name, args }) => RUNS.has(name) && args?.data?.url?.endsWith(SCRIPT) === true)
    .sort((a, b) => a.ts - b.ts);
  let sum = 0;
  let end = 0;
  for (const { ts, dur = 0 } of own) {
    // One that lies within another counts once.
    sum += Math.max(0, ts + dur - Math.max(ts, end));
    end = Math.max(end, ts + dur);
  }
  return sum / 1000;
}

/** What our script takes of the page's thread while `url` loads. */
async function timeOfLoad(
  page: Page,
  url: string,
  loaded: (page: Page) => Promise<unknown>,
): Promise<number> {
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
    const profiles: number[] = [];
    const others: number[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const there = (loaded: Page): Promise<unknown> => waitForPageButton(loaded, 'Get followers');
      profiles.push(await timeOfLoad(page, `https://x.com/${profile.handle}`, there));
      others.push(await timeOfLoad(page, 'https://x.com/home', () => Promise.resolve()));
    }
    const line = (what: string, values: readonly number[]): Line => ({
      what,
      rows: null,
      pageSize: null,
      unit: 'ms',
      ours: median(values),
      baseline: null,
      floor: null,
      promised: [most(`${String(MOST)} ms`, median(values), MOST)],
    });
    return [
      line('button: time of the page’s thread, load of a profile', profiles),
      line('button: the same, load of another page of the site', others),
    ];
  } finally {
    await browser.close();
    await emulator.close();
  }
}
