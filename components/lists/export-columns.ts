/** Which columns a file gets. Pure. */
import { columns } from '../../lib/export/rows/columns.ts';
import { accountFields, fieldNames } from '../../lib/model/account.ts';

/** The names of all columns, in the order of files. */
export const COLUMN_NAMES: readonly string[] = columns.map(({ name }) => name);

/** What every row of the table shows or stands for, whatever its columns are. */
const ALWAYS: readonly string[] = ['position', 'id', 'handle', 'name'];

/** The file's columns for the fields that the table shows, with position, ID, handle, and name, in the order of files. */
export function columnsOfTable(fields: readonly string[]): readonly string[] {
  const shown = fieldNames.flatMap((name) =>
    fields.includes(name) ? (accountFields[name].column ?? []) : [],
  );
  const wanted = new Set<string>([...ALWAYS, ...shown]);
  return COLUMN_NAMES.filter((name) => wanted.has(name));
}
