/**
 * The time from the last byte of a response to the next request: the collector's own share, as seen from the
 * provider.
 */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { hasEndedBy } from './progress.ts';
import { isListPage } from './requests.ts';
import { openFaultEnvironment, startRun } from './environment.ts';

export interface Pace {
  readonly provider: ProviderName;
  readonly rowsPerPage: number;
  readonly pages: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  /** Medians of the first and of the last part. */
  readonly early: number;
  readonly late: number;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The time between each list page and the next, in order; repeated requests are excluded. */
function gaps(log: readonly RequestRecord[]): number[] {
  const pages = log.filter(isListPage);
  return pages.slice(1).flatMap((record, index) => {
    const before = pages[index];
    return before?.left == null || before.outcome !== 'answered' ? [] : [record.arrived - before.left];
  });
}

/** Collects a list of `pages` pages in a browser without a debugger, with no extension page open. */
export async function measurePace(
  provider: 'sociavault' | 'x-v2',
  pages: number,
  rowsPerPage: number,
  report: (line: string) => void,
): Promise<Pace> {
  const environment = await openFaultEnvironment({ providers: [provider] });
  try {
    const { emulator } = environment;
    emulator.key({ provider, pageSize: rowsPerPage });
    emulator.population({ platform: 'x', handle: 'long_list', followers: pages * rowsPerPage, following: 0 });
    const raw = await environment.openRaw();
    try {
      const pageActions = (expression: string) => raw.ask('options.html', expression);
      const id = await startRun(pageActions, { platform: 'x', handle: 'long_list', provider });
      await hasEndedBy(emulator, { provider, pages, report });
      const waits = gaps(emulator.log);
      const stretch = Math.min(100, Math.floor(pages / 4));
      report(`${provider}: list ${id}`);
      return {
        provider,
        rowsPerPage,
        pages,
        median: quantile(waits, 0.5),
        p95: quantile(waits, 0.95),
        early: quantile(waits.slice(10, 10 + stretch), 0.5),
        late: quantile(waits.slice(-stretch), 0.5),
      };
    } finally {
      await raw.close();
    }
  } finally {
    await environment.close();
  }
}
