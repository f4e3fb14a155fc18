/** Reads what changed between two lists, for a file: all accounts of the newer one, then those of the older one alone. */
import { Rows } from '../../lists/rows.ts';
import type { Account } from '../../model/account.ts';
import type { SnapshotId } from '../../model/ids.ts';
import { statusAt, type Statements } from '../../sets/classify.ts';
import { ABSENT } from '../../sets/join.ts';
import { ListGoneError, ListSets } from '../../sets/list-sets.ts';
import { doubtsIn, type Status } from '../../sets/statuses.ts';
import type { Compared } from '../../sets/summary.ts';
import type { Store } from '../../store/index.ts';
import type { Batch, Change } from './batch.ts';
import { FollowTimesOfList } from './follow-times.ts';
import { accountsAt, allAccounts, ListDeletedError } from './read-list.ts';

/** The names of statuses in files. They never change. */
const FILE_STATUSES: Readonly<Record<Status, string>> = {
  new: 'new',
  appeared: 'unknown',
  noLongerListed: 'no_longer_listed',
  renamed: 'renamed',
  changed: 'changed',
  unchanged: 'unchanged',
  withoutDetails: 'unknown',
  notCovered: 'unknown',
};

/** Why a status is `unknown`. */
const UNKNOWN_REASONS: Partial<Readonly<Record<Status, string>>> = {
  appeared: 'listed_again',
  withoutDetails: 'without_details',
  notCovered: 'not_covered',
};

/** `hiddenThen` as in the names of columns: `hidden_then`. */
function fileName(doubt: string): string {
  return doubt.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function changeOf(
  list: Change['list'],
  { positions }: Batch,
  statements: Statements,
  inOther: Int32Array | null,
  before: readonly (Account | null)[],
): Change {
  const statuses = positions.map((position) => statusAt(statements, position - 1));
  return {
    list,
    statuses: statuses.map((status) => FILE_STATUSES[status]),
    certainties: positions.map((position, index) => {
      if (FILE_STATUSES[statuses[index] ?? 'notCovered'] === 'unknown') return null;
      return statements.doubts[position - 1] === 0 ? 'certain' : 'likely';
    }),
    reasons: positions.map((position, index) => {
      const unknown = UNKNOWN_REASONS[statuses[index] ?? 'notCovered'];
      const doubts = doubtsIn(statements.doubts[position - 1] ?? 0).map(fileName);
      const all = unknown === undefined ? doubts : [unknown, ...doubts];
      return all.length === 0 ? null : all.join('; ');
    }),
    otherPositions: positions.map((position) => {
      const other = inOther?.[position - 1] ?? ABSENT;
      return other === ABSENT ? null : other + 1;
    }),
    before,
  };
}

/** What the older list states about the accounts of a batch that were renamed or changed. */
async function beforeOf(
  { positions }: Batch,
  { newer, classified }: Compared,
  rows: Rows,
): Promise<readonly (Account | null)[]> {
  const wanted = positions.map((position) => {
    const status = statusAt(classified.newer, position - 1);
    return status === 'renamed' || status === 'changed' ? (newer.inOther[position - 1] ?? ABSENT) : ABSENT;
  });
  const found = new Map<number, Account>();
  const read = wanted.filter((position) => position !== ABSENT);
  if (read.length > 0) for (const account of await rows.at(read)) found.set(account.position, account);
  return wanted.map((position) => found.get(position) ?? null);
}

async function* newerBatches(store: Store, compared: Compared): AsyncGenerator<Batch> {
  const { older, newer, classified } = compared;
  const rows = new Rows(store.pages, older.id);
  for await (const batch of allAccounts(store, newer.id, newer.evidence.rows)) {
    const before = await beforeOf(batch, compared, rows);
    yield { ...batch, change: changeOf('newer', batch, classified.newer, newer.inOther, before) };
  }
}

async function* olderBatches(store: Store, { older, classified }: Compared): AsyncGenerator<Batch> {
  const alone: number[] = [];
  older.inOther.forEach((other, position) => {
    if (other === ABSENT) alone.push(position);
  });
  for await (const batch of accountsAt(store, older.id, Uint32Array.from(alone))) {
    const before = batch.positions.map(() => null);
    yield { ...batch, change: changeOf('older', batch, classified.older, null, before) };
  }
}

export interface ChangeBatches {
  readonly batches: AsyncIterable<Batch>;
  readonly rows: number;
  /** Of the newer list. */
  readonly followTimes: FollowTimesOfList;
}

/** @throws ListDeletedError if one of the lists was deleted; `signal.reason` if it is aborted */
export async function changesBetween(
  store: Store,
  lists: readonly [SnapshotId, SnapshotId],
  signal: AbortSignal,
): Promise<ChangeBatches> {
  let compared: Compared;
  try {
    compared = await new ListSets(store).compare(lists[0], lists[1], signal);
  } catch (error) {
    if (error instanceof ListGoneError) throw new ListDeletedError();
    throw error;
  }
  const { older, newer } = compared;
  const followTimes = await FollowTimesOfList.open(store, newer.id, signal);
  const olderTimes = await FollowTimesOfList.open(store, older.id, signal);
  const shared = newer.inOther.reduce((sum, position) => sum + (position === ABSENT ? 0 : 1), 0);
  async function* batches(): AsyncGenerator<Batch> {
    yield* followTimes.addTo(newerBatches(store, compared));
    yield* olderTimes.addTo(olderBatches(store, compared));
  }
  return { batches: batches(), rows: newer.evidence.rows + older.evidence.rows - shared, followTimes };
}
