/** What a run will cost and how long it takes, before anything but the lookup is paid. */
import { pagePrice } from '../model/money.ts';
import type { Platform } from '../model/platform.ts';
import { smallestPage, type Adapter } from '../providers/adapter.ts';
import { platform as platformOf } from '../platforms/index.ts';
import type { Estimate, Snapshot } from '../model/snapshot.ts';

type Priced = Pick<Adapter, 'price' | 'pages' | 'fillSize'>;

export interface EstimateOptions {
  readonly platform: Platform;
  /** The accounts to be collected; `null` when the count is not known. */
  readonly rows: number | null;
  /** How many accounts the list has from here on: a page never contains more. `null` when that is not known. */
  readonly listed: number | null;
  /** Whether the lookup is paid for already, or not needed. */
  readonly resolved: boolean;
}

/** How many accounts a run can collect: the requested number, or the whole list if that is shorter or all are requested. */
export function rowsToCollect(howMany: number | null, expected: number | null): number | null {
  if (howMany === null) return expected;
  return expected === null ? howMany : Math.min(howMany, expected);
}

/** The pages that contain `rows` accounts, and what they cost. The last one may contain more than is wanted. */
function pagesFor(
  { price, pages }: Priced,
  { platform, rows, listed }: Pick<EstimateOptions, 'platform' | 'listed'> & { readonly rows: number },
): { readonly pages: number; readonly amount: number } {
  const rules = pages(platform);
  const size = rules.usual ?? rules.most;
  const full = Math.floor(rows / size);
  const rest = rows - full * size;
  const whole = full * pagePrice(price, size);
  // It takes one request to find that a list is empty.
  if (rest === 0)
    return full === 0 ? { pages: 1, amount: pagePrice(price, 0) } : { pages: full, amount: whole };
  const least = rules.adjustable ? Math.max(rest, smallestPage(rules)) : size;
  const last = listed === null ? least : Math.max(rest, Math.min(least, listed - full * size));
  return { pages: full + 1, amount: whole + pagePrice(price, last) };
}

/**
 * What has to be available beyond an estimate's amount. Where a request can't be for a single account, the last one is
 * sent only if a page of the smallest size is affordable.
 */
function marginOf({ price, pages }: Priced, platform: Platform): Pick<Estimate, 'margin'> {
  const least = smallestPage(pages(platform));
  return price.perRow === 0 || least === 1 ? {} : { margin: pagePrice(price, least) };
}

/**
 * Prices a run by its adapter's price list. Amounts are in the provider's unit, rounded as the provider bills: whole
 * requests, whole rows, and at least the minimum of each request.
 */
export function estimateRun(adapter: Priced, options: EstimateOptions): Estimate {
  const { platform, rows, listed, resolved } = options;
  const { price, fillSize } = adapter;
  if (rows === null) return { rows, requests: null, amount: null, seconds: null };
  const { pages, amount } = pagesFor(adapter, { platform, rows, listed });
  const fills = fillSize === 0 ? 0 : Math.ceil(rows / fillSize);
  const resolve = resolved || price.resolve === 0 ? 0 : 1;
  return {
    rows,
    requests: resolve + pages + fills,
    amount: resolve * price.resolve + amount + fills * price.perFill,
    ...marginOf(adapter, platform),
    seconds: Math.ceil(pages * adapter.pages(platform).seconds),
  };
}

/** What a run usually costs where the platform seldom lists everything, in the provider's unit. */
export interface LikelyCost {
  readonly from: number;
  readonly to: number;
  /** The number of accounts at which the platform usually stops. */
  readonly rows: { readonly from: number; readonly to: number };
}

/** `null` where the platform lists everything, or fewer accounts are wanted than it usually lists. */
export function likelyCost(adapter: Priced, options: EstimateOptions): LikelyCost | null {
  const { usuallyServes } = platformOf(options.platform);
  const { rows } = options;
  if (usuallyServes === null || rows === null || rows <= usuallyServes.from) return null;
  const to = Math.min(rows, usuallyServes.to);
  const amountFor = (n: number): number => estimateRun(adapter, { ...options, rows: n }).amount ?? 0;
  return { from: amountFor(usuallyServes.from), to: amountFor(to), rows: { from: usuallyServes.from, to } };
}

type Estimated = Pick<Snapshot, 'platform' | 'hinted' | 'howMany' | 'expected'>;

/** What a whole run is expected to cost, including what it has cost so far. */
export function estimateOf(adapter: Priced, { platform, hinted, howMany, expected }: Estimated): Estimate {
  const rows = rowsToCollect(howMany, expected);
  return estimateRun(adapter, { platform, rows, listed: expected, resolved: hinted });
}

/** What the rest of a run costs: the accounts and details that are still missing, and the lookup if it is still to be done. */
export function estimateRest(
  adapter: Priced,
  snapshot: Pick<Snapshot, 'platform' | 'resolvedAt' | 'expected' | 'rows' | 'filled'>,
  howMany: number | null,
): Estimate {
  const { platform, resolvedAt, expected, rows, filled } = snapshot;
  const wanted = rowsToCollect(howMany, expected);
  const { price, fillSize } = adapter;
  if (wanted === null) return { rows: null, requests: null, amount: null, seconds: null };
  const fills = fillSize === 0 ? 0 : Math.ceil((rows - filled) / fillSize);
  const missing = Math.max(0, wanted - rows);
  const rest =
    missing === 0 && fills > 0
      ? { rows: 0, requests: 0, amount: 0, seconds: 0 }
      : estimateRun(adapter, {
          platform,
          rows: missing,
          listed: expected === null ? null : Math.max(0, expected - rows),
          resolved: resolvedAt !== null,
        });
  return {
    ...rest,
    requests: (rest.requests ?? 0) + fills,
    amount: (rest.amount ?? 0) + fills * price.perFill,
  };
}
