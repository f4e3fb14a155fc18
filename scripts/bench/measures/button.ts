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
/** Microseconds between two looks at what runs. */
const EVERY = 50;

/** Of a CPU profile: milliseconds in which our script, or what it called, was running. */
function ownTime(profile: Awaited<ReturnType<typeof stop>>): number {
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Set<number>();
  const mark = (id: number, inside: boolean): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const isOwn = inside || node.callFrame.url.endsWith(SCRIPT);
    if (isOwn) own.add(id);
    for (const child of node.children ?? []) mark(child, isOwn);
  };
  const [root] = nodes;
  if (root !== undefined) mark(root.id, false);
  // The time before a sample is that of the sample before it.
  return samples.reduce((sum, id, at) => sum + (own.has(id) ? (timeDeltas[at + 1] ?? 0) : 0), 0) / 1000;
}

async function stop(session: CDPSession) {
  return (await session.send('Profiler.stop')).profile;
}

interface Traced {
  readonly name: string;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** Milliseconds that the browser took to read and compile our script, of a trace. */
function compileTime(events: readonly Traced[]): number {
  const own = events.filter(({ name, args }) => name === 'v8.compile' && args?.data?.url?.endsWith(SCRIPT));
  return own.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000;
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
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: EVERY });
  await session.send('Tracing.start', { categories: 'v8,devtools.timeline', transferMode: 'ReportEvents' });
  await session.send('Profiler.start');
  await page.goto(url);
  await loaded(page);
  await page.waitForTimeout(LOOKED_AT);
  const running = ownTime(await stop(session));
  const complete = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return running + compileTime(events);
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
