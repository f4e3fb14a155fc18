/** What a page's own thread goes through while something is done to it. */
import type { Page } from 'playwright';

const FRAME = 1000 / 60;

export interface Smoothness {
  /** Milliseconds of the longest task; 0 where none was longer than the 50 that browsers report. */
  readonly longestTask: number;
  /** How many tasks were longer. */
  readonly longTasks: number;
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

async function endWatch(page: Page): Promise<Smoothness> {
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

/** Watches a page's thread while `work` is done. */
export async function watched(page: Page, work: () => Promise<void>): Promise<Smoothness> {
  await beginWatch(page);
  await work();
  return endWatch(page);
}
