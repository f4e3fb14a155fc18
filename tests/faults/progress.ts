/** Waits for a run by the requests that its provider receives, without touching the browser. */
import type { Emulator } from '../emulator/emulator.ts';
import type { ProviderName } from '../emulator/exchange.ts';
import { isListPage } from './requests.ts';

/** Resolves when `pages` list pages have been answered. */
export async function hasEndedBy(
  emulator: Emulator,
  {
    provider,
    pages,
    report,
  }: { readonly provider: ProviderName; readonly pages: number; readonly report: (line: string) => void },
): Promise<void> {
  let seen = 0;
  const counted = new Set<number>();
  await emulator.waitFor((record) => {
    if (record.provider !== provider || record.outcome !== 'answered' || !isListPage(record)) return false;
    if (counted.has(record.n)) return false;
    counted.add(record.n);
    seen += 1;
    if (seen % 2000 === 0) report(`${provider}: ${String(seen)} of ${String(pages)} pages`);
    return seen >= pages;
  });
}
