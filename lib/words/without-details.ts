/** How many accounts of a list have no details. Apart from its sentences, because the content script needs it without them. */
import type { Snapshot, WithoutDetails } from '../model/snapshot.ts';

type Counts = Pick<Snapshot, 'rows' | 'filled' | 'withoutDetails'>;

/** Those that were never looked up included; `null` where a list of an early version does not know. */
export function withoutDetails({ rows, filled, withoutDetails: counted }: Counts): WithoutDetails | null {
  const known = counted ?? (filled === 0 ? { idsOnly: 0, unavailable: 0 } : null);
  return known === null ? null : { ...known, idsOnly: known.idsOnly + rows - filled };
}

/** At least how many: of an early version's list, those that were never looked up. */
export function leastWithoutDetails(counts: Counts): WithoutDetails {
  return withoutDetails(counts) ?? { idsOnly: counts.rows - counts.filled, unavailable: 0 };
}
