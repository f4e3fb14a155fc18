import { BENCH_PAGE } from '../extension.ts';
import { least, most, times, type Line, type Value } from '../report.ts';
import type { Stage } from '../stage.ts';
import { listOf } from './lists.ts';

/** The target applies to pages of this size. The baseline's rate does not increase with time. */
const BASELINE_AT_MOST = 30_000;
const PROMISED_PAGES = 1000;

/** Measures accounts written per second. Baseline and floor run in separate browsers or alternate, never concurrently. */
export async function measureWriting(stage: Stage, rows: number, pageSize: number): Promise<Line[]> {
  const list = listOf(rows, pageSize);
  const written = await stage.inNewBrowser(async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    return page.evaluate((options) => globalThis.followledgerBench.measureWrite(options), list);
  });
  const usual = await stage.inNewBrowser(async (browser) => {
    const page = await browser.openExtensionPage(BENCH_PAGE);
    return page.evaluate(([options, atMost]) => globalThis.followledgerBench.writeBaseline(options, atMost), [
      list,
      BASELINE_AT_MOST,
    ] as const);
  });
  const aSecond = (count: number, milliseconds: number): number => (count / milliseconds) * 1000;
  const ours = aSecond(rows, written.ours);
  const baseline = aSecond(usual.rows, usual.took);
  const floor: Value = aSecond(rows, written.floor);
  return [
    {
      what: usual.rows < rows ? `write (baseline: first ${usual.rows.toLocaleString('en')})` : 'write',
      rows,
      pageSize,
      unit: 'accounts/s',
      ours,
      baseline,
      floor,
      promised:
        pageSize === PROMISED_PAGES
          ? [
              least('30 × baseline', ours, times(baseline, 30)),
              most('1.5 × floor’s time', written.ours, times(written.floor, 1.5)),
            ]
          : [],
    },
  ];
}
