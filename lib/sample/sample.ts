/** The sample list, to try the extension without a key. Its accounts are fictional, and marked as such everywhere. */
import type { Account } from '../model/account.ts';
import { handleKey } from '../model/handles.ts';
import {
  accountIdSchema,
  cursorSchema,
  SAMPLE_PROVIDER,
  snapshotIdSchema,
  type Cursor,
  type SnapshotId,
} from '../model/ids.ts';
import { handleSchema, unknownFacts } from '../model/profile.ts';
import { isSample, type Snapshot } from '../model/snapshot.ts';
import { countWithoutDetails } from '../store/columns.ts';
import type { Store } from '../store/index.ts';
import type { NewPage } from '../store/page-log.ts';
import { sampleFollowers, type SampleFollower } from './accounts.ts';

const ROWS = 2_400;
/** Small, so that the follow times of its accounts are known to a few days. */
const PAGE_SIZE = 20;
/** Longer than X allows, so that it can't belong to a real account. It also appears in the names of exported files. */
const HANDLE = handleSchema.parse('sample_of_made_up_accounts');
const PROFILE_ID = accountIdSchema.parse('9000000000000007919');

function sampleSnapshot(
  id: SnapshotId,
  {
    at,
    name,
    accounts,
  }: { readonly at: number; readonly name: string; readonly accounts: readonly Account[] },
): Snapshot {
  return {
    id,
    platform: 'x',
    handle: HANDLE,
    handleKey: handleKey(HANDLE),
    profileId: PROFILE_ID,
    resolvedAt: at,
    relation: 'followers',
    provider: SAMPLE_PROVIDER,
    startedFrom: 'own',
    createdAt: at,
    startedAt: at,
    updatedAt: at,
    endedAt: at,
    pace: null,
    openedAt: at,
    state: { kind: 'ended', outcome: { kind: 'complete' } },
    facts: { ...unknownFacts, name, followers: ROWS },
    hinted: false,
    expected: ROWS,
    howMany: null,
    unit: 'credits',
    cap: 0,
    confirmed: true,
    estimate: null,
    pages: ROWS / PAGE_SIZE,
    rows: ROWS,
    duplicates: 0,
    unreadable: 0,
    charged: 0,
    maybeCharged: 0,
    pagesWithoutNew: 0,
    losses: 0,
    attempt: 0,
    filled: ROWS,
    withoutDetails: countWithoutDetails(accounts),
    ending: null,
  };
}

/** X's own cursors have 22 bits below the time of the response, which is counted from here. */
const RESPONSE_EPOCH = 1_288_834_974_657;

/**
 * The cursor after an account, in the form of X's own lists: the millisecond in which it followed, above 20 other bits, and
 * the time of the response.
 */
function cursorAfter({ followedAt }: SampleFollower, seq: number, at: number): Cursor {
  const position = (BigInt(followedAt) << 20n) | BigInt((seq * 7_919) & 0xfffff);
  const response = BigInt(Math.max(0, at - RESPONSE_EPOCH)) << 22n;
  return cursorSchema.parse(`${String(position)}|${String(response)}`);
}

async function pageOf(
  snapshotId: SnapshotId,
  seq: number,
  followers: readonly SampleFollower[],
  at: number,
): Promise<NewPage> {
  const first = seq * PAGE_SIZE;
  const accounts = followers.slice(first, first + PAGE_SIZE).map(({ account }) => account);
  const [before, last] = [followers[first - 1], followers[first + PAGE_SIZE - 1]];
  const isLast = first + PAGE_SIZE >= followers.length;
  const bytes = new TextEncoder().encode(JSON.stringify(accounts));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return {
    snapshotId,
    seq,
    cursor: before === undefined ? null : cursorAfter(before, seq - 1, at),
    next: isLast || last === undefined ? null : cursorAfter(last, seq, at),
    first,
    accounts,
    idsOnly: false,
    duplicates: 0,
    unreadable: 0,
    charged: 0,
    providerAt: null,
    receivedAt: at,
    sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

/**
 * Creates the sample list, unless it exists. Sends no requests and writes no ledger entries.
 * @param name the profile's name
 * @returns the ID of the list
 */
export async function provideSample(store: Store, name: string): Promise<SnapshotId> {
  const existing = (await store.snapshots.all()).find(isSample);
  if (existing !== undefined) return existing.id;
  const id = snapshotIdSchema.parse(crypto.randomUUID());
  const at = Date.now();
  const followers = sampleFollowers(ROWS);
  const accounts = followers.map(({ account }) => account);
  const pages = await Promise.all(
    Array.from({ length: ROWS / PAGE_SIZE }, (_, seq) => pageOf(id, seq, followers, at)),
  );
  await store.snapshots.addFinished(sampleSnapshot(id, { at, name, accounts }), pages);
  return id;
}
