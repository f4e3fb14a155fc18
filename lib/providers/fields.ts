/**
 * Field schemas for answers that promise little: what is missing or of another type is `null`, never an error.
 * Only a list and an id are worth rejecting an answer for, and those the adapters check themselves.
 */
import { accountIdSchema, cursorSchema, type AccountId, type Cursor } from '../model/ids.ts';
import { MOST_CLAIMED } from '../model/money.ts';
import { REDACTED } from '../keys/redaction/redact.ts';
import { z } from '../zod.ts';

/** Longer texts than any platform allows by far are taken for a mistake of the provider's. */
const MOST_TEXT = 100_000;

// Each is one step of the schema library instead of four: an answer of a thousand accounts has twenty thousand fields.
export const text = z.transform((value: unknown): string | null =>
  typeof value === 'string' && value.length <= MOST_TEXT ? value : null,
);
export const flag = z.transform((value: unknown): boolean | null =>
  typeof value === 'boolean' ? value : null,
);
export const count = z.transform((value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null,
);
/** A count as a number or as its digits. */
export const exactCount = z.transform((value: unknown): number | null => {
  const known = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof known === 'number' && Number.isSafeInteger(known) && known >= 0 ? known : null;
});
/** What an answer claims to have cost: believed up to {@link MOST_CLAIMED}, however long the number is. */
export const charge = z.transform((value: unknown): number | null => {
  if (typeof value === 'number' && value >= 0) return Math.min(Math.trunc(value), MOST_CLAIMED);
  // Whole numbers that would lose digits come as text.
  return typeof value === 'string' && /^\d{16,}$/.test(value) ? MOST_CLAIMED : null;
});
/** Any JSON, to be read further elsewhere. */
export const anything = z.optional(z.unknown());

/** An object whose shape is optional: anything else is `null`. */
export function section<T extends z.core.$ZodLooseShape>(shape: T) {
  const whole = z.object(shape);
  // What is no object is told here: the schema would first write a report of it that nobody reads.
  const anObject = z.transform((value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null,
  );
  return z.pipe(anObject, z.catch(z.nullable(whole), null));
}

/** Text, where an empty string means that nothing is set. */
export function nonEmpty(value: string | null): string | null {
  return value === null || value.trim() === '' ? null : value;
}

/** The first that is known. */
export function first<T>(...values: readonly (T | null | undefined)[]): T | null {
  for (const value of values) if (value !== null && value !== undefined) return value;
  return null;
}

/** Twice the largest page that a provider offers (X API v1.1: 5,000 ids). What is longer is no page, and is not read. */
const MOST_ITEMS = 10_000;

/**
 * A list as the wire carries it: an array, an object keyed "0", "1", …, or nothing in its place. Other keys of such an
 * object are fields that nobody knows, and ignored like any.
 * @returns `null` when the value is no list in any of these forms, or holds more than {@link MOST_ITEMS}.
 */
export function readList(value: unknown): readonly unknown[] | null {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.length > MOST_ITEMS ? null : (value as readonly unknown[]);
  if (typeof value !== 'object') return null;
  const entries = Object.entries(value);
  const items = entries.filter(([key]) => /^\d+$/.test(key)).map(([, item]: [string, unknown]) => item);
  return (items.length === 0 && entries.length > 0) || items.length > MOST_ITEMS ? null : items;
}

/** A whole number that lost no digit on its way, as text. */
function wholeNumber(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
}

/** An id as a string: from a string of digits, or from a whole number that lost none. */
export function readId(value: unknown): AccountId | null {
  const digits = wholeNumber(value);
  return typeof digits === 'string' && /^[0-9]{1,64}$/.test(digits) ? accountIdSchema.parse(digits) : null;
}

/** A text that has to be what the provider sent; `null` where a key was taken out of it. */
export function unredacted(value: string | null): string | null {
  return value?.includes(REDACTED) === true ? null : value;
}

export function readCursor(value: unknown): Cursor | null {
  // A cursor that repeats the key cannot be kept, and what is left of it leads nowhere.
  if (typeof value === 'string' && unredacted(value) === null) return null;
  const parsed = cursorSchema.safeParse(wholeNumber(value));
  return parsed.success ? parsed.data : null;
}

/**
 * The cursor that an answer offers: `null` when it offers none (nothing, or an empty text, in its place), `undefined`
 * when something stands there that cannot be sent back. The difference is a list that ended against one that did not.
 */
export function readOffer(value: unknown): Cursor | null | undefined {
  const isNothing =
    value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
  return isNothing ? null : (readCursor(value) ?? undefined);
}

/** 0 and 1, or a boolean, as a boolean; anything else is unknown. */
export function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 0 || value === 1 ? value === 1 : null;
}

/** The farthest that a date reaches (ECMA-262, "Time Values and Time Range"); what is later cannot be written out. */
const LAST_TIME = 8.64e15;

/** From this number on, an epoch time counts milliseconds: as seconds it is the year 5138, as milliseconds 1973. */
const FIRST_MILLISECONDS = 1e11;

/**
 * Epoch seconds or milliseconds, as a number or its digits, to epoch milliseconds. 0 stands for an unknown time, and so
 * does what is neither: later than the year 5138 in milliseconds too.
 */
export function readSeconds(value: unknown): number | null {
  const digits = wholeNumber(value);
  if (typeof digits !== 'string' || !/^[1-9][0-9]{0,15}$/.test(digits)) return null;
  const time = Number(digits) < FIRST_MILLISECONDS ? Number(digits) * 1000 : Number(digits);
  return time < FIRST_MILLISECONDS * 1000 ? time : null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TWITTER_DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * `Mon Nov 27 12:36:52 +0000 2017` (GraphQL, v1.1) or ISO 8601 (UTC where it names no zone), to epoch milliseconds.
 * The epoch itself stands for an unknown time, and nothing of ours is older.
 */
export function readTime(value: string | null): number | null {
  const time = value === null ? null : parseTime(value);
  return time !== null && time > 0 && time <= LAST_TIME ? time : null;
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
  // Without a zone a date with a time would be read in the computer's own.
  const time = Date.parse(value.includes('T') && iso[1] === undefined ? `${value}Z` : value);
  return Number.isNaN(time) ? null : time;
}

/** X's kinds of verification, which its interfaces spell `Business` and `business`, and `none` where there is none. */
export function verifiedType(value: string | null | undefined): string | null {
  const kind = nonEmpty(value?.toLowerCase() ?? null);
  return kind === 'none' ? null : kind;
}
