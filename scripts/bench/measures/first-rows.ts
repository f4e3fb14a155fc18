import type { Page } from 'playwright';
import { median, most, times, type Line } from '../report.ts';
import type { BenchBrowser, Profile, Stage } from '../stage.ts';
import { profileWithList, type ListNote } from './lists.ts';

/** The size that a list with a million accounts is compared with. */
const SMALL = 1000;
const LARGE = 1_000_000;

declare global {
  /** Milliseconds from the start of the navigation until the first row was painted. */
  var benchFirstRows: Promise<number> | undefined;
}

/** Makes every page of the browser record when an account's handle is first painted in its list. */
export async function watchFirstRows(browser: BenchBrowser, handle: string): Promise<void> {
  await browser.context.addInitScript((wanted) => {
    globalThis.benchFirstRows = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        const text = document.querySelector('[aria-label="Accounts"]')?.textContent ?? '';
        if (!text.includes(wanted)) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          // A message that is sent in an animation frame arrives after the frame was painted.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            resolve(performance.now());
          };
          port2.postMessage(null);
        });
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true });
    });
  }, `@${handle}`);
}

/** Opens the list and waits until its first rows are painted. */
export async function openList(
  browser: BenchBrowser,
  { id }: ListNote,
): Promise<{ page: Page; took: number }> {
  const page = await browser.openExtensionPage(`dashboard.html?list=${id}`);
  const took = await page.evaluate(
    () => globalThis.benchFirstRows ?? Promise.reject(new Error('The page is not being watched.')),
  );
  return { page, took };
}

interface Samples {
  /** In a browser that has just started. */
  readonly cold: number[];
  /** In a new tab of the same browser, after the first one was closed. */
  readonly again: number[];
}

/**
 * Measures the time from the navigation to the first painted row. Cold means a new browser process for every sample; the
 * system's file cache is not cleared. Sizes alternate, so that other load on the computer affects all of them equally.
 */
export async function measureFirstRows(
  stage: Stage,
  sizes: readonly number[],
  pageSize: number,
  count: number,
): Promise<Line[]> {
  const all = [...new Set([SMALL, ...sizes])];
  const profiles = new Map<number, Profile<ListNote>>();
  for (const rows of all) profiles.set(rows, await profileWithList(stage, rows, pageSize));
  const samples = new Map<number, Samples>(all.map((rows) => [rows, { cold: [], again: [] }]));
  for (let sample = 0; sample < count; sample += 1) {
    for (const [rows, { folder, note }] of profiles) {
      await stage.inBrowser(folder, async (browser) => {
        await watchFirstRows(browser, note.firstHandle);
        for (const kind of ['cold', 'again'] as const) {
          const { page, took } = await openList(browser, note);
          samples.get(rows)?.[kind].push(took);
          await page.close();
        }
      });
    }
  }
  const small = samples.get(SMALL) ?? { cold: [], again: [] };
  return [...samples].flatMap(([rows, taken]) =>
    (['cold', 'again'] as const).map((kind): Line => {
      const ours = median(taken[kind]);
      return {
        what: kind === 'cold' ? 'first rows, after a browser start' : 'first rows, new tab',
        rows,
        pageSize,
        unit: 'ms',
        ours,
        baseline: null,
        floor: null,
        promised:
          rows === LARGE ? [most('1.3 × 1,000’s + 30', ours, times(median(small[kind]), 1.3, 30))] : [],
      };
    }),
  );
}
