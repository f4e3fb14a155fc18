/** Accounts for the clipboard: lines of fields parted by tabs, as spreadsheets take them. */
import type { Account } from '../../lib/model/account.ts';
import type { Field } from './fields.ts';

/** More would be text that no spreadsheet takes; a file is for more. */
export const MOST_COPIED = 20_000;

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@]/;

/** One cell: no tab or new line can break out of it, and no spreadsheet runs it. */
function cell(value: Account[keyof Account], key: string): string {
  if (value === null) return '';
  if (key === 'createdAt' && typeof value === 'number') {
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? '' : date.toISOString();
  }
  if (typeof value !== 'string') return String(value);
  const line = value.replace(/\s+/g, ' ').trim();
  return FORMULA.test(line) ? `'${line}` : line;
}

/** The name of a field in the first line: as in exported files. */
function title(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Accounts as text, the id first and then the given fields; what is unknown is empty. One account stands alone, more
 * have a line of names above them.
 */
export function tabSeparated(accounts: readonly Account[], fields: readonly Pick<Field, 'key'>[]): string {
  const keys: readonly Field['key'][] = ['id', ...fields.map(({ key }) => key).filter((key) => key !== 'id')];
  const lines = accounts.map((account) => keys.map((key) => cell(account[key], key)).join('\t'));
  return (accounts.length === 1 ? lines : [keys.map(title).join('\t'), ...lines]).join('\n');
}
