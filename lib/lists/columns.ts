/** The derived columns, which make reading fast, and what each contains. */
import { accountFields, fieldsWith, type FieldFacts, type FieldWith } from '../model/account.ts';
import type { FollowField } from '../model/follow-times.ts';
import type { AccountColumns } from '../store/columns.ts';
import { foldText } from './fold.ts';

/** Accounts per segment: few enough to be built quickly, but enough to need few records. */
export const SEGMENT = 2 ** 14;

export type NumberColumn =
  FieldWith<{ kind: 'count'; sorted: true }> | FieldWith<{ kind: 'time'; sorted: true }>;
const numberColumns: readonly NumberColumn[] = [
  ...fieldsWith({ kind: 'count', sorted: true }),
  ...fieldsWith({ kind: 'time', sorted: true }),
];

/** `handle` has a leading `@`, so that it can be searched for with one. */
export const searchedColumns = fieldsWith({ searched: true });
type RareText =
  FieldWith<{ kind: 'id'; searched: false }> | FieldWith<{ kind: 'text'; sorted: true; searched: false }>;
const rareTexts: readonly RareText[] = [
  ...fieldsWith({ kind: 'id', searched: false }),
  ...fieldsWith({ kind: 'text', sorted: true, searched: false }),
];
export type TextColumn = (typeof searchedColumns)[number] | RareText;

/** When accounts followed: numbers like times, but only if no page of the list violates a guard (`follow-times.ts`). */
export const followColumns = ['followedAfter', 'followedBefore'] as const satisfies readonly FollowField[];
export type FollowColumn = (typeof followColumns)[number];

/** Fields whose exact values are counted and filtered by. */
export const valueFields = ['location', 'language', 'region', 'verifiedType'] as const;
export type ValueField = (typeof valueFields)[number] | 'script';
export type ValueColumn = `value:${ValueField}`;
const valueColumns = [
  'value:location',
  'value:language',
  'value:region',
  'value:verifiedType',
  'value:script',
] as const satisfies readonly ValueColumn[];

/** What the audience is described by, besides the columns that every reader needs. See {@link AudienceColumn}. */
const audienceColumns = [...valueColumns, 'terms', 'bioHash', 'handleShape', 'picture'] as const;
/**
 * - `value:…`: the value of each account as a number of a vocabulary; `value:script` is the script of name and bio.
 * - `terms`: the words, hashtags, and emoji of each bio.
 * - `bioHash`: equal for equal bios; unknown for an empty one.
 * - `handleShape`: see `lib/insight/handle-shape.ts`.
 * - `picture`: whether it is the platform's placeholder, as {@link UNKNOWN}, {@link NO}, or {@link YES}.
 */
export type AudienceColumn = (typeof audienceColumns)[number];

/** Texts of which two lists state the same or not. `handle` is compared without regard to letter case. */
export const detailTexts = ['handle', 'name', 'bio', 'location', 'website', 'verifiedType'] as const;
export type DetailText = (typeof detailTexts)[number];
/**
 * `details`: a 32-bit hash of each of {@link detailTexts} as it was stated, unknown where none was; and the flags. That two
 * different texts of an account have the same hash happens once in four billion changes.
 */
export type DetailColumn = 'details';

/** `followBasis` is what the follow times of a segment are based on: one value, not one per account. */
export type Column =
  NumberColumn | TextColumn | FollowColumn | AudienceColumn | DetailColumn | 'flags' | 'followBasis';

/**
 * Columns that are built together in one pass through the pages: those that every reader needs, rarely used ones, follow
 * times, those that describe the audience, and details to compare with another list.
 */
export const columnSets = {
  common: ['flags', ...numberColumns, ...searchedColumns],
  rare: rareTexts,
  follow: [...followColumns, 'followBasis'],
  audience: audienceColumns,
  details: ['details'],
} as const satisfies Readonly<Record<string, readonly Column[]>>;
export type ColumnSet = keyof typeof columnSets;

/** To be incremented whenever the content of a stored column of the set changes. */
export const VERSIONS = {
  common: 2,
  rare: 2,
  follow: 1,
  audience: 1,
  details: 2,
} as const satisfies Readonly<Record<ColumnSet, number>>;

function isOneOf<T extends string>(names: readonly T[], column: string): column is T {
  return names.some((name) => name === column);
}

export function isNumberColumn(column: Column): column is NumberColumn {
  return isOneOf(numberColumns, column);
}

export function isFollowColumn(column: Column): column is FollowColumn {
  return isOneOf(followColumns, column);
}

export function isAudienceColumn(column: Column): column is AudienceColumn {
  return isOneOf(audienceColumns, column);
}

export function isValueColumn(column: Column): column is ValueColumn {
  return isOneOf(valueColumns, column);
}

export function columnSetOf(column: Column): ColumnSet {
  if (isAudienceColumn(column)) return 'audience';
  if (column === 'details') return 'details';
  if (isFollowColumn(column) || column === 'followBasis') return 'follow';
  return isOneOf(rareTexts, column) ? 'rare' : 'common';
}

/** Boolean properties of an account, two bits each in one byte. */
export const FLAG_SHIFTS = { verified: 0, private: 2, bio: 4, website: 6 } as const satisfies Readonly<
  Record<FieldWith<{ kind: 'flag'; sorted: true }> | 'bio' | 'website', number>
>;
export type FlagName = keyof typeof FLAG_SHIFTS;

/** `NOT_STATED`: the provider did not state it, although it stated other details of the account. */
export const UNKNOWN = 0;
export const NO = 1;
export const YES = 2;
export const NOT_STATED = 3;

/** A statement as a code. */
export function truth(value: boolean | null | undefined): number {
  return value == null ? UNKNOWN : value ? YES : NO;
}

function presence(text: string | null | undefined, isKnown: boolean): number {
  if (text != null) return text.trim() === '' ? NO : YES;
  return isKnown ? NOT_STATED : UNKNOWN;
}

/** The flags of one account of a page. */
export function flagsAt(
  { handle, verified, private: isPrivate, bio, website }: AccountColumns,
  row: number,
): number {
  const isKnown = handle?.[row] != null;
  return (
    (truth(verified?.[row]) << FLAG_SHIFTS.verified) |
    (truth(isPrivate?.[row]) << FLAG_SHIFTS.private) |
    (presence(bio?.[row], isKnown) << FLAG_SHIFTS.bio) |
    (presence(website?.[row], isKnown) << FLAG_SHIFTS.website)
  );
}

/** Prefixes numeric IDs with their length, so that they sort like numbers, and before all other IDs. */
function foldId(id: string): string {
  return /^[0-9]{1,64}$/.test(id) ? String.fromCharCode(0x20 + id.length) + id : `~${id}`;
}

const FOLDS = {
  text: foldText,
  handle: (handle) => `@${foldText(handle)}`,
  id: foldId,
} as const satisfies Readonly<Record<NonNullable<FieldFacts['fold']>, (text: string) => string>>;

/** Returns a function that folds a column's values for searching and sorting. */
export function foldOf(column: TextColumn): (text: string) => string {
  return FOLDS[accountFields[column].fold];
}
