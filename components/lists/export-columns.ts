/** Which columns a file gets. Pure. */
import { columns, listsColumns } from '../../lib/export/rows/columns.ts';
import { accountFields, fieldNames } from '../../lib/model/account.ts';
import type { FollowField } from '../../lib/model/follow-times.ts';

/** The names of all columns, in the order of files. */
export const COLUMN_NAMES: readonly string[] = columns.map(({ name }) => name);

/** Those of files of several lists. */
export const LISTS_COLUMN_NAMES: readonly string[] = listsColumns.map(({ name }) => name);

/** The columns of follow times, which are no fields of an account. */
const FOLLOW: readonly (readonly [FollowField, string])[] = [
  ['followedAfter', 'followed_after'],
  ['followedBefore', 'followed_before'],
];

/** What every row of the table shows or stands for, whatever its columns are. */
const ALWAYS: readonly string[] = ['position', 'id', 'handle', 'name'];

/** The file's columns for the fields that the table shows, with position, ID, handle, and name, in the order of files. */
export function columnsOfTable(fields: readonly string[]): readonly string[] {
  const shown = fieldNames.flatMap((name) =>
    fields.includes(name) ? (accountFields[name].column ?? []) : [],
  );
  const follow = FOLLOW.flatMap(([key, name]) => (fields.includes(key) ? name : []));
  const wanted = new Set<string>([...ALWAYS, ...shown, ...follow]);
  return COLUMN_NAMES.filter((name) => wanted.has(name));
}
