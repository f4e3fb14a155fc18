/** Writes lists like the collector does, without any request to a provider. */
import type { Account } from '../../../lib/model/account.ts';
import { handleKey } from '../../../lib/model/handles.ts';
import { providerIdSchema, snapshotIdSchema, type Cursor, type SnapshotId } from '../../../lib/model/ids.ts';
import type { RunEntry } from '../../../lib/model/ledger.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { handleSchema, unknownFacts, type Handle } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Store } from '../../../lib/store/index.ts';
import type { NewPage } from '../../../lib/store/page-log.ts';
import type { Settlement } from '../../../lib/store/money.ts';
import { hash } from '../../../tests/emulator/population/random.ts';
import { accountsFrom, cursorAfter, sequenceOf } from './accounts.ts';

export interface ListOptions {
  /** The number of accounts. */
  readonly rows: number;
  /** The number of accounts per page of the provider. */
  readonly pageSize: number;
  readonly platform?: Platform;
  readonly handle?: string;
  readonly name?: string;
  /** The platform's count; by default the number of accounts. */
  readonly expected?: number;
  /** The state of the list; complete by default. The collector resumes a list in an active state. */
  readonly state?: Snapshot['state'];
  /** When the collection began, epoch milliseconds. By default in 2026, or before the accounts that were left out followed. */
  readonly startedAt?: number;
  /** How many of the newest accounts of the sequence the list leaves out, because they follow later; by default none. */
  readonly offset?: number;
  /** How many accounts the whole sequence has; by default those of the list. Lists that share accounts state the same. */
  readonly sequence?: number;
}

const PROVIDER = providerIdSchema.parse('sociavault');
const SECONDS_PER_PAGE = 2;
const MINUTE = 60_000;
const DEFAULT_START = Date.UTC(2026, 10, 14, 9, 30);

export interface PlannedPage {
  readonly page: NewPage;
  readonly entry: RunEntry;
  readonly settlement: Settlement;
}

export interface PlannedList {
  readonly snapshot: Snapshot;
  readonly pages: number;
  /** Creates the page at `seq`. @param accounts those of the list's handle by default */
  readonly pageAt: (seq: number, accounts?: readonly Account[]) => PlannedPage;
  /** The snapshot after a page was stored. */
  readonly afterPage: (snapshot: Snapshot, page: NewPage) => Snapshot;
  readonly end: (snapshot: Snapshot) => Snapshot;
  readonly accounts: (from: number, count: number) => Account[];
}

function firstSnapshot(id: SnapshotId, handle: Handle, options: ListOptions, startedAt: number): Snapshot {
  const { rows, pageSize, platform = 'x', expected = rows } = options;
  const requests = Math.ceil(expected / pageSize);
  return {
    id,
    platform,
    handle,
    handleKey: handleKey(handle),
    profileId: null,
    resolvedAt: startedAt,
    relation: 'followers',
    provider: PROVIDER,
    startedFrom: 'own',
    createdAt: startedAt,
    startedAt,
    updatedAt: startedAt,
    endedAt: null,
    pace: null,
    openedAt: startedAt,
    state: { kind: 'paused' },
    facts: { ...unknownFacts, name: options.name ?? null, followers: expected },
    hinted: false,
    expected,
    howMany: null,
    unit: 'credits',
    cap: requests,
    confirmed: true,
    estimate: { rows: expected, requests, amount: requests, seconds: requests * SECONDS_PER_PAGE },
    pages: 0,
    rows: 0,
    duplicates: 0,
    unreadable: 0,
    charged: 0,
    maybeCharged: 0,
    pagesWithoutNew: 0,
    losses: 0,
    attempt: 0,
    filled: 0,
    ending: null,
  };
}

interface PageContext {
  readonly id: SnapshotId;
  readonly seq: number;
  /** The position of its first account. */
  readonly first: number;
  readonly accounts: readonly Account[];
  readonly at: number;
  readonly cursor: Cursor | null;
  readonly next: Cursor | null;
}

function plannedPage({ id, seq, first, accounts, at, cursor, next }: PageContext): PlannedPage {
  const entry = `${id}-${String(seq)}`;
  return {
    page: {
      snapshotId: id,
      seq,
      cursor,
      next,
      first,
      accounts,
      idsOnly: false,
      duplicates: 0,
      unreadable: 0,
      charged: 1,
      providerAt: at,
      receivedAt: at,
      sha256: hash(entry).toString(16).padStart(64, '0'),
    },
    entry: {
      id: entry,
      snapshotId: id,
      provider: PROVIDER,
      purpose: 'page',
      unit: 'credits',
      sentAt: at - 1500,
      settledAt: null,
      status: 'sent',
      reserved: 1,
      amount: 0,
      listed: null,
    },
    settlement: { entry, provider: PROVIDER, at, status: 'charged', amount: 1, listed: 1 },
  };
}

/** Accounts are generated from the list's handle: lists with the same handle, of up to 10,000, begin with the same ones. */
export function planList(options: ListOptions): PlannedList {
  const { rows, pageSize, platform = 'x', offset = 0 } = options;
  const state = options.state ?? { kind: 'ended', outcome: { kind: 'complete' } };
  const id = snapshotIdSchema.parse(crypto.randomUUID());
  const handle = handleSchema.parse(options.handle ?? `bench_${String(rows)}_${String(pageSize)}`);
  const seed = hash(`${platform}:${handleKey(handle)}`);
  const sequence = sequenceOf(platform, seed, options.sequence ?? rows);
  const usualStart = offset === 0 ? DEFAULT_START : sequence.timeline.followedAt(offset - 1) - MINUTE;
  const startedAt = options.startedAt ?? usualStart;
  const snapshot = firstSnapshot(id, handle, options, startedAt);
  const pages = Math.ceil(rows / pageSize);
  const timeOf = (seq: number): number => startedAt + seq * SECONDS_PER_PAGE * 1000;

  return {
    snapshot,
    pages,
    accounts: (from, count) => accountsFrom(sequence, offset + from, count),
    pageAt(seq, given) {
      const first = seq * pageSize;
      const count = Math.min(pageSize, rows - first);
      const accounts = given ?? accountsFrom(sequence, offset + first, count);
      const isLast = seq === pages - 1 && state.kind === 'ended';
      const at = timeOf(seq);
      const cursor = seq === 0 ? null : cursorAfter(sequence, offset + first - 1, timeOf(seq - 1));
      const next = isLast ? null : cursorAfter(sequence, offset + first + count - 1, at);
      return plannedPage({ id, seq, first, accounts, at, cursor, next });
    },
    afterPage: (now, { accounts, receivedAt }) => ({
      ...now,
      updatedAt: receivedAt,
      pages: now.pages + 1,
      rows: now.rows + accounts.length,
      filled: now.filled + accounts.length,
      charged: now.charged + 1,
    }),
    end: (now) => {
      const at = timeOf(pages);
      return { ...now, state, updatedAt: at, endedAt: state.kind === 'ended' ? at : null };
    },
  };
}

/** The number of pages that are written concurrently, so that the database never waits for the next one. */
const AHEAD = 4;

/** Writes a list through the store, page by page, like the collector. @returns its ID */
export async function writeList(store: Store, options: ListOptions): Promise<SnapshotId> {
  const plan = planList(options);
  const { id } = plan.snapshot;
  const started = await store.snapshots.start(plan.snapshot, true);
  if (started.kind !== 'started') throw new Error(`@${plan.snapshot.handle} is being collected already.`);
  const writePage = async (seq: number): Promise<void> => {
    const { page, entry, settlement } = plan.pageAt(seq);
    await store.money.addResent(entry, (now) => now);
    await store.money.settlePage(page, settlement, (now) => plan.afterPage(now, page));
  };
  let next = 0;
  await Promise.all(
    Array.from({ length: AHEAD }, async () => {
      while (next < plan.pages) await writePage(next++);
    }),
  );
  await store.snapshots.change(id, plan.end);
  return id;
}
