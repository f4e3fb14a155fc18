/** How many accounts have no details. A separate file, because the content script doesn't need the messages. */
import type { Snapshot, WithoutDetails } from '../model/snapshot.ts';

type Counts = Pick<Snapshot, 'rows' | 'filled' | 'withoutDetails'>;

/** Includes accounts that were never looked up. `null` if the list is of an early version that didn't count them. */
export function withoutDetails({ rows, filled, withoutDetails: counted }: Counts): WithoutDetails | null {
  const known = counted ?? (filled === 0 ? { idsOnly: 0, unavailable: 0 } : null);
  return known === null ? null : { ...known, idsOnly: known.idsOnly + rows - filled };
}

/** The known minimum. For a list of an early version, only accounts that were never looked up. */
export function leastWithoutDetails(counts: Counts): WithoutDetails {
  return withoutDetails(counts) ?? { idsOnly: counts.rows - counts.filled, unavailable: 0 };
}
