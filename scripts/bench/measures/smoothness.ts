/** Measures long tasks and dropped frames on a page's main thread. */
import type { Page } from 'playwright';
import { z } from '../../../lib/zod.ts';

const FRAME = 1000 / 60;

export interface Smoothness {
  /** Milliseconds of the longest task; 0 if none took the 50 that browsers report. */
  readonly longestTask: number;
  /** The number of tasks of at least 50 ms. */
  readonly longTasks: number;
  /** The most CPU time of a task, in milliseconds, which other load on the computer doesn't affect. */
  readonly ofProcessor: number;
  /** The number of frames that are missing from 60 per second. */
  readonly dropped: number;
  readonly frames: number;
}

declare global {
  var benchWatch:
    { readonly tasks: number[]; readonly began: number; frames: number; end: () => void } | undefined;
}

async function beginWatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let going = true;
    const watch = {
      tasks,
      began: performance.now(),
      frames: 0,
      end: () => {
        going = false;
        for (const { duration } of observer.takeRecords()) tasks.push(duration);
        observer.disconnect();
      },
    };
    const count = (): void => {
      watch.frames += 1;
      if (going) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    globalThis.benchWatch = watch;
  });
}

async function endWatch(page: Page): Promise<Omit<Smoothness, 'ofProcessor'>> {
  const { tasks, took, frames } = await page.evaluate(() => {
    const watch = globalThis.benchWatch;
    if (watch === undefined) throw new Error('The page is not being watched.');
    watch.end();
    return { tasks: watch.tasks, took: performance.now() - watch.began, frames: watch.frames };
  });
  const expected = Math.floor(took / FRAME);
  return {
    longestTask: Math.max(0, ...tasks),
    longTasks: tasks.length,
    dropped: Math.max(0, expected - frames),
    frames: expected,
  };
}

/** The fields of a trace event that are used. */
const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  tdur: z.optional(z.number()),
  args: z.optional(z.object({ name: z.optional(z.unknown()) })),
});
const traceSchema = z.object({ traceEvents: z.array(eventSchema) });
type TraceEvent = z.infer<typeof eventSchema>;

const MICROSECONDS = 1000;
const MAIN_THREAD = 'CrRendererMain';
const TASK = 'ThreadControllerImpl::RunTask';

function threadOf({ pid, tid }: TraceEvent): string {
  return `${String(pid)}:${String(tid)}`;
}

/** The most CPU time of a task of the busiest page, in milliseconds. */
function dearestTask(trace: Buffer): number {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString('utf8')));
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === MAIN_THREAD)
      .map(threadOf),
  );
  const byThread = new Map<string, { sum: number; most: number }>();
  for (const event of traceEvents) {
    const thread = threadOf(event);
    if (event.ph !== 'X' || event.name !== TASK || !main.has(thread)) continue;
    const took = (event.tdur ?? 0) / MICROSECONDS;
    const known = byThread.get(thread) ?? { sum: 0, most: 0 };
    byThread.set(thread, { sum: known.sum + took, most: Math.max(known.most, took) });
  }
  const [busiest] = [...byThread.values()].sort((a, b) => b.sum - a.sum);
  return busiest?.most ?? 0;
}

/** The most CPU time of a task on a page's main thread while `work` runs, in milliseconds. */
export async function tracedTask(page: Page, work: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser is not connected.');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await work();
  return dearestTask(await browser.stopTracing());
}

/** Measures a page's main thread while `work` runs. */
export async function watched(page: Page, work: () => Promise<void>): Promise<Smoothness> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser is not connected.');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await beginWatch(page);
  await work();
  const seen = await endWatch(page);
  return { ...seen, ofProcessor: dearestTask(await browser.stopTracing()) };
}
