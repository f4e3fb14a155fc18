/**
 * A restored list held against the adapter that it names. A file is no consent and no price list: what a request costs,
 * in which unit, and what can be collected at all, the adapter says.
 */
import { estimateOf } from '../collector/estimate.ts';
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { PLATFORMS } from '../model/platform.ts';
import { countedSpending, hasEnded, type Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';

/** A file's request is believed up to so many times the dearest of the price list. */
const MOST_TIMES_LISTED = 100;

export type Adapters = readonly Adapter[];

function adapterOf(adapters: Adapters, provider: ProviderId): Adapter | null {
  return adapters.find(({ id }) => id === provider) ?? null;
}

/** The most that a restored request of this provider counts for, in its unit; `null` where no price list says anything. */
function mostOf(adapter: Adapter): number {
  const { perRequest, perRow, resolve, perFill, keyCheck = 0 } = adapter.price;
  const listed = PLATFORMS.filter((platform) => adapter.supports(platform, 'followers'));
  const rows = listed.map((platform) => adapter.pages(platform).most);
  const page = perRequest + perRow * Math.max(0, ...rows);
  return MOST_TIMES_LISTED * Math.max(page, resolve, perFill, keyCheck);
}

export interface AdoptedEntry {
  readonly adapters: Adapters;
  /** The list that it is to belong to, where that is another than it says. */
  readonly id: SnapshotId | null;
  readonly now: number;
}

/**
 * A request as it comes back: none is under way any more, none lies ahead of now, where it would count in every month to
 * come, and none costs what its provider could not have charged.
 */
export function adoptedEntry(entry: LedgerEntry, { adapters, id, now }: AdoptedEntry): LedgerEntry {
  const own = entry.snapshotId === null || id === null ? entry : { ...entry, snapshotId: id };
  const adapter = adapterOf(adapters, own.provider);
  const most = adapter === null ? Infinity : mostOf(adapter);
  const bounded: LedgerEntry = {
    ...own,
    unit: adapter?.price.unit ?? own.unit,
    sentAt: Math.min(own.sentAt, now),
    reserved: Math.min(own.reserved, most),
    amount: Math.min(own.amount, most),
    listed: own.listed === null ? null : Math.min(own.listed, most),
  };
  return bounded.status === 'sent'
    ? { ...bounded, status: 'maybe', amount: bounded.reserved, settledAt: now }
    : bounded;
}

export interface AdoptedList {
  readonly adapters: Adapters;
  /** Under which it is shown. */
  readonly id: SnapshotId;
  /** Its requests in the file: how many, and the reserves of those that were under way. */
  readonly requests: { readonly count: number; readonly lost: number };
  /** The list that is here and that it continues. */
  readonly own: Snapshot | null;
  readonly now: number;
}

/** Whether a run can still send requests, now or when the user continues it. */
function canGoOn({ state }: Snapshot): boolean {
  return !hasEnded(state) || (state.outcome.kind !== 'complete' && state.outcome.kind !== 'ended-early');
}

/**
 * A list as it comes back. One that was not finished is paused, and may spend nothing before the user approved it. The
 * profile's id is the word of a file until a look-up confirms it, or the list here had it already.
 */
export function adoptedList(snapshot: Snapshot, { adapters, id, requests, own, now }: AdoptedList): Snapshot {
  const { deletedAt: _, idFromBackup: __, ...kept } = snapshot;
  const adapter = adapterOf(adapters, snapshot.provider);
  const most = adapter === null ? Infinity : mostOf(adapter) * requests.count;
  const back: Snapshot = {
    ...kept,
    id,
    unit: adapter?.price.unit ?? snapshot.unit,
    createdAt: Math.min(snapshot.createdAt, now),
    charged: Math.min(snapshot.charged, most),
    maybeCharged: Math.min(snapshot.maybeCharged + requests.lost, most),
    ...(snapshot.undercharged === undefined ? {} : { undercharged: Math.min(snapshot.undercharged, most) }),
  };
  const isConfirmed = own !== null && own.idFromBackup === undefined && own.profileId === snapshot.profileId;
  const doubted: Snapshot =
    snapshot.profileId === null || isConfirmed || !canGoOn(snapshot)
      ? back
      : { ...back, idFromBackup: snapshot.profileId };
  if (hasEnded(snapshot.state)) return doubted;
  const unfinished: Snapshot = {
    ...doubted,
    startedFrom: 'own',
    pace: null,
    confirmed: false,
    cap: countedSpending(doubted),
  };
  if (adapter?.supports(snapshot.platform, snapshot.relation) !== true) {
    return { ...unfinished, state: { kind: 'blocked', trouble: { kind: 'unknown-provider' } } };
  }
  return { ...unfinished, estimate: estimateOf(adapter, unfinished), state: { kind: 'paused' } };
}
