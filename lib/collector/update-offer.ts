/** What bringing a list up to date needs and costs, before anything is sent. Read from the list's first page. */
import { followSourceOf } from '../lists/follow-source.ts';
import { bracketsOf } from '../lists/follow-times.ts';
import { chooseAdapter } from './new-run.ts';
import type { ProviderId } from '../model/ids.ts';
import { pagePrice } from '../model/money.ts';
import { hasEnded, isSample, type Estimate, type Snapshot } from '../model/snapshot.ts';
import { MAX_PARTS } from '../model/update.ts';
import type { Adapter } from '../providers/adapter.ts';
import { startOf } from '../sets/evidence.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { PageColumns, PageLog } from '../store/page-log.ts';

/** When this computer's time is compared with the platform's: both clocks may be off by a few seconds. */
const CLOCKS = 5000;
/** How far the number of new accounts may differ from the one that the list's latest pace suggests, as factors. */
const FEWER = 0.5;
const MORE = 2;
/** Where rows cost money and the page size can be chosen: the smallest page that is requested. */
const SMALLEST_PAGE = 100;

/** The price of an update as a range, in the provider's unit. `to` is `null` if the list has no follow times. */
export interface UpdatePrice {
  readonly from: number;
  readonly to: number | null;
}

export interface UpdateOffer {
  readonly adapter: Adapter;
  readonly price: UpdatePrice;
  readonly estimate: Estimate;
  /** Accounts that followed before this time are known. Epoch milliseconds, by the platform's clock. */
  readonly since: number;
  readonly pageSize: number | null;
}

export interface UpdateOfferInput {
  readonly adapters: readonly Adapter[];
  readonly preferences: Preferences;
  readonly withKey: ReadonlySet<ProviderId>;
  readonly now: number;
}

/** Whether a list can be brought up to date at all. */
export function canBeUpdated(list: Snapshot): boolean {
  const parts = list.update?.joined?.starts.length ?? 0;
  return hasEnded(list.state) && list.rows > 0 && !isSample(list) && parts + 1 < MAX_PARTS;
}

/** The provider that collected the list if possible, else the preferred one. */
function adapterFor(
  list: Snapshot,
  { adapters, preferences, withKey }: UpdateOfferInput,
): Adapter | undefined {
  const run = { ...list, cap: null, again: true, hint: null, howMany: null };
  return (
    chooseAdapter(run, adapters, preferences, withKey) ??
    chooseAdapter({ ...run, provider: null }, adapters, preferences, withKey)
  );
}

/** What the first page of a list says about when it was collected, and how fast the list grew. */
interface FirstPage {
  readonly since: number;
  /** New accounts per millisecond; `null` without follow times. */
  readonly pace: number | null;
}

function readFirstPage(list: Snapshot, first: PageColumns | undefined): FirstPage {
  const startedAt = list.startedAt ?? list.createdAt;
  if (first === undefined) return { since: startOf(startedAt, null).earliest - CLOCKS, pace: null };
  const since = startOf(startedAt, first).earliest - CLOCKS;
  const source = followSourceOf(list);
  const oldest = first.next === null ? null : (source.followTime?.(first.next) ?? null);
  if (oldest === null || typeof bracketsOf(first, source) === 'string') return { since, pace: null };
  // Everybody who followed after the page's own cursor is on it, whatever this computer's clock says.
  const span = Math.max(1, (first.providerAt ?? first.receivedAt) - oldest);
  return { since: Math.max(since, oldest), pace: first.columns.id.length / span };
}

/** Pages that hold this many new accounts, and those that it takes to notice that the rest is known. */
function pagesFor(newAccounts: number, size: number, known: number): number {
  return Math.ceil(newAccounts / size) + known;
}

/**
 * What an update of a list would cost; `null` if no provider with a key can collect it, or it can't be updated.
 * @throws what the store throws
 */
export async function offerUpdate(
  pages: Pick<PageLog, 'readColumns'>,
  list: Snapshot,
  input: UpdateOfferInput,
): Promise<UpdateOffer | null> {
  const adapter = canBeUpdated(list) ? adapterFor(list, input) : undefined;
  if (adapter === undefined) return null;
  const [first] = await pages.readColumns(list.id, 0, 1);
  const { since, pace } = readFirstPage(list, first);
  const { most, adjustable, seconds } = adapter.pages(list.platform);
  const { perRow, perFill, resolve } = adapter.price;
  const expected = pace === null ? null : pace * Math.max(0, input.now - since);
  const isSmaller = adjustable && perRow > 0;
  const pageSize = isSmaller ? Math.min(most, Math.max(SMALLEST_PAGE, Math.ceil(expected ?? 0))) : null;
  const size = pageSize ?? most;
  const lookUp = list.profileId === null || list.idFromBackup !== undefined ? resolve : 0;
  const amountFor = (newAccounts: number, known: number): number => {
    const fills = adapter.fillSize === 0 ? 0 : Math.ceil(newAccounts / adapter.fillSize);
    return lookUp + pagesFor(newAccounts, size, known) * pagePrice(adapter.price, size) + fills * perFill;
  };
  const price: UpdatePrice =
    expected === null
      ? { from: amountFor(0, 2), to: null }
      : { from: amountFor(Math.floor(FEWER * expected), 1), to: amountFor(Math.ceil(MORE * expected), 2) };
  const requests = pagesFor(Math.ceil(MORE * (expected ?? 0)), size, 2);
  return {
    adapter,
    price,
    since,
    pageSize,
    estimate: {
      rows: null,
      requests,
      amount: price.to ?? price.from,
      seconds: Math.ceil(requests * seconds),
    },
  };
}
