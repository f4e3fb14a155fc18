/** The columns of every export format, in order. Names and order are a promise to the files' readers. */
import { accountFields, fieldHas, fieldNames, type AccountField } from '../../model/account.ts';
import type { Platform, Relation } from '../../model/platform.ts';
import { profileUrl } from '../../platforms/index.ts';
import type { Batch } from './batch.ts';

/** The list that the accounts belong to. */
export interface ExportSource {
  readonly platform: Platform;
  readonly handle: string;
  readonly id: string | null;
  readonly relation: Relation;
  readonly provider: string;
}

/** A column's values in a batch: one for each account, or one that all have. */
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
/** Ids are text in every format: spreadsheets round numbers beyond 15 digits. */
export type Column = TextColumn | CountColumn | FlagColumn | TimeColumn;

function each<T>(values: readonly (T | null)[] | null): Values<T> {
  return values === null ? { kind: 'same', value: null } : { kind: 'each', values };
}

function ofSource(name: string, value: (source: ExportSource) => string | null): TextColumn {
  return { name, type: 'text', values: (_, source) => ({ kind: 'same', value: value(source) }) };
}

/** The furthest that a date can be from 1970, by ECMA-262. */
const FURTHEST = 8_640_000_000_000_000;

/** A provider's time may be any number; what is no date is unknown, and what is between two milliseconds is rounded down. */
function onlyTimes(times: readonly (number | null)[] | null): readonly (number | null)[] | null {
  const isTime = (time: number | null): boolean =>
    time === null || (Number.isInteger(time) && Math.abs(time) <= FURTHEST);
  if (times?.every(isTime) !== false) return times;
  return times.map((time) => (time !== null && Math.abs(time) <= FURTHEST ? Math.floor(time) : null));
}

/** Columns whose texts differ from account to account: nobody looks for one of them again. */
export const DISTINCT_COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'handle',
  'name',
  'bio',
  'website',
  'profile_url',
  'avatar_url',
]);

/** A field of an account as a column. It hands over the values as the store has them. */
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
];

/** Readers of files rely on the order: the columns of newer fields follow all others. */
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

/** The columns of these names, in the order that all files have. */
export function columnsNamed(names: readonly string[] | null): readonly Column[] {
  return names === null ? columns : columns.filter(({ name }) => names.includes(name));
}
