/** How much of a list was not as expected. Apart from its sentences, because the content script needs it without them. */
import type { Snapshot } from '../model/snapshot.ts';

/** The unexpected part of all entries, 0 to 1. */
export function unexpectedShare({
  unexpected = {},
  rows,
  duplicates,
  unreadable,
}: Pick<Snapshot, 'unexpected' | 'rows' | 'duplicates' | 'unreadable'>): number {
  const odd = Object.values(unexpected).reduce((sum, entries) => sum + entries, 0);
  const skipped = (unexpected.unavailable ?? 0) + (unexpected['no-account'] ?? 0);
  return odd === 0 ? 0 : Math.min(1, odd / Math.max(odd, rows + duplicates + unreadable + skipped));
}
