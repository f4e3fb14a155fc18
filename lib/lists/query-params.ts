/**
 * The serialized form of a query: readable parameters, such as `q=berlin&verified=yes&followers=1000..&sort=-followers`.
 * Addresses use it, and so can anything else that stores a query as text.
 *
 * | parameter                                   | value                                                           |
 * | ------------------------------------------- | --------------------------------------------------------------- |
 * | `q`, `location`                             | text                                                            |
 * | `verified`, `private`, `website`, `bio`     | `yes` or `no`                                                   |
 * | `followers`, `following`                    | `100..5000`, `100..`, or `..5000`; both ends included           |
 * | `created`, `followed`                       | the same with UTC days, or with UTC times where it isn't a day  |
 * | `position`                                  | the same as counts; positions from 1                            |
 * | `in`, `not_in`                              | IDs of lists, separated by commas                               |
 * | `where`                                     | conditions of plots, rules, and comparisons, as JSON            |
 * | `sort`                                      | a column; with a leading `-`, in descending order               |
 *
 * Reading never fails: what is missing, unknown, or invalid has no effect.
 */
import type { SnapshotId } from '../model/ids.ts';
import { wholeList, type ListFilters, type ListQuery, type Range, type Sort } from './query.ts';
import { querySchema } from './query-schema.ts';

/** How one value is written; `null` if it isn't set. `read` returns `undefined` for invalid text. */
interface Parameter<T> {
  readonly name: string;
  readonly write: (value: T) => string | null;
  readonly read: (text: string) => unknown;
}

const DAY = 86_400_000;
/** The largest distance from the epoch that a date can have. */
const LAST_TIME = 8.64e15;

function text(name: string): Parameter<string> {
  return { name, write: (value) => (value === '' ? null : value), read: (value) => value };
}

function flag(name: string): Parameter<boolean | null> {
  return {
    name,
    write: (value) => (value === null ? null : value ? 'yes' : 'no'),
    read: (value) => (value === 'yes' ? true : value === 'no' ? false : undefined),
  };
}

type End = 'from' | 'to';

function range(
  name: string,
  write: (value: number, end: End) => string,
  read: (text: string, end: End) => number | undefined,
): Parameter<Range | null> {
  const written = (value: number | null, end: End): string => (value === null ? '' : write(value, end));
  return {
    name,
    write: (value) =>
      value === null || (value.from === null && value.to === null)
        ? null
        : `${written(value.from, 'from')}..${written(value.to, 'to')}`,
    read: (value) => {
      const [from, to, ...more] = value.split('..');
      if (from === undefined || to === undefined || more.length > 0 || (from === '' && to === ''))
        return undefined;
      // `undefined` does not pass the schema.
      return { from: from === '' ? null : read(from, 'from'), to: to === '' ? null : read(to, 'to') };
    },
  };
}

function readCount(text: string): number | undefined {
  const count = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(count) ? count : undefined;
}

/** A day stands for its first moment at the start of a range, and for its last at the end. */
function writeTime(at: number, end: End): string {
  const whole = new Date(at).toISOString();
  const day = whole.slice(0, whole.indexOf('T'));
  return readTime(day, end) === at ? day : whole;
}

const DAY_OR_TIME = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

function readTime(text: string, end: End): number | undefined {
  const form = DAY_OR_TIME.exec(text);
  if (form === null) return undefined;
  const isDay = form[1] === undefined;
  const at = Date.parse(isDay ? `${text}T00:00:00.000Z` : text) + (isDay && end === 'to' ? DAY - 1 : 0);
  return Math.abs(at) <= LAST_TIME ? at : undefined;
}

function lists(name: string): Parameter<readonly SnapshotId[]> {
  return {
    name,
    write: (value) => (value.length === 0 ? null : value.join(',')),
    read: (value) => value.split(','),
  };
}

const counts = (name: string): Parameter<Range | null> => range(name, String, readCount);

/** Parses JSON. Its shape is checked by the schema. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: invalid, like any other text that can't be read.
    return undefined;
  }
}

const FILTERS: { readonly [Key in keyof ListFilters]: Parameter<ListFilters[Key]> } = {
  verified: flag('verified'),
  private: flag('private'),
  followers: counts('followers'),
  following: counts('following'),
  hasWebsite: flag('website'),
  hasBio: flag('bio'),
  created: range('created', writeTime, readTime),
  followed: range('followed', writeTime, readTime),
  location: text('location'),
  position: counts('position'),
  inLists: lists('in'),
  notInLists: lists('not_in'),
  conditions: {
    name: 'where',
    write: (value) => (value.length === 0 ? null : JSON.stringify(value)),
    read: readJson,
  },
};
// `Object.keys` returns exactly the keys of this object.
const FILTER_KEYS = Object.keys(FILTERS) as readonly (keyof ListFilters)[];

const TEXT = text('q');

const SORT: Parameter<Sort | null> = {
  name: 'sort',
  write: (sort) => (sort === null ? null : `${sort.descending ? '-' : ''}${sort.column}`),
  read: (value) => ({ column: value.replace(/^-/, ''), descending: value.startsWith('-') }),
};

/** The names of all parameters of a query. Other parts of an address have other names. */
export const QUERY_PARAMETERS: readonly string[] = [
  TEXT.name,
  ...FILTER_KEYS.map((key) => FILTERS[key].name),
  SORT.name,
];

type Entry = readonly [name: string, value: string];

function entryOf<T>({ name, write }: Parameter<T>, value: T): Entry[] {
  const written = write(value);
  return written === null ? [] : [[name, written]];
}

/** What is set of the filters, each written by its own parameter. */
function filterEntries(filters: ListFilters): Entry[] {
  const entry = <Key extends keyof ListFilters>(
    key: Key,
    { [key]: value }: Pick<ListFilters, Key>,
  ): Entry[] => entryOf<ListFilters[Key]>(FILTERS[key], value);
  return FILTER_KEYS.flatMap((key) => entry(key, filters));
}

/** The parameters of a query, in a fixed order; empty for the whole list. */
export function queryToParameters({ text: searched, filters, sort }: ListQuery): readonly Entry[] {
  return [...entryOf(TEXT, searched), ...filterEntries(filters), ...entryOf(SORT, sort)];
}

/** The query that parameters describe. Each part that can't be read is left out; the others apply. */
export function queryFromParameters(parameters: URLSearchParams): ListQuery {
  let query = wholeList;
  const apply = ({ name, read }: Parameter<never>, changed: (value: unknown) => object): void => {
    const found = parameters.get(name);
    if (found === null) return;
    const parsed = querySchema.safeParse({ ...query, ...changed(read(found)) });
    if (parsed.success) query = parsed.data;
  };
  apply(TEXT, (value) => ({ text: value }));
  for (const key of FILTER_KEYS) {
    apply(FILTERS[key], (value) => ({ filters: { ...query.filters, [key]: value } }));
  }
  apply(SORT, (value) => ({ sort: value }));
  return query;
}

/** Whether two queries ask for the same accounts in the same order. */
export function isSameQuery(one: ListQuery, other: ListQuery): boolean {
  return JSON.stringify(queryToParameters(one)) === JSON.stringify(queryToParameters(other));
}

/** The query as text, for a place that stores one. Empty for the whole list. */
export function queryToText(query: ListQuery): string {
  return new URLSearchParams(queryToParameters(query).map(([name, value]) => [name, value])).toString();
}

/** Reads what {@link queryToText} wrote. */
export function queryFromText(written: string): ListQuery {
  return queryFromParameters(new URLSearchParams(written));
}
