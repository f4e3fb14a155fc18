/** Rules of single values: texts, ids, counts, amounts and times. */
import type { AccountId, Cursor } from '../../model/ids.ts';
import { MOST_CLAIMED } from '../../model/money.ts';
import { wellFormed } from '../../well-formed.ts';
import { z } from '../../zod.ts';
import { nullable, type Rule } from './rule.ts';

/** Longer texts than any platform allows by far. Characters of UTF-16. */
const MOST_TEXT = 100_000;
/** For a sentence of a provider, and a name. */
const MOST_SENTENCE = 10_000;
const MOST_ID = 128;
const MOST_CURSOR = 8192;
/** The last millisecond of the year 9999: what is later has no form that all readers of files know. */
const LAST_TIME = 253_402_300_799_999;

/** Well-formed, and cut at so many characters, never through a pair of surrogates. */
function bounded(value: string, most: number): string {
  return wellFormed(value.length <= most ? value : value.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''));
}

function textRule(most: number): Rule<string> {
  return { clean: (value) => bounded(value, most), schema: () => z.string() };
}

/** A text that strangers wrote. */
export const text: Rule<string | null> = nullable(textRule(MOST_TEXT));
/** A provider's sentence. */
export const said: Rule<string | null> = nullable(textRule(MOST_SENTENCE));
/** A name or a sentence that code of ours put together. */
export const sentence: Rule<string> = textRule(MOST_SENTENCE);

export const accountId: Rule<AccountId> = {
  // Cleaning keeps what makes it an id: it is not empty, and not longer than one may be.
  clean: (value) => bounded(value, MOST_ID) as AccountId,
  schema: () => z.string().check(z.minLength(1)).brand<'AccountId'>(),
};

export const cursor: Rule<Cursor | null> = nullable({
  clean: (value) => bounded(value, MOST_CURSOR) as Cursor,
  schema: () => z.string().check(z.minLength(1)).brand<'Cursor'>(),
});

/** A whole number from 0 to `most`. What is no number counts as 0. */
function wholeNumber(value: number, most: number): number {
  return value > 0 ? Math.min(Math.trunc(value), most) : 0;
}

function wholeRule(most: number): Rule<number> {
  return { clean: (value) => wholeNumber(value, most), schema: () => z.number().check(z.nonnegative()) };
}

/** How many of something, and sums of amounts: they stay numbers that lose no digit. */
export const count: Rule<number> = wholeRule(Number.MAX_SAFE_INTEGER);
/** What one request cost, may have, or can: believed up to a bound that no price comes near. */
export const cost: Rule<number> = wholeRule(MOST_CLAIMED);
/** A status of HTTP, or of a provider inside its answer, which may be negative. */
export const status: Rule<number> = {
  clean: (value) => (Number.isSafeInteger(value) ? value + 0 : 0),
  schema: () => z.number(),
};
/** A time that we noted down ourselves, epoch milliseconds. */
export const time: Rule<number> = {
  clean: (value) => wholeNumber(value, LAST_TIME),
  schema: () => z.number(),
};

/** A number that somebody else stated: unknown where it cannot be one. */
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
