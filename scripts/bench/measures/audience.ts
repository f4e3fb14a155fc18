import { BENCH_PAGE } from '../extension.ts';
import type { PartTimes } from '../page/audience.ts';
import { most, type Line } from '../report.ts';
import type { Stage } from '../stage.ts';
import { profileWithList } from './lists.ts';

const LARGE = 1_000_000;
/** Milliseconds, for a million accounts. */
const FIRST = 1500;
const CHANGED = 150;
const CHANGED_TERMS = 600;
const DRAWN = 300;
const BRUSHED = 150;

function slowest(changed: readonly PartTimes[], of: (times: PartTimes) => number): number {
  return Math.max(...changed.map(of));
}

/** Measures how long the tab Audience waits for the worker, beside reading the same columns once. */
export async function measureAudience(stage: Stage, rows: number, pageSize: number): Promise<Line[]> {
  const { folder, note } = await profileWithList(stage, rows, pageSize);
  await stage.inBrowser(folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    await page.evaluate((id) => globalThis.followledgerBench.prepareAudience(id), note.id);
  });
  const { first, changed, brush, floor } = await stage.inBrowser(folder, async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    return page.evaluate((id) => globalThis.followledgerBench.measureAudience(id), note.id);
  });
  const line = (what: string, ours: number, target: number | null, floorOf: number | null = null): Line => ({
    what: `audience: ${what}`,
    rows,
    pageSize,
    unit: 'ms',
    ours,
    baseline: null,
    floor: floorOf,
    promised: target === null || rows !== LARGE ? [] : [most(`${String(target)} ms`, ours, target)],
  });
  const { facets = 0, fingerprint = 0, rules = 0, terms = 0, done = 0 } = first;
  return [
    line('all facets, first time', Math.max(facets, terms), FIRST, floor),
    line('everything with runs, first time', done, null, floor),
    line(
      'numbers and flags after a changed filter',
      slowest(changed, (times) => times.facets ?? 0),
      CHANGED,
    ),
    line(
      'terms after a changed filter',
      slowest(changed, (times) => times.terms ?? 0),
      CHANGED_TERMS,
    ),
    line('fingerprint, after the facets', fingerprint - facets, DRAWN),
    line('rules, after the fingerprint', rules - fingerprint, null),
    line('brushed area until the accounts are known', brush, BRUSHED),
  ];
}
