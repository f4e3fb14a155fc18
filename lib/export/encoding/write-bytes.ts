/**
 * Values put into a buffer as bytes, without a string for each of them: a million accounts are 26 million fields, and
 * making and joining their strings took most of an export's time.
 */

/** What ASCII characters are replaced by; at most {@link MAX_BYTES_PER_UNIT} bytes each. */
export interface Escapes {
  /** By the character's code: 1 where it is replaced. */
  readonly isEscaped: Uint8Array<ArrayBuffer>;
  readonly replacements: readonly Uint8Array<ArrayBuffer>[];
}

/** The most that a unit of UTF-16 becomes in UTF-8: a pair of them has four bytes. */
export const UTF8_BYTES_PER_UNIT = 3;
/** The most that a unit of UTF-16 becomes where it may have an escape: the longest escape is `\u001f`. */
export const MAX_BYTES_PER_UNIT = 6;

/** Escapes out of their texts, which are ASCII. */
export function escapesOf(texts: Readonly<Record<string, string>>): Escapes {
  const encoder = new TextEncoder();
  const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  return {
    isEscaped: Uint8Array.from(characters, (character) => (texts[character] === undefined ? 0 : 1)),
    replacements: characters.map((character) => encoder.encode(texts[character] ?? character)),
  };
}

const NOTHING: Escapes = escapesOf({});

/** Fewer bytes than this are put one by one faster than by a call. */
const FEW = 24;

/** Puts bytes. @returns where they end */
export function writeBytes(into: Uint8Array, at: number, bytes: Readonly<Uint8Array>): number {
  const { length } = bytes;
  if (length < FEW) for (let index = 0; index < length; index += 1) into[at + index] = bytes[index] ?? 0;
  else into.set(bytes, at);
  return at + length;
}

/** Puts the character at an index, one that is not ASCII; a pair of surrogates is four bytes. @returns where it ends */
export function writeNonAscii(into: Uint8Array, at: number, text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit < 0x800) {
    into[at] = 0xc0 | (unit >> 6);
    into[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  if (unit >= 0xd800 && unit <= 0xdfff) {
    const next = text.charCodeAt(index + 1);
    if (unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
      const point = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
      into[at] = 0xf0 | (point >> 18);
      into[at + 1] = 0x80 | ((point >> 12) & 0x3f);
      into[at + 2] = 0x80 | ((point >> 6) & 0x3f);
      into[at + 3] = 0x80 | (point & 0x3f);
      return at + 4;
    }
    // Half a pair has no form in UTF-8: U+FFFD stands for it, as encoders have it.
    into[at] = 0xef;
    into[at + 1] = 0xbf;
    into[at + 2] = 0xbd;
    return at + 3;
  }
  into[at] = 0xe0 | (unit >> 12);
  into[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  into[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}

/** Puts text in UTF-8, some characters replaced. It takes {@link MAX_BYTES_PER_UNIT} for each unit at most. @returns where it ends */
export function writeText(into: Uint8Array, at: number, text: string, escapes: Escapes | null): number {
  const { isEscaped, replacements } = escapes ?? NOTHING;
  let end = at;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      if (isEscaped[unit] === 0) into[end++] = unit;
      else end = writeBytes(into, end, replacements[unit] ?? NOTHING.isEscaped);
    } else {
      const before = end;
      end = writeNonAscii(into, end, text, index);
      if (end - before === 4) index += 1;
    }
  }
  return end;
}

const ZERO = 0x30;
const COLON = 0x3a;
const POINT = 0x2e;
const ZULU = 0x5a;
/** Whole numbers up to here are put digit by digit; beyond, and for all others, `String` says them. */
const MOST = 0x7fff_ffff;
/** What {@link writeCount} and {@link putTime} take at most. */
export const MAX_NUMBER_LENGTH = 32;

/** Puts a number as `String` says it. @returns where it ends */
export function writeCount(into: Uint8Array, at: number, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > MOST || Object.is(value, -0)) {
    return writeText(into, at, String(value), null);
  }
  let length = 1;
  for (let limit = 10; value >= limit; limit *= 10) length += 1;
  let rest = value;
  for (let place = at + length - 1; place >= at; place -= 1) {
    const tens = (rest / 10) | 0;
    into[place] = ZERO + (rest - tens * 10);
    rest = tens;
  }
  return at + length;
}

function putTwo(into: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  into[at] = ZERO + tens;
  into[at + 1] = ZERO + (value - tens * 10);
}

const DAY = 86_400_000;
/** Years of four digits are put here; of others there are none but by a provider's mistake. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
/** More days than an account can have been created on; what is older is forgotten then. */
const MOST_DAYS = 20_000;

/** Makes what puts epoch milliseconds as ISO 8601 in UTC, as `toISOString` says it. Days are remembered. */
export function createTimeWriter(): (into: Uint8Array, at: number, time: number) => number {
  const days = new Map<number, Uint8Array<ArrayBuffer>>();
  const encoder = new TextEncoder();
  return (into, at, time) => {
    if (!Number.isInteger(time) || time < FIRST || time > LAST) {
      return writeText(into, at, new Date(time).toISOString(), null);
    }
    const day = Math.floor(time / DAY);
    let date = days.get(day);
    if (date === undefined) {
      date = encoder.encode(new Date(day * DAY).toISOString().slice(0, -13));
      if (days.size > MOST_DAYS) days.clear();
      days.set(day, date);
    }
    const end = writeBytes(into, at, date);
    const within = time - day * DAY;
    const seconds = (within / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    const thousandths = within - seconds * 1000;
    const hundreds = (thousandths / 100) | 0;
    putTwo(into, end, hours);
    into[end + 2] = COLON;
    putTwo(into, end + 3, minutes - hours * 60);
    into[end + 5] = COLON;
    putTwo(into, end + 6, seconds - minutes * 60);
    into[end + 8] = POINT;
    into[end + 9] = ZERO + hundreds;
    putTwo(into, end + 10, thousandths - hundreds * 100);
    into[end + 12] = ZULU;
    return end + 13;
  };
}
