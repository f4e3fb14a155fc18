/** The share of unexpected entries in a list. A separate file, because the content script doesn't need the messages. */
import type { Snapshot } from '../model/snapshot.ts';

/** The unexpected entries as a share of all entries, 0 to 1. */
export function unexpectedShare({
  unexpected = {},
  rows,
  duplicates,
  unreadable,
}: Pick<Snapshot, 'unexpected' | 'rows' | 'duplicates' | 'unreadable'>): number {
  const total = Object.values(unexpected).reduce((sum, entries) => sum + entries, 0);
  const skipped = (unexpected.unavailable ?? 0) + (unexpected['no-account'] ?? 0);
  return total === 0 ? 0 : Math.min(1, total / Math.max(total, rows + duplicates + unreadable + skipped));
}
