/**
 * Field schemas for answers that promise little: what is missing or of another type is `null`, never an error.
 * Only a list and an id are worth rejecting an answer for, and those the adapters check themselves.
 */
import { accountIdSchema, cursorSchema, type AccountId, type Cursor } from '../model.ts';
import { z } from '../zod.ts';

/** Longer texts than any platform allows by far are taken for a mistake of the provider's. */
const MOST_TEXT = 100_000;

export const text = z.catch(z.nullable(z.string().check(z.maxLength(MOST_TEXT))), null);
export const flag = z.catch(z.nullable(z.boolean()), null);
export const count = z.catch(z.nullable(z.int().check(z.nonnegative())), null);
/** Any JSON, to be read further elsewhere. */
export const anything = z.optional(z.unknown());

/** An object whose shape is optional: anything else is `null`. */
export function section<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.catch(z.nullable(z.object(shape)), null);
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

/**
 * A list as the wire carries it: an array, an object keyed "0", "1", …, or nothing in its place.
 * @returns `null` when the value is no list in any of these forms.
 */
export function readList(value: unknown): readonly unknown[] | null {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object') return null;
  const entries = Object.entries(value);
  return entries.every(([key]) => /^\d+$/.test(key))
    ? entries.map(([, entry]: [string, unknown]) => entry)
    : null;
}

/** An id as a string: from a string of digits, or from a whole number that lost none. */
export function readId(value: unknown): AccountId | null {
  const digits = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof digits !== 'string' || !/^[0-9]{1,64}$/.test(digits)) return null;
  return accountIdSchema.parse(digits);
}

export function readCursor(value: unknown): Cursor | null {
  const text = typeof value === 'number' ? String(value) : value;
  const parsed = cursorSchema.safeParse(text);
  return parsed.success ? parsed.data : null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TWITTER_DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})$/;

/** `Mon Nov 27 12:36:52 +0000 2017` (GraphQL, v1.1) or ISO 8601 (v2), to epoch milliseconds. */
export function readTime(value: string | null): number | null {
  if (value === null) return null;
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
  const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? null : time;
}
