/** From the last byte of an answer to the next request: what the collector itself takes, seen from the provider. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { hasEndedBy } from './progress.ts';
import { isListPage } from './requests.ts';
import { openStand, startRun } from './environment.ts';

export interface Pace {
  readonly provider: ProviderName;
  readonly rowsAPage: number;
  readonly pages: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  /** Medians of the first and of the last stretch. */
  readonly early: number;
  readonly late: number;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The time between each list page and the next, in order; pages that were asked for again are left out. */
function gaps(log: readonly RequestRecord[]): number[] {
  const pages = log.filter(isListPage);
  return pages.slice(1).flatMap((record, index) => {
    const before = pages[index];
    return before?.left == null || before.outcome !== 'answered' ? [] : [record.came - before.left];
  });
}

/** Collects a list of so many pages in a browser that nothing is attached to, with no page of ours open. */
export async function measurePace(
  provider: 'sociavault' | 'x-v2',
  pages: number,
  rowsAPage: number,
  tell: (line: string) => void,
): Promise<Pace> {
  const stand = await openStand({ providers: [provider] });
  try {
    const { emulator } = stand;
    emulator.key({ provider, pageSize: rowsAPage });
    emulator.population({ platform: 'x', handle: 'long_list', followers: pages * rowsAPage, following: 0 });
    const raw = await stand.openRaw();
    try {
      const hands = (expression: string) => raw.ask('options.html', expression);
      const id = await startRun(hands, { platform: 'x', handle: 'long_list', provider });
      await hasEndedBy(emulator, { provider, pages, tell });
      const waits = gaps(emulator.log);
      const stretch = Math.min(100, Math.floor(pages / 4));
      tell(`${provider}: list ${id}`);
      return {
        provider,
        rowsAPage,
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
    await stand.close();
  }
}
