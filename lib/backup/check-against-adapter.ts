/**
 * Checks restored lists and requests against their provider's adapter. The file isn't trusted as a price list or as the
 * user's consent: prices, units, and what can be collected are taken from the adapter.
 */
import { estimateOf } from '../collector/estimate.ts';
import type { Budget } from '../model/budget.ts';
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import { pagePrice } from '../model/money.ts';
import { PLATFORMS } from '../model/platform.ts';
import { countedSpending, hasEnded, MAX_FILES, type Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';

/** A request in a file may cost at most this many times the most expensive request of the price list. */
const MAX_TIMES_LISTED = 100;

export type Adapters = readonly Adapter[];

function adapterOf(adapters: Adapters, provider: ProviderId): Adapter | null {
  return adapters.find(({ id }) => id === provider) ?? null;
}

/** The most that a restored request of this provider may cost, in its unit. */
function maxCostOf(adapter: Adapter): number {
  const { resolve, perFill, keyCheck = 0 } = adapter.price;
  const listed = PLATFORMS.filter((platform) => adapter.supports(platform, 'followers'));
  const rows = listed.map((platform) => adapter.pages(platform).most);
  const page = pagePrice(adapter.price, Math.max(0, ...rows));
  return MAX_TIMES_LISTED * Math.max(page, resolve, perFill, keyCheck);
}

export interface AdoptedEntry {
  readonly adapters: Adapters;
  /** The ID of the list to assign it to; `null` for the one it states. */
  readonly id: SnapshotId | null;
  readonly now: number;
}

/**
 * Prepares a restored request. It is no longer in progress, it is not in the future, where it would count in every coming
 * month, and it costs no more than its provider could have charged.
 */
export function adoptedEntry(entry: LedgerEntry, { adapters, id, now }: AdoptedEntry): LedgerEntry {
  const local = entry.snapshotId === null || id === null ? entry : { ...entry, snapshotId: id };
  const adapter = adapterOf(adapters, local.provider);
  const maxCost = adapter === null ? Infinity : maxCostOf(adapter);
  const bounded: LedgerEntry = {
    ...local,
    unit: adapter?.price.unit ?? local.unit,
    sentAt: Math.min(local.sentAt, now),
    reserved: Math.min(local.reserved, maxCost),
    amount: Math.min(local.amount, maxCost),
    listed: local.listed === null ? null : Math.min(local.listed, maxCost),
  };
  return bounded.status === 'sent'
    ? { ...bounded, status: 'maybe', amount: bounded.reserved, settledAt: now }
    : bounded;
}

/**
 * Prepares a restored limit that runs share. A file isn't the user's consent, so it leaves nothing until the user sets it
 * again.
 */
export function adoptedBudget(budget: Budget, adapters: Adapters): Budget {
  const unit = adapterOf(adapters, budget.provider)?.price.unit ?? budget.unit;
  return { ...budget, unit, limit: Math.min(budget.limit, budget.counted) };
}

export interface AdoptedList {
  readonly adapters: Adapters;
  /** The ID under which the list is stored. */
  readonly id: SnapshotId;
  /** Its requests in the file: how many, and the reserved amounts of those that were in progress. */
  readonly requests: { readonly count: number; readonly lost: number };
  /** The stored list that it continues. */
  readonly own: Snapshot | null;
  readonly now: number;
}

/** The files that were exported from the list, here or where the backup was saved. */
function filesOf({ files: theirs = [] }: Snapshot, local: Snapshot | null): Pick<Snapshot, 'files'> {
  const own = local?.files ?? [];
  const others = theirs.filter(({ sha256 }) => !own.some((file) => file.sha256 === sha256));
  const files = [...own, ...others].sort((a, b) => b.writtenAt - a.writtenAt).slice(0, MAX_FILES);
  return files.length === 0 ? {} : { files };
}

/**
 * An update that has not reached the known accounts cannot go on here, because a backup does not say which pages it holds.
 * What it collected is a list of the newest accounts.
 */
function withoutUpdate({ update: _, ...list }: Snapshot, now: number): Snapshot {
  return hasEnded(list.state)
    ? list
    : { ...list, state: { kind: 'ended', outcome: { kind: 'stopped' } }, endedAt: now, ending: null };
}

/**
 * Prepares a restored list. An unfinished list is paused, and may spend nothing until the user approves it. The profile's
 * ID isn't trusted until a lookup confirms it, unless the stored list already had it.
 */
export function adoptedList(
  snapshot: Snapshot,
  { adapters, id, requests, own: local, now }: AdoptedList,
): Snapshot {
  const { deletedAt: _, idFromBackup: __, ...inBatch } = snapshot;
  // A second copy of a list is not part of a batch.
  const { batch: ___, budget: ____, ...alone } = inBatch;
  const stated = id === snapshot.id ? inBatch : alone;
  // What the user wrote in this browser stays.
  const fields = {
    ...stated,
    ...(local?.name === undefined ? {} : { name: local.name }),
    ...(local?.notes === undefined ? {} : { notes: local.notes }),
    ...filesOf(snapshot, local),
  };
  const adapter = adapterOf(adapters, snapshot.provider);
  const maxCost = adapter === null ? Infinity : maxCostOf(adapter) * requests.count;
  const restored: Snapshot = {
    ...fields,
    id,
    unit: adapter?.price.unit ?? snapshot.unit,
    createdAt: Math.min(snapshot.createdAt, now),
    charged: Math.min(snapshot.charged, maxCost),
    maybeCharged: Math.min(snapshot.maybeCharged + requests.lost, maxCost),
    ...(snapshot.undercharged === undefined
      ? {}
      : { undercharged: Math.min(snapshot.undercharged, maxCost) }),
  };
  const isConfirmed =
    local !== null && local.idFromBackup === undefined && local.profileId === snapshot.profileId;
  const unconfirmed: Snapshot =
    snapshot.profileId === null || isConfirmed ? restored : { ...restored, idFromBackup: snapshot.profileId };
  if (snapshot.update?.joined === null) return withoutUpdate(unconfirmed, now);
  if (hasEnded(snapshot.state)) return unconfirmed;
  const unfinished: Snapshot = {
    ...unconfirmed,
    startedFrom: 'own',
    pace: null,
    confirmed: false,
    cap: countedSpending(unconfirmed),
  };
  if (adapter?.supports(snapshot.platform, snapshot.relation) !== true) {
    return { ...unfinished, state: { kind: 'blocked', trouble: { kind: 'unknown-provider' } } };
  }
  return { ...unfinished, estimate: estimateOf(adapter, unfinished), state: { kind: 'paused' } };
}
