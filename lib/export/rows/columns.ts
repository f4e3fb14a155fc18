/** The columns of every export format, in order. Names and order are part of the file format and must not change. */
import { accountFields, fieldHas, fieldNames, type AccountField } from '../../model/account.ts';
import type { Platform, Relation } from '../../model/platform.ts';
import { profileUrl } from '../../platforms/index.ts';
import type { Batch } from './batch.ts';

/** The list to which the accounts belong. */
export interface ExportSource {
  readonly platform: Platform;
  readonly handle: string;
  readonly id: string | null;
  readonly relation: Relation;
  readonly provider: string;
}

/** A column's values in a batch: one for each account, or one for all. */
export type Values<T> =
  | { readonly kind: 'each'; readonly values: readonly (T | null)[] }
  | { readonly kind: 'same'; readonly value: T | null };

interface Of<Type extends string, T> {
  readonly name: string;
  readonly type: Type;
  readonly values: (batch: Batch, source: ExportSource) => Values<T>;
}

export type TextColumn = Of<'text', string>;
export type CountColumn = Of<'count', number>;
export type FlagColumn = Of<'flag', boolean>;
/** Epoch milliseconds. */
export type TimeColumn = Of<'time', number>;
/** IDs are text in every format, because spreadsheets round numbers with more than 15 digits. */
export type Column = TextColumn | CountColumn | FlagColumn | TimeColumn;

/** The values of a column; `null` is unknown for all. */
export function each<T>(values: readonly (T | null)[] | null): Values<T> {
  return values === null ? { kind: 'same', value: null } : { kind: 'each', values };
}

function ofSource(name: string, value: (source: ExportSource) => string | null): TextColumn {
  // In files of several lists, each batch has its own source.
  return {
    name,
    type: 'text',
    values: ({ inLists }, source) => ({ kind: 'same', value: value(inLists?.source ?? source) }),
  };
}

/** The largest distance of a date from 1970, according to ECMA-262. */
const MAX_TIME = 8_640_000_000_000_000;

/** A provider's time may be any number. Invalid dates become `null`, and fractions of milliseconds are rounded down. */
function onlyTimes(times: readonly (number | null)[] | null): readonly (number | null)[] | null {
  const isTime = (time: number | null): boolean =>
    time === null || (Number.isInteger(time) && Math.abs(time) <= MAX_TIME);
  if (times?.every(isTime) !== false) return times;
  return times.map((time) => (time !== null && Math.abs(time) <= MAX_TIME ? Math.floor(time) : null));
}

/** Columns whose texts usually differ between accounts, so that encoders don't look for repeated ones. */
export const DISTINCT_COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'handle',
  'name',
  'bio',
  'website',
  'profile_url',
  'avatar_url',
]);

/** A field of an account as a column, with the values as the store has them. */
function ofField(field: AccountField): readonly Column[] {
  const name = accountFields[field].column;
  if (name === null) return [];
  if (fieldHas(field, { kind: 'count' }))
    return [{ name, type: 'count', values: ({ accounts }) => each<number>(accounts[field]) }];
  if (fieldHas(field, { kind: 'flag' }))
    return [{ name, type: 'flag', values: ({ accounts }) => each<boolean>(accounts[field]) }];
  if (fieldHas(field, { kind: 'time' }))
    return [{ name, type: 'time', values: ({ accounts }) => each<number>(onlyTimes(accounts[field])) }];
  return [{ name, type: 'text', values: ({ accounts }) => each<string>(accounts[field]) }];
}

const position: CountColumn = {
  name: 'position',
  type: 'count',
  values: ({ positions }) => each<number>(positions),
};

const profileAddress: TextColumn = {
  name: 'profile_url',
  type: 'text',
  values: ({ accounts }, { platform }) =>
    each<string>(
      accounts.handle?.map((handle) => (handle === null ? null : profileUrl(platform, handle))) ?? null,
    ),
};

const ofList: readonly Column[] = [
  ofSource('platform', ({ platform }) => platform),
  ofSource('source_handle', ({ handle }) => handle),
  ofSource('source_id', ({ id }) => id),
  ofSource('relation', ({ relation }) => relation),
  ofSource('provider', ({ provider }) => provider),
  { name: 'collected_at', type: 'time', values: ({ collectedAt }) => each<number>(collectedAt) },
  {
    name: 'followed_after',
    type: 'time',
    values: ({ followed }) => each<number>(followed?.followedAfter ?? null),
  },
  {
    name: 'followed_before',
    type: 'time',
    values: ({ followed }) => each<number>(followed?.followedBefore ?? null),
  },
];

/** Programs that read the files rely on the order, so the columns of newer fields follow all others. */
const fields = fieldNames.flatMap(ofField);
const picture = fields.findIndex(({ name }) => name === accountFields.avatarUrl.column);

export const columns: readonly Column[] = [
  position,
  ...fields.slice(0, picture),
  profileAddress,
  ...fields.slice(picture, picture + 1),
  ...ofList,
  ...fields.slice(picture + 1),
];

/** The last column of files of several lists. */
const lists: TextColumn = {
  name: 'lists',
  type: 'text',
  values: ({ inLists }) => each<string>(inLists?.names ?? null),
};

/** The columns of files of several lists. */
export const listsColumns: readonly Column[] = [...columns, lists];

/** The columns with these names, in their own order; by default, those of a list. */
export function columnsNamed(
  names: readonly string[] | null,
  all: readonly Column[] = columns,
): readonly Column[] {
  return names === null ? all : all.filter(({ name }) => names.includes(name));
}
