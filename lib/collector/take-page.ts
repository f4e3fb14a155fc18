/** What a good response means for the snapshot, and what is stored of it. */
import { handleKey } from '../model/handles.ts';
import type { Price } from '../model/money.ts';
import { handleSchema, type Handle, unknownFacts } from '../model/profile.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter, Page, Resolved } from '../providers/adapter.ts';
import { countWithoutDetails } from '../store/columns.ts';
import type { Checkpoint, NewPage } from '../store/page-log.ts';
import { estimateOf } from './estimate.ts';
import type { Event } from './machine/events.ts';
import type { Seen } from './seen-accounts.ts';

/** What our price list says that a page costs. */
export function listedPage({ perRequest, perRow }: Price, { accounts, unreadable }: Page): number {
  return perRequest + perRow * (accounts.length + unreadable);
}

/** What is known of a profile whose handle needs no look-up. */
export function unresolved({ profileId, handle }: Snapshot): Resolved {
  return { id: profileId, handle, facts: unknownFacts, charged: 0 };
}

/** What a resolved handle means for the snapshot. */
export function resolvedEvent(resolved: Resolved, snapshot: Snapshot, adapter: Adapter): Event {
  const { facts } = resolved;
  const expected =
    (snapshot.relation === 'followers' ? facts.followers : facts.following) ?? snapshot.expected;
  return {
    kind: 'resolved',
    listed: adapter.price.resolve,
    resolved: { ...resolved, handle: sameHandle(resolved.handle, snapshot.handle) },
    estimate: estimateOf(adapter, { ...snapshot, expected }),
  };
}

export interface PageContext {
  readonly snapshot: Snapshot;
  readonly adapter: Adapter;
  readonly checkpoint: Checkpoint;
  readonly seen: Seen;
  readonly providerAt: number | null;
  readonly receivedAt: number;
  readonly sha256: string;
}

/** What a page becomes: what is stored of it, and what it means for the snapshot. */
export function takenPage(page: Page, context: PageContext) {
  const { snapshot, adapter, checkpoint, seen, ...received } = context;
  const fresh = seen.sift(page.accounts);
  const moved =
    page.next !== null && !seen.hasCursor(page.next) && adapter.advances(checkpoint.cursor, page.next);
  const known = page.expected ?? snapshot.expected;
  const unpriced = snapshot.estimate?.amount == null && known !== null;
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
      listed: listedPage(adapter.price, page),
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
    /** To be called once the page is kept. */
    note: () => {
      seen.add(ids, page.next);
    },
  };
}

/** The platform's spelling, where it is one of the same handle. */
function sameHandle(received: string, asked: Handle): Handle {
  const parsed = handleSchema.safeParse(received);
  return parsed.success && handleKey(parsed.data) === handleKey(asked) ? parsed.data : asked;
}
