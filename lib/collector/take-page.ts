/** What a successful response changes in the snapshot, and what is stored of it. */
import { handleKey } from '../model/handles.ts';
import type { Cursor } from '../model/ids.ts';
import { pagePrice, type Price } from '../model/money.ts';
import { handleSchema, type Handle, unknownFacts } from '../model/profile.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { KnownSoFar } from '../model/update.ts';
import { bracketsOf } from '../lists/follow-times.ts';
import type { Adapter, Page, Resolved } from '../providers/adapter.ts';
import { countWithoutDetails } from '../store/columns.ts';
import type { Settlement } from '../store/money.ts';
import type { Checkpoint, NewPage } from '../store/page-log.ts';
import { estimateOf } from './estimate.ts';
import type { Event } from './machine/events.ts';
import type { KnownAccounts } from './known-accounts.ts';
import type { Seen } from './seen-accounts.ts';
import { afterPage } from './update-progress.ts';

/** The list price of a page, with all entries that it returned. */
function listedPage(price: Price, { accounts, unreadable, unexpected = {} }: Page): number {
  const { unavailable = 0, 'no-account': empty = 0 } = unexpected;
  return pagePrice(price, accounts.length + unreadable + unavailable + empty);
}

/** What a page cost, or may have cost, and what the price list says. */
export function settledPage(price: Price, page: Page): Pick<Settlement, 'status' | 'amount' | 'listed'> {
  const { charged, maybeCharged = 0 } = page;
  return maybeCharged > 0
    ? { status: 'maybe', amount: maybeCharged, listed: null }
    : { status: 'charged', amount: charged, listed: listedPage(price, page) };
}

/** What is known about a profile that needs no lookup. */
export function unresolved({ profileId, handle }: Snapshot): Resolved {
  return { id: profileId, handle, facts: unknownFacts, charged: 0 };
}

/** What a lookup changes in the snapshot. */
export function resolvedEvent(resolved: Resolved, snapshot: Snapshot, adapter: Adapter): Event {
  const { facts } = resolved;
  const expected =
    (snapshot.relation === 'followers' ? facts.followers : facts.following) ?? snapshot.expected;
  return {
    kind: 'resolved',
    listed: adapter.price.resolve,
    resolved: { ...resolved, handle: sameHandle(resolved.handle, snapshot.handle) },
    // What an update costs does not depend on how many accounts the profile has.
    estimate:
      (snapshot.update === undefined ? null : snapshot.estimate) ??
      estimateOf(adapter, { ...snapshot, expected }),
  };
}

export interface PageContext {
  readonly snapshot: Snapshot;
  readonly adapter: Adapter;
  readonly checkpoint: Checkpoint;
  readonly seen: Seen;
  /** In an update: the accounts of the earlier list. */
  readonly known: KnownAccounts | null;
  readonly providerAt: number | null;
  readonly receivedAt: number;
  readonly sha256: string;
}

/** What is stored of a page, and what it changes in the snapshot. */
export function takenPage(page: Page, context: PageContext) {
  const { snapshot, adapter, checkpoint, seen, known: knownAccounts, ...received } = context;
  // Details of accounts that come as IDs are bought separately, and known ones have theirs already.
  const isKnown = adapter.fillSize > 0 && knownAccounts !== null;
  const fresh = seen.sift(page.accounts, (id) => isKnown && knownAccounts.has(id));
  const moved =
    page.next !== null && !seen.hasCursor(page.next) && adapter.advances(checkpoint.cursor, page.next);
  const known = page.expected ?? snapshot.expected;
  const unpriced = snapshot.update === undefined && snapshot.estimate?.amount == null && known !== null;
  const progress = updateProgress(page, context);
  const event: Event = {
    kind: 'page',
    rules: adapter.pages(snapshot.platform),
    fillSize: adapter.fillSize,
    estimate: unpriced ? estimateOf(adapter, { ...snapshot, expected: known }) : null,
    page: {
      rows: fresh.accounts.length,
      duplicates: fresh.duplicates,
      unreadable: page.unreadable,
      ...(page.unexpected === undefined ? {} : { unexpected: page.unexpected }),
      ...(adapter.fillSize > 0 ? {} : { withoutDetails: countWithoutDetails(fresh.accounts) }),
      next: page.next,
      moved,
      expected: page.expected,
      charged: page.charged,
      ...(page.maybeCharged === undefined ? {} : { maybeCharged: page.maybeCharged }),
      listed: settledPage(adapter.price, page).listed ?? 0,
      ...(progress === null ? {} : { known: progress }),
    },
  };
  const stored: NewPage = {
    ...received,
    snapshotId: snapshot.id,
    seq: checkpoint.nextSeq,
    cursor: checkpoint.cursor,
    next: page.next,
    first: seen.size,
    accounts: fresh.accounts,
    idsOnly: adapter.fillSize > 0,
    duplicates: fresh.duplicates,
    unreadable: page.unreadable,
    charged: page.charged,
  };
  const ids = fresh.accounts.map(({ id }) => id);
  return {
    page: stored,
    event,
    /** To be called when the page is saved. */
    markSeen: () => {
      seen.add(ids, page.next);
    },
  };
}

/** How far an update has come with a page; `null` if the run is none. */
function updateProgress(
  { accounts, next }: Page,
  { snapshot, adapter, checkpoint, known, providerAt, receivedAt }: PageContext,
): KnownSoFar | null {
  const { update, platform } = snapshot;
  if (update === undefined || known === null) return null;
  const followTime = (cursor: Cursor) => adapter.followTime(cursor);
  const columns = {
    id: accounts.map(({ id }) => id),
    createdAt: accounts.map(({ createdAt }) => createdAt),
  };
  const page = { seq: checkpoint.nextSeq, cursor: checkpoint.cursor, next, providerAt, receivedAt, columns };
  return afterPage(
    update.known,
    {
      ids: columns.id,
      time: next === null ? null : followTime(next),
      isDated: typeof bracketsOf(page, { platform, followTime }) !== 'string',
    },
    update.since,
    known.positionOf,
  );
}

/** The platform's spelling, if it spells the same handle. */
function sameHandle(received: string, requested: Handle): Handle {
  const parsed = handleSchema.safeParse(received);
  return parsed.success && handleKey(parsed.data) === handleKey(requested) ? parsed.data : requested;
}
