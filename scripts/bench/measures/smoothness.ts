/** What a page's own thread goes through while something is done to it. */
import type { Page } from 'playwright';
import { z } from '../../../lib/zod.ts';

const FRAME = 1000 / 60;

export interface Smoothness {
  /** Milliseconds of the longest task; 0 where none was longer than the 50 that browsers report. */
  readonly longestTask: number;
  /** How many tasks were longer. */
  readonly longTasks: number;
  /** Milliseconds of processor of the task that took most: what remains where nothing else is computed. */
  readonly ofProcessor: number;
  /** Of the frames that 60 a second would have been, those that were not drawn. */
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
    if (watch === undefined) throw new Error('Nothing is watched.');
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

/** An event of a trace, as far as it is looked at. */
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

/** The processor's milliseconds of the dearest task of the busiest page. */
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

/** The processor's milliseconds of the dearest task of a page's own thread while `work` is done. */
export async function tracedTask(page: Page, work: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser is gone.');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await work();
  return dearestTask(await browser.stopTracing());
}

/** Watches a page's thread while `work` is done. */
export async function watched(page: Page, work: () => Promise<void>): Promise<Smoothness> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The browser is gone.');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await beginWatch(page);
  await work();
  const seen = await endWatch(page);
  return { ...seen, ofProcessor: dearestTask(await browser.stopTracing()) };
}
