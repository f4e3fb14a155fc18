/** What many profiles cost together, before anything is paid. Pure. */
import { estimateRun, rowsToCollect } from '../collector/estimate.ts';
import type { Platform } from '../model/platform.ts';
import type { Adapter } from '../providers/adapter.ts';

export interface BatchEstimate {
  /** The least that it costs if every profile exists, in the provider's unit. */
  readonly from: number;
  /** The most; `null` if that is not known, because all accounts of profiles with unknown counts are wanted. */
  readonly to: number | null;
  /** How many of the profiles have a known count. */
  readonly known: number;
}

interface Wanted {
  readonly platform: Platform;
  /** How many accounts of each profile; `null` is all. */
  readonly howMany: number | null;
  /** The count of each profile, as earlier lists state it; `null` if it is not known. */
  readonly counts: readonly (number | null)[];
}

/**
 * The range of a batch's price: a profile whose count is unknown may have no accounts, or as many as are wanted of each.
 */
export function estimateBatch(
  adapter: Pick<Adapter, 'price' | 'pages' | 'fillSize'>,
  { platform, howMany, counts }: Wanted,
): BatchEstimate {
  const priceOf = (rows: number, listed: number | null): number =>
    estimateRun(adapter, { platform, rows, listed, resolved: false }).amount ?? 0;
  const none = priceOf(0, 0);
  const all = howMany === null ? null : priceOf(howMany, null);
  let from = 0;
  let to: number | null = 0;
  let known = 0;
  for (const count of counts) {
    const rows = count === null ? null : rowsToCollect(howMany, count);
    if (rows === null) {
      from += none;
      to = to === null || all === null ? null : to + all;
      continue;
    }
    const price = priceOf(rows, count);
    known += 1;
    from += price;
    to = to === null ? null : to + price;
  }
  return { from, to, known };
}
