/** Rules for single values: texts, IDs, counts, amounts, and times. */
import type { AccountId, Cursor } from '../../model/ids.ts';
import { MAX_CLAIMED } from '../../model/money.ts';
import { MAX_NAME_LENGTH, MAX_NOTES_LENGTH } from '../../model/snapshot.ts';
import { wellFormed } from '../../well-formed.ts';
import { z } from '../../zod.ts';
import { nullable, type Rule } from './rule.ts';

/** Far longer than any platform allows. UTF-16 code units. */
const MOST_TEXT = 100_000;
/** For messages of a provider, and names. */
const MAX_MESSAGE = 10_000;
const MOST_ID = 128;
const MOST_CURSOR = 8192;
/** The last millisecond of the year 9999: not all programs that read files know later times. */
const LAST_TIME = 253_402_300_799_999;

/** Well-formed, and no longer than `most`; never cut within a surrogate pair. */
function bounded(value: string, most: number): string {
  return wellFormed(value.length <= most ? value : value.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''));
}

function textRule(most: number): Rule<string> {
  return { clean: (value) => bounded(value, most), schema: () => z.string() };
}

/** A text written by other people. */
export const text: Rule<string | null> = nullable(textRule(MOST_TEXT));
/** A provider's message. */
export const providerMessage: Rule<string | null> = nullable(textRule(MAX_MESSAGE));
/** A name or a text that our code creates. */
export const sentence: Rule<string> = textRule(MAX_MESSAGE);

/** The user's own name for a list, and notes on it. */
export const listName: Rule<string> = textRule(MAX_NAME_LENGTH);
export const listNotes: Rule<string> = textRule(MAX_NOTES_LENGTH);

export const accountId: Rule<AccountId> = {
  // A cleaned ID is still an ID: not empty, and not too long.
  clean: (value) => bounded(value, MOST_ID) as AccountId,
  schema: () => z.string().check(z.minLength(1)).brand<'AccountId'>(),
};

export const cursor: Rule<Cursor | null> = nullable({
  clean: (value) => bounded(value, MOST_CURSOR) as Cursor,
  schema: () => z.string().check(z.minLength(1)).brand<'Cursor'>(),
});

/** A whole number from 0 to `most`. NaN counts as 0. */
function wholeNumber(value: number, most: number): number {
  return value > 0 ? Math.min(Math.trunc(value), most) : 0;
}

function wholeRule(most: number): Rule<number> {
  return { clean: (value) => wholeNumber(value, most), schema: () => z.number().check(z.nonnegative()) };
}

/** A count, or a sum of amounts: small enough to be exact. */
export const count: Rule<number> = wholeRule(Number.MAX_SAFE_INTEGER);
/** How many accounts are wanted; `null` is all. */
export const howMany: Rule<number | null> = {
  clean: (value) => (value === null ? null : Math.max(1, count.clean(value))),
  schema: () => z.nullable(z.number().check(z.positive())),
};
/** What one request costs, or may: limited to an amount that is far above any price. */
export const cost: Rule<number> = wholeRule(MAX_CLAIMED);
/** An HTTP status, or a provider's own status within a response, which may be negative. */
export const status: Rule<number> = {
  clean: (value) => (Number.isSafeInteger(value) ? value + 0 : 0),
  schema: () => z.number(),
};
/** A time that our code recorded, epoch milliseconds. */
export const time: Rule<number> = {
  clean: (value) => wholeNumber(value, LAST_TIME),
  schema: () => z.number(),
};

/** A number from outside: unknown if it is impossible. */
function stated(isPossible: (value: number) => boolean): Rule<number | null> {
  return {
    // JSON has no −0; adding 0 makes it 0.
    clean: (value) => (value !== null && isPossible(value) ? value + 0 : null),
    schema: () => z.nullable(z.number()),
  };
}

/** A count that a provider or a page stated. */
export const statedCount: Rule<number | null> = stated((value) => Number.isSafeInteger(value) && value >= 0);
/** A time that a provider stated, epoch milliseconds. */
export const statedTime: Rule<number | null> = stated(
  (value) => Number.isInteger(value) && value >= 0 && value <= LAST_TIME,
);
/** An estimate, not always whole. */
export const estimated: Rule<number | null> = stated((value) => Number.isFinite(value) && value >= 0);
