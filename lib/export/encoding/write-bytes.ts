/**
 * Writes values to a buffer as bytes, without creating a string for each of them. A million accounts have 26 million
 * fields, and creating and joining their strings took most of an export's time.
 */

/** Replacements of ASCII characters, with at most {@link MAX_BYTES_PER_UNIT} bytes each. */
export interface Escapes {
  /** By the character's code: 1 if it is replaced. */
  readonly isEscaped: Uint8Array<ArrayBuffer>;
  readonly replacements: readonly Uint8Array<ArrayBuffer>[];
}

/** The most UTF-8 bytes per UTF-16 unit. A surrogate pair becomes four bytes. */
export const UTF8_BYTES_PER_UNIT = 3;
/** The most bytes per UTF-16 unit if it may be escaped. The longest escape is `\u001f`. */
export const MAX_BYTES_PER_UNIT = 6;

/** Creates escapes from replacement texts, which must be ASCII. */
export function escapesOf(texts: Readonly<Record<string, string>>): Escapes {
  const encoder = new TextEncoder();
  const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  return {
    isEscaped: Uint8Array.from(characters, (character) => (texts[character] === undefined ? 0 : 1)),
    replacements: characters.map((character) => encoder.encode(texts[character] ?? character)),
  };
}

const NO_ESCAPES: Escapes = escapesOf({});

/** Fewer bytes than this are copied faster one by one than by `set`. */
const MIN_SET_LENGTH = 24;

/** Writes bytes. @returns where they end */
export function writeBytes(into: Uint8Array, at: number, bytes: Readonly<Uint8Array>): number {
  const { length } = bytes;
  if (length < MIN_SET_LENGTH)
    for (let index = 0; index < length; index += 1) into[at + index] = bytes[index] ?? 0;
  else into.set(bytes, at);
  return at + length;
}

/** Writes the non-ASCII character at an index. A surrogate pair becomes four bytes. @returns where it ends */
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
    // A lone surrogate can't be encoded in UTF-8. It becomes U+FFFD, as in `TextEncoder`.
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

/** Writes text in UTF-8, with at most {@link MAX_BYTES_PER_UNIT} bytes per unit. @returns where it ends */
export function writeText(into: Uint8Array, at: number, text: string, escapes: Escapes | null): number {
  const { isEscaped, replacements } = escapes ?? NO_ESCAPES;
  let end = at;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      if (isEscaped[unit] === 0) into[end++] = unit;
      else end = writeBytes(into, end, replacements[unit] ?? NO_ESCAPES.isEscaped);
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
/** Integers up to here are written digit by digit; all other numbers with `String`. */
const MAX_FAST_INTEGER = 0x7fff_ffff;
/** The most bytes that {@link writeCount} and {@link createTimeWriter} write. */
export const MAX_NUMBER_LENGTH = 32;

/** Writes a number as `String` formats it. @returns where it ends */
export function writeCount(into: Uint8Array, at: number, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > MAX_FAST_INTEGER || Object.is(value, -0)) {
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

function writeTwoDigits(into: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  into[at] = ZERO + tens;
  into[at + 1] = ZERO + (value - tens * 10);
}

const DAY = 86_400_000;
/** The range of years with four digits. Other years occur only by a provider's mistake, and take the slow path. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
/** The most cached days: more than platforms have existed, so that the cache is normally never cleared. */
const MAX_DAYS = 20_000;

/** Creates a function that writes epoch milliseconds as ISO 8601 in UTC, like `toISOString`. Dates are cached. */
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
      if (days.size > MAX_DAYS) days.clear();
      days.set(day, date);
    }
    const end = writeBytes(into, at, date);
    const within = time - day * DAY;
    const seconds = (within / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    const milliseconds = within - seconds * 1000;
    const hundreds = (milliseconds / 100) | 0;
    writeTwoDigits(into, end, hours);
    into[end + 2] = COLON;
    writeTwoDigits(into, end + 3, minutes - hours * 60);
    into[end + 5] = COLON;
    writeTwoDigits(into, end + 6, seconds - minutes * 60);
    into[end + 8] = POINT;
    into[end + 9] = ZERO + hundreds;
    writeTwoDigits(into, end + 10, milliseconds - hundreds * 100);
    into[end + 12] = ZULU;
    return end + 13;
  };
}
