/** Compares what two lists state about the same account, from hashes of its details. Pure. */
import type { DetailField } from '../lists/columns.ts';
import type { Status } from './statuses.ts';

/** The hashes of one field, by position; NaN is unknown. */
export type FieldReader = (at: number) => number;

/** What a list states about its accounts. */
export interface Details {
  readonly handle: FieldReader;
  /** Each of {@link DetailField}, and the flags. */
  readonly fields: ReadonlyMap<DetailField | 'verified' | 'private', FieldReader>;
}

/**
 * The status of an account of both lists. Only fields that both lists state are compared; counts never are, because they
 * change all the time.
 */
export function compareDetails(older: Details, newer: Details): (olderAt: number, newerAt: number) => Status {
  const pairs = Array.from(older.fields).flatMap(([name, read]) => {
    const other = newer.fields.get(name);
    return other === undefined ? [] : [[read, other] as const];
  });
  return (olderAt, newerAt) => {
    const handle = differ(older.handle(olderAt), newer.handle(newerAt));
    if (handle === true) return 'renamed';
    for (const [one, other] of pairs) if (differ(one(olderAt), other(newerAt)) === true) return 'changed';
    return handle === null ? 'withoutDetails' : 'unchanged';
  };
}

/** `null` if one is unknown. */
function differ(one: number, other: number): boolean | null {
  return Number.isNaN(one) || Number.isNaN(other) ? null : one !== other;
}
