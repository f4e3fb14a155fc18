/**
 * Lenient field schemas for responses: a value that is missing or has another type is `null`, never an error. Only a
 * missing list or ID justifies rejecting a response, and the adapters check those themselves.
 */
import { accountIdSchema, cursorSchema, type AccountId, type Cursor } from '../model/ids.ts';
import { MAX_CLAIMED } from '../model/money.ts';
import { REDACTED } from '../keys/redaction/mark.ts';
import { z } from '../zod.ts';

/** Much longer than any platform allows. Longer text must be an error of the provider. */
const MOST_TEXT = 100_000;

// Each is a single transform for speed: a response with a thousand accounts has twenty thousand fields.
export const text = z.transform((value: unknown): string | null =>
  typeof value === 'string' && value.length <= MOST_TEXT ? value : null,
);
export const flag = z.transform((value: unknown): boolean | null =>
  typeof value === 'boolean' ? value : null,
);
export const count = z.transform((value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null,
);
/** A count as a number or a string of digits. */
export const exactCount = z.transform((value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
});
/** The cost that a response states, at most {@link MAX_CLAIMED}. */
export const charge = z.transform((value: unknown): number | null => {
  if (typeof value === 'number' && value >= 0) return Math.min(Math.trunc(value), MAX_CLAIMED);
  // parseJson returns integers that would lose digits as strings.
  return typeof value === 'string' && /^\d{16,}$/.test(value) ? MAX_CLAIMED : null;
});
/** Any JSON, parsed elsewhere. */
export const anything = z.optional(z.unknown());

/** An object with this shape; anything else is `null`. */
export function section<T extends z.core.$ZodLooseShape>(shape: T) {
  const object = z.object(shape);
  // Checked here because the schema would create an error report that is not used.
  const objectOrNull = z.transform((value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null,
  );
  return z.pipe(objectOrNull, z.catch(z.nullable(object), null));
}

/** The text; `null` if it is blank. */
export function nonEmpty(value: string | null): string | null {
  return value === null || value.trim() === '' ? null : value;
}

/** The first value that is neither `null` nor `undefined`. */
export function first<T>(...values: readonly (T | null | undefined)[]): T | null {
  for (const value of values) if (value !== null && value !== undefined) return value;
  return null;
}

/** Whether any is true; `null` if none is known. */
export function anyTrue(...flags: readonly (boolean | null | undefined)[]): boolean | null {
  if (flags.includes(true)) return true;
  return flags.includes(false) ? false : null;
}

/** Twice the largest page that a provider offers (X API v1.1: 5,000 IDs). Anything longer is not a page. */
const MOST_ITEMS = 10_000;

/**
 * Reads a list: an array, an object with the keys "0", "1", …, or a missing value for an empty list. Other keys of such
 * an object are ignored as unknown fields.
 * @returns `null` if the value is not a list in one of these forms, or has more than {@link MOST_ITEMS} items
 */
export function readList(value: unknown): readonly unknown[] | null {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.length > MOST_ITEMS ? null : (value as readonly unknown[]);
  if (typeof value !== 'object') return null;
  const entries = Object.entries(value);
  const items = entries.filter(([key]) => /^\d+$/.test(key)).map(([, item]: [string, unknown]) => item);
  return (items.length === 0 && entries.length > 0) || items.length > MOST_ITEMS ? null : items;
}

/** A safe integer as text; any other value unchanged. */
function integerToText(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
}

/** An ID as a string, from a string of digits or a safe integer. */
export function readId(value: unknown): AccountId | null {
  const digits = integerToText(value);
  return typeof digits === 'string' && /^[0-9]{1,64}$/.test(digits) ? accountIdSchema.parse(digits) : null;
}

/** Text that must be exactly what the provider sent; `null` if a key was redacted in it. */
export function unredacted(value: string | null): string | null {
  return value?.includes(REDACTED) === true ? null : value;
}

export function readCursor(value: unknown): Cursor | null {
  // A cursor that contains the key must not be saved, and the redacted cursor is useless.
  if (typeof value === 'string' && unredacted(value) === null) return null;
  const parsed = cursorSchema.safeParse(integerToText(value));
  return parsed.success ? parsed.data : null;
}

/**
 * The next cursor of a response: `null` if it is missing or blank, which means that the list has ended; `undefined` if
 * it is not a valid cursor, which does not mean that.
 */
export function readOffer(value: unknown): Cursor | null | undefined {
  const isNothing =
    value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
  return isNothing ? null : (readCursor(value) ?? undefined);
}

/** A boolean, from a boolean or 0 and 1; `null` for anything else. */
export function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 0 || value === 1 ? value === 1 : null;
}

/** The latest time that a `Date` can represent (ECMA-262, "Time Values and Time Range"). */
const MAX_TIME = 8.64e15;

/** Epoch times from this number on are milliseconds: as seconds it would be the year 5138, as milliseconds it is 1973. */
const MIN_MILLISECONDS = 1e11;

/**
 * Epoch seconds or milliseconds, as a number or a string of digits, to epoch milliseconds; `null` for 0, which means
 * unknown, and for times after the year 5138.
 */
export function readSeconds(value: unknown): number | null {
  const digits = integerToText(value);
  if (typeof digits !== 'string' || !/^[1-9][0-9]{0,15}$/.test(digits)) return null;
  const time = Number(digits) < MIN_MILLISECONDS ? Number(digits) * 1000 : Number(digits);
  return time < MIN_MILLISECONDS * 1000 ? time : null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TWITTER_DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * `Mon Nov 27 12:36:52 +0000 2017` (GraphQL, v1.1) or ISO 8601 (UTC if it has no time zone), to epoch milliseconds.
 * The epoch itself means an unknown time, and no account is older.
 */
export function readTime(value: string | null): number | null {
  const time = value === null ? null : parseTime(value);
  return time !== null && time > 0 && time <= MAX_TIME ? time : null;
}

function parseTime(value: string): number | null {
  const [, month, day, hour, minute, second, year] = TWITTER_DATE.exec(value) ?? [];
  if (month !== undefined && MONTHS.includes(month)) {
    return Date.UTC(
      Number(year),
      MONTHS.indexOf(month),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    );
  }
  const iso = ISO_DATE.exec(value);
  if (iso === null) return null;
  // Date.parse reads a date and time without a zone as local time.
  const time = Date.parse(value.includes('T') && iso[1] === undefined ? `${value}Z` : value);
  return Number.isNaN(time) ? null : time;
}

/** X's kind of verification in lower case: its APIs use `Business`, `business`, and `none`. */
export function verifiedType(value: string | null | undefined): string | null {
  const kind = nonEmpty(value?.toLowerCase() ?? null);
  return kind === 'none' ? null : kind;
}
