/** Accounts for a file, in columns as the store has them, because there may be millions of fields. */
import type { Account } from '../../model/account.ts';
import { eachField, type AccountColumns } from '../../store/columns.ts';
import type { ExportSource } from './columns.ts';

/** When each account followed, epoch milliseconds; `null` is unknown. */
export interface Followed {
  readonly followedAfter: readonly (number | null)[];
  readonly followedBefore: readonly (number | null)[];
}

/** What a comparison of two lists says about each account of a batch. */
export interface Change {
  /** Which of the two lists the batch is of. Accounts of both are in a batch of the newer one. */
  readonly list: 'older' | 'newer';
  readonly statuses: readonly string[];
  /** `null` where nothing is claimed. */
  readonly certainties: readonly (string | null)[];
  readonly reasons: readonly (string | null)[];
  /** The position of each account in the other list, from 1. */
  readonly otherPositions: readonly (number | null)[];
  /** What the older list states about accounts of both that were renamed or changed. */
  readonly before: readonly (Account | null)[];
}

/** The lists of a file of several lists. */
export interface InLists {
  /** The list that the batch was read from. */
  readonly source: ExportSource;
  /** The names of the lists that each account is in, separated by `; `. */
  readonly names: readonly string[];
}

export interface Batch {
  /** The position of each account in the platform's own order, from 1. */
  readonly positions: readonly number[];
  /** When the page with each account was received, epoch milliseconds. */
  readonly collectedAt: readonly number[];
  readonly accounts: AccountColumns;
  /** Added last; absent if the list has no follow times. */
  readonly followed?: Followed;
  /** Only in files of changes. */
  readonly change?: Change;
  /** Only in files of several lists. */
  readonly inLists?: InLists;
}

type Of<T> = (columns: AccountColumns) => readonly (T | null)[] | null;

/** The accounts at these indexes of a batch, in this order. */
export function pick(batch: Batch, indexes: readonly number[]): Batch {
  const { positions, collectedAt, accounts, followed, change, inLists } = batch;
  const at = <T>(values: readonly T[]): T[] => {
    const picked: T[] = [];
    for (const index of indexes) {
      const value = values[index];
      if (value === undefined) throw new RangeError(`The batch has no account ${index}.`);
      picked.push(value);
    }
    return picked;
  };
  return {
    positions: at(positions),
    collectedAt: at(collectedAt),
    accounts: eachField(at(accounts.id), <T>(of: Of<T>) => {
      const values = of(accounts);
      return values === null ? null : at(values);
    }),
    ...(followed === undefined
      ? {}
      : {
          followed: {
            followedAfter: at(followed.followedAfter),
            followedBefore: at(followed.followedBefore),
          },
        }),
    ...(change === undefined ? {} : { change: pickChange(change, at) }),
    ...(inLists === undefined ? {} : { inLists: { ...inLists, names: at(inLists.names) } }),
  };
}

function pickChange(change: Change, at: <T>(values: readonly T[]) => T[]): Change {
  return {
    list: change.list,
    statuses: at(change.statuses),
    certainties: at(change.certainties),
    reasons: at(change.reasons),
    otherPositions: at(change.otherPositions),
    before: at(change.before),
  };
}

/** Joins batches to one. */
export function join(batches: readonly Batch[]): Batch {
  const [only] = batches;
  if (batches.length === 1 && only !== undefined) return only;
  const all = batches.map(({ accounts }) => accounts);
  return {
    positions: batches.flatMap(({ positions }) => positions),
    collectedAt: batches.flatMap(({ collectedAt }) => collectedAt),
    accounts: eachField(
      all.flatMap(({ id }) => id),
      <T>(of: Of<T>) => {
        if (all.every((columns) => of(columns) === null)) return null;
        const values: (T | null)[] = [];
        for (const columns of all) {
          const some = of(columns);
          for (const value of some ?? columns.id.map(() => null)) values.push(value);
        }
        return values;
      },
    ),
  };
}
