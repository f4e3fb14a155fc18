import type { Page } from 'playwright';
import type { ManyLists } from '../page/many-lists.ts';
import { median, most, type Line, type Promised, type Unit } from '../report.ts';
import type { BenchBrowser, Profile, Stage } from '../stage.ts';
import { tracedTask } from './smoothness.ts';

const FEW: ManyLists = { lists: 10, perProfile: 3 };
const MANY: ManyLists = { lists: 2_000, perProfile: 3 };
/** How many milliseconds longer many lists may take than few. */
const BEYOND = 300;
/** The longest task on the page's main thread that is allowed, in milliseconds. */
const LONGEST_TASK = 50;
/** The number of browser starts. The samples are distributed among them. */
const ROUNDS = 3;

const PLACES = ['popup.html', 'dashboard.html'] as const;
type Place = (typeof PLACES)[number];

declare global {
  /** When the first list was painted, and the long tasks until then, in milliseconds since the navigation started. */
  var benchManyLists: Promise<{ readonly shown: number; readonly tasks: readonly number[] }> | undefined;
}

/** Makes every page of the browser record when the first of its lists is painted. */
async function watchLists(browser: Pick<BenchBrowser, 'context'>): Promise<void> {
  await browser.context.addInitScript(() => {
    const tasks: number[] = [];
    const watch = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    watch.observe({ type: 'longtask', buffered: true });
    globalThis.benchManyLists = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector('.snapshot-line') === null) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          // A message that is sent in an animation frame arrives after the frame was painted.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const shown = performance.now();
            // Includes tasks that the lists start.
            setTimeout(() => {
              for (const { duration } of watch.takeRecords()) tasks.push(duration);
              resolve({ shown, tasks });
            }, 500);
          };
          port2.postMessage(null);
        });
      });
      observer.observe(document, { subtree: true, childList: true });
    });
  });
}

/** Opens and closes a page with lists. */
async function open(browser: BenchBrowser, place: Place) {
  const page = await browser.openExtensionPage(place);
  try {
    return await page.evaluate(
      () => globalThis.benchManyLists ?? Promise.reject(new Error('The page is not being watched.')),
    );
  } finally {
    await page.close();
  }
}

interface Samples {
  readonly shown: number[];
  readonly longest: number[];
  readonly ofProcessor: number[];
}

type ByPlace = Readonly<Record<Place, Samples>>;

function none(): ByPlace {
  const samples = (): Samples => ({ shown: [], longest: [], ofProcessor: [] });
  return { 'popup.html': samples(), 'dashboard.html': samples() };
}

/** Opens each page several times, and once more with the browser's trace, which slows it down. */
async function sample(browser: BenchBrowser, into: ByPlace, times: number): Promise<void> {
  await watchLists(browser);
  for (const place of PLACES) {
    // The first page in a browser reads files that are cached afterward.
    await open(browser, place);
    for (let time = 0; time < times; time += 1) {
      const { shown, tasks } = await open(browser, place);
      into[place].shown.push(shown);
      into[place].longest.push(Math.max(0, ...tasks));
    }
    const page = await browser.context.newPage();
    into[place].ofProcessor.push(await tracedTask(page, () => opened(browser, page, place)));
    await page.close();
  }
}

async function opened({ extensionId }: BenchBrowser, page: Page, place: Place): Promise<void> {
  await page.goto(`chrome-extension://${extensionId}/${place}`);
  await page.locator('.snapshot-line').first().waitFor();
  await page.evaluate(() => globalThis.benchManyLists);
}

function profileOf(stage: Stage, many: ManyLists): Promise<Profile<string>> {
  return stage.profile(`lists-${String(many.lists)}`, (page) =>
    page.evaluate((lists) => globalThis.followledgerBench.seedMany(lists), many),
  );
}

/** Measures how long popup and dashboard take to open with few and with many lists, alternately, and their longest task. */
export async function measureManyLists(stage: Stage, samples: number): Promise<Line[]> {
  const sizes = [
    { ...FEW, profile: await profileOf(stage, FEW), taken: none() },
    { ...MANY, profile: await profileOf(stage, MANY), taken: none() },
  ] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { profile, taken } of sizes) {
      await stage.inBrowser(profile.folder, (browser) => sample(browser, taken, Math.ceil(samples / ROUNDS)));
    }
  }
  const [few, many] = sizes;
  const line = (what: string, ours: number, promised: readonly Promised[] = []): Line => ({
    what,
    rows: null,
    pageSize: null,
    unit: 'ms' satisfies Unit,
    ours,
    baseline: null,
    floor: null,
    promised,
  });
  return PLACES.flatMap((place) => {
    const name = place.replace('.html', '');
    const [before, now] = [few.taken[place], many.taken[place]];
    const [fast, ours] = [median(before.shown), median(now.shown)];
    return [
      line(`${name} with ${String(few.lists)} lists`, fast),
      line(`${name} with ${String(few.lists)} lists: longest task`, median(before.longest)),
      line(`${name} with ${many.lists.toLocaleString('en')} lists`, ours, [
        most('10 lists’ + 300 ms', ours, fast + BEYOND),
      ]),
      line(`${name} with ${many.lists.toLocaleString('en')} lists: longest task`, median(now.longest), [
        most('50 ms', median(now.longest), LONGEST_TASK),
      ]),
      line(
        `${name} with ${many.lists.toLocaleString('en')} lists: longest task, time of processor`,
        median(now.ofProcessor),
      ),
    ];
  });
}
