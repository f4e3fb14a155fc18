/** The account fields used to draw, sort, and copy lists, defined once for table, menu, and clipboard. */
import { i18n } from '#i18n';
import type { ListFilters, SortColumn } from '../../lib/lists/query.ts';
import { fieldHas, type Account } from '../../lib/model/account.ts';
import type { FollowField, FollowTimes } from '../../lib/model/follow-times.ts';
import { countOrUnknown, fieldLabel, fieldText, yesOrNo, type Writers } from '../../lib/words/account.ts';
import { createdDay, utcMinute } from '../../lib/words/times.ts';

export interface Field {
  readonly key: SortColumn;
  readonly title: () => string;
  /** Numbers and dates are right-aligned, and the first click sorts them from the largest. */
  readonly numeric: boolean;
  /** The short text in a cell. @param follow when the account followed; `null` where that isn't known */
  readonly text: (account: Account, follow: FollowTimes | null) => string;
  /** The filter for this field. */
  readonly filter: keyof ListFilters | null;
  /** The minimum width of its column, in pixels. */
  readonly width: number;
  /** Its share of the remaining width. */
  readonly grows: number;
}

/** For a cell: a single line, and the date without the time. */
const short: Writers = {
  id: (value) => value,
  text: (value) =>
    value === null || value === '' ? i18n.t('amount.unknown') : value.replace(/\s+/g, ' ').trim(),
  count: countOrUnknown,
  flag: yesOrNo,
  time: (value) => (value === null ? i18n.t('amount.unknown') : createdDay(value)),
};

type Layout = Pick<Field, 'filter' | 'width' | 'grows'>;
const text: Layout = { filter: null, width: 100, grows: 1 };
const figure: Layout = { filter: null, width: 92, grows: 0 };

/** In the order of the table. A new field does not compile until it is added here. */
const LAYOUT: Readonly<Record<SortColumn, Layout>> = {
  name: { ...text, width: 240, grows: 4 },
  handle: { ...text, width: 116 },
  bio: { filter: 'hasBio', width: 130, grows: 4 },
  location: { ...text, filter: 'location' },
  website: { ...text, filter: 'hasWebsite', width: 150 },
  followers: { ...figure, filter: 'followers', width: 104 },
  following: { ...figure, filter: 'following' },
  posts: figure,
  likes: { ...figure, width: 116 },
  listed: figure,
  createdAt: { ...figure, filter: 'created', width: 112 },
  verified: { filter: 'verified', width: 88, grows: 0 },
  verifiedType: text,
  private: { filter: 'private', width: 88, grows: 0 },
  language: { ...text, width: 96, grows: 0 },
  region: { ...text, width: 88, grows: 0 },
  id: { ...text, width: 180, grows: 0 },
  followedAfter: { ...figure, filter: 'followed', width: 156 },
  followedBefore: { ...figure, filter: 'followed', width: 156 },
};

/** Whether a column shows when accounts followed, which is derived and not a field of theirs. */
export function isFollowField(key: SortColumn): key is FollowField {
  return key === 'followedAfter' || key === 'followedBefore';
}

/** The value of a column. */
export function valueOf(
  account: Account,
  follow: FollowTimes | null,
  key: SortColumn,
): Account[keyof Account] {
  return isFollowField(key) ? (follow?.[key] ?? null) : account[key];
}

function cellText(account: Account, follow: FollowTimes | null, key: SortColumn): string {
  if (isFollowField(key)) {
    const time = follow?.[key] ?? null;
    // Both ends may be on one day.
    return time === null ? i18n.t('amount.unknown') : utcMinute(time);
  }
  if (key === 'handle' && account.handle !== null) return `@${account.handle}`;
  return fieldText(account, key, short);
}

export const FIELDS: readonly Field[] = (Object.keys(LAYOUT) as SortColumn[]).map((key) => ({
  key,
  title: () => fieldLabel(key),
  numeric: isFollowField(key) || fieldHas(key, { kind: 'count' }) || fieldHas(key, { kind: 'time' }),
  text: (account, follow) => cellText(account, follow, key),
  ...LAYOUT[key],
}));

/** The fields that have a column of their own. Name and handle share the first, which every table has. */
export const COLUMN_FIELDS: readonly Field[] = FIELDS.filter(({ key }) => key !== 'name' && key !== 'handle');

/** The table's default columns after the first. */
export const USUAL_FIELDS: readonly SortColumn[] = [
  'bio',
  'location',
  'followers',
  'following',
  'posts',
  'createdAt',
];

function fieldOf(key: SortColumn): Field {
  const field = FIELDS.find((one) => one.key === key);
  if (field === undefined) throw new Error(`There is no field ${key}.`);
  return field;
}

const NAME = fieldOf('name');
const HANDLE = fieldOf('handle');

/** The fields of these columns, in their order and without repetitions. */
function chosenFields(keys: readonly string[]): readonly Field[] {
  return Array.from(new Set(keys)).flatMap((key) => COLUMN_FIELDS.find((field) => field.key === key) ?? []);
}

/** The columns of the table: the one with name and handle, then these. */
export function columnsOf(keys: readonly string[]): readonly Field[] {
  return [NAME, ...chosenFields(keys)];
}

/** The fields to copy, besides the ID: those that the table shows. */
export function copiedFields(keys: readonly string[]): readonly Field[] {
  return [NAME, HANDLE, ...chosenFields(keys)];
}
