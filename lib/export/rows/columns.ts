/** The columns of every export format, in order. Names and order are a promise to the files' readers. */
import type { Platform, Relation } from '../../model/platform.ts';
import { profileUrl } from '../../platforms/index.ts';
import type { AccountColumns } from '../../store/columns.ts';
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

type FieldOf<T> = {
  [F in keyof AccountColumns]: AccountColumns[F] extends readonly (T | null)[] | null ? F : never;
}[keyof AccountColumns];

function text(name: string, field: FieldOf<string>): TextColumn {
  return { name, type: 'text', values: ({ accounts }) => each<string>(accounts[field]) };
}

function countOf(name: string, field: FieldOf<number>): CountColumn {
  return { name, type: 'count', values: ({ accounts }) => each<number>(accounts[field]) };
}

function flag(name: string, field: FieldOf<boolean>): FlagColumn {
  return { name, type: 'flag', values: ({ accounts }) => each<boolean>(accounts[field]) };
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
export const DIFFERENT: ReadonlySet<string> = new Set([
  'id',
  'handle',
  'name',
  'bio',
  'website',
  'profile_url',
  'avatar_url',
]);

export const columns: readonly Column[] = [
  { name: 'position', type: 'count', values: ({ positions }) => each<number>(positions) },
  text('id', 'id'),
  text('handle', 'handle'),
  text('name', 'name'),
  text('bio', 'bio'),
  text('location', 'location'),
  text('website', 'website'),
  countOf('followers', 'followers'),
  countOf('following', 'following'),
  countOf('posts', 'posts'),
  countOf('likes', 'likes'),
  countOf('listed', 'listed'),
  flag('verified', 'verified'),
  text('verified_type', 'verifiedType'),
  flag('private', 'private'),
  { name: 'created_at', type: 'time', values: ({ accounts }) => each<number>(onlyTimes(accounts.createdAt)) },
  text('language', 'language'),
  text('region', 'region'),
  {
    name: 'profile_url',
    type: 'text',
    values: ({ accounts }, { platform }) =>
      each<string>(
        accounts.handle?.map((handle) => (handle === null ? null : profileUrl(platform, handle))) ?? null,
      ),
  },
  text('avatar_url', 'avatarUrl'),
  ofSource('platform', ({ platform }) => platform),
  ofSource('source_handle', ({ handle }) => handle),
  ofSource('source_id', ({ id }) => id),
  ofSource('relation', ({ relation }) => relation),
  ofSource('provider', ({ provider }) => provider),
  { name: 'collected_at', type: 'time', values: ({ collectedAt }) => each<number>(collectedAt) },
];

/** The columns of these names, in the order that all files have. */
export function columnsNamed(names: readonly string[] | null): readonly Column[] {
  return names === null ? columns : columns.filter(({ name }) => names.includes(name));
}
