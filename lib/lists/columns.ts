/** The columns that reading is made fast with: which there are, and what of an account each holds. */
import type { Account } from '../model/account.ts';
import { foldText } from './fold.ts';

/** Counts by 1 whenever a record that is stored would be made otherwise now. */
export const VERSION = 2;

/** Accounts a segment: few enough to be made in a blink, enough for few records. */
export const SEGMENT = 2 ** 14;

export const numberColumns = ['followers', 'following', 'posts', 'likes', 'listed', 'createdAt'] as const;
export type NumberColumn = (typeof numberColumns)[number];

/** `handle` has a leading `@`, so that it can be searched for with one. */
export const searchedColumns = ['handle', 'name', 'bio', 'location'] as const;
const rareTexts = ['id', 'website', 'verifiedType', 'language', 'region'] as const;
export type TextColumn = (typeof searchedColumns)[number] | (typeof rareTexts)[number];

export type Column = NumberColumn | TextColumn | 'flags';

/** Columns that are made together, in one pass through the pages: what every reader needs, and what few ask for. */
export const columnSets = {
  common: ['flags', ...numberColumns, ...searchedColumns],
  rare: rareTexts,
} as const satisfies Readonly<Record<string, readonly Column[]>>;
export type ColumnSet = keyof typeof columnSets;

function isOneOf<T extends string>(names: readonly T[], column: string): column is T {
  return names.some((name) => name === column);
}

export function isNumberColumn(column: Column): column is NumberColumn {
  return isOneOf(numberColumns, column);
}

export function setOf(column: Column): ColumnSet {
  return isOneOf(rareTexts, column) ? 'rare' : 'common';
}

/** Yes, no and unknown of an account, two bits each in one byte. */
export const FLAG_SHIFTS = { verified: 0, private: 2, bio: 4, website: 6 } as const;
export type FlagName = keyof typeof FLAG_SHIFTS;

/** `SILENT`: nothing was said of it, of an account of which other things are known. */
export const UNKNOWN = 0;
export const NO = 1;
export const YES = 2;
export const SILENT = 3;

function truth(value: boolean | null): number {
  return value === null ? UNKNOWN : value ? YES : NO;
}

function presence(text: string | null, account: Account): number {
  if (text !== null) return text.trim() === '' ? NO : YES;
  return account.handle === null ? UNKNOWN : SILENT;
}

export function flagsOf(account: Account): number {
  return (
    (truth(account.verified) << FLAG_SHIFTS.verified) |
    (truth(account.private) << FLAG_SHIFTS.private) |
    (presence(account.bio, account) << FLAG_SHIFTS.bio) |
    (presence(account.website, account) << FLAG_SHIFTS.website)
  );
}

/**
 * The text by which an account is found and ordered; `null` is unknown. Numeric ids get their length in front, so that
 * texts are ordered as the numbers are, and before ids that are no numbers.
 */
export function textOf(account: Account, column: TextColumn): string | null {
  if (column === 'id') {
    const { id } = account;
    return /^[0-9]{1,64}$/.test(id) ? String.fromCharCode(0x20 + id.length) + id : `~${id}`;
  }
  const text = account[column];
  if (text === null) return null;
  return column === 'handle' ? `@${foldText(text)}` : foldText(text);
}
