/** Waiting for a run by what its provider sees, without looking at the browser. */
import type { Emulator } from '../emulator/emulator.ts';
import type { ProviderName } from '../emulator/exchange.ts';
import { isListPage } from './requests.ts';

/** Resolves when so many list pages have been answered. */
export async function hasEndedBy(
  emulator: Emulator,
  {
    provider,
    pages,
    tell,
  }: { readonly provider: ProviderName; readonly pages: number; readonly tell: (line: string) => void },
): Promise<void> {
  let seen = 0;
  const counted = new Set<number>();
  await emulator.waitFor((record) => {
    if (record.provider !== provider || record.outcome !== 'answered' || !isListPage(record)) return false;
    if (counted.has(record.n)) return false;
    counted.add(record.n);
    seen += 1;
    if (seen % 2000 === 0) tell(`${provider}: ${String(seen)} of ${String(pages)} pages`);
    return seen >= pages;
  });
}
