/** Accounts for the clipboard, as tab-separated lines, which spreadsheets accept. */
import type { Account } from '../../lib/model/account.ts';
import type { FollowTimes } from '../../lib/model/follow-times.ts';
import { isFollowField, valueOf, type Field } from './fields.ts';

/** The most accounts to copy. Spreadsheets don't accept more text; larger sets are exported as files. */
export const MOST_COPIED = 20_000;

/** Characters that spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@]/;

/** One cell. Tabs and newlines become spaces, and formulas are escaped so that spreadsheets don't run them. */
function cell(value: Account[keyof Account], key: Field['key']): string {
  if (value === null) return '';
  if ((key === 'createdAt' || isFollowField(key)) && typeof value === 'number') {
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? '' : date.toISOString();
  }
  if (typeof value !== 'string') return String(value);
  const line = value.replace(/\s+/g, ' ').trim();
  return FORMULA.test(line) ? `'${line}` : line;
}

/** The name of a field in the header line, as in exported files. */
function title(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Accounts as text: the ID first, then the given fields; unknown values are empty. Two or more accounts get a header
 * line.
 * @param follow when each account followed, in their order; empty if no field needs it
 */
export function tabSeparated(
  accounts: readonly Account[],
  fields: readonly Pick<Field, 'key'>[],
  follow: readonly FollowTimes[] = [],
): string {
  const keys: readonly Field['key'][] = ['id', ...fields.map(({ key }) => key).filter((key) => key !== 'id')];
  const lines = accounts.map((account, at) =>
    keys.map((key) => cell(valueOf(account, follow[at] ?? null, key), key)).join('\t'),
  );
  return (accounts.length === 1 ? lines : [keys.map(title).join('\t'), ...lines]).join('\n');
}
