/**
 * Decodings of bytes: unchanged, with escapes decoded, and with base64 or hex runs decoded. A secret in any of these
 * encodings is plain text in one of the results, which are called readings.
 */

import { kindOf, runsOf } from './runs.ts';

/** Maps each byte of a reading to the first and the last index of its encoded form in the source. */
export interface Places {
  readonly from: (index: number) => number;
  readonly to: (index: number) => number;
}

export interface Reading {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly places: Places;
}

/** How often nested escapes are decoded. JSON in JSON in percent-encoded text needs three. */
const MAX_DEPTH = 5;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const HASH = 0x23;
const LOWER_A = 0x61;
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === BACKSLASH || byte === PERCENT || byte === AMPERSAND || byte === 0 ? 1 : 0,
);

function table(of: (character: string) => number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 256 }, (_, byte) => of(String.fromCharCode(byte)));
}

/** Not a digit. */
const NONE = 255;
/** A line break, which long base64 text may contain. */
const BREAK = 254;
const HEX = table((character) => (/[0-9A-Fa-f]/.test(character) ? parseInt(character, 16) : NONE));
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = table((character) => {
  if (character === '\r' || character === '\n') return BREAK;
  if (character === '+' || character === '-') return 62;
  if (character === '/' || character === '_') return 63;
  const digit = DIGITS.indexOf(character);
  return digit === -1 ? NONE : digit;
});
const IN_BASE64 = kindOf((byte) => BASE64[byte] !== NONE);
const IN_HEX = kindOf((byte) => HEX[byte] !== NONE);
/** The character that a backslash and a letter represent in JSON. */
const SHORT = table((letter) => {
  const at = 'btnfr"/\\'.indexOf(letter);
  return at === -1 ? 0 : '\b\t\n\f\r"/\\'.charCodeAt(at);
});

/** Represents no character. */
const NOTHING = 0x10ffff + 1;
/**
 * An escape is encoded as one number, because there may be hundreds of thousands: the character's code, and the escape's
 * length in the last four bits.
 */
const LENGTH_BITS = 4;

function escape(length: number, code: number): number {
  return (code << LENGTH_BITS) | length;
}

function hexAt(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0;
  for (let index = from; index < from + digits; index += 1) {
    const digit = HEX[bytes[index] ?? 0] ?? NONE;
    if (digit === NONE) return -1;
    value = 16 * value + digit;
  }
  return value;
}

const LOWER_U = 0x75;
const LOWER_X = 0x78;

/** `\u0041`, `\x41`, `\n`, `\/`. */
function backslashAt(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1] ?? 0;
  if (next === LOWER_U || next === LOWER_X) {
    const digits = next === LOWER_U ? 4 : 2;
    const code = hexAt(bytes, at + 2, digits);
    return code === -1 ? 0 : escape(2 + digits, code);
  }
  const code = SHORT[next] ?? 0;
  return code === 0 ? 0 : escape(2, code);
}

/** `&#65;`, `&#x41;`, `&amp;`, as in the HTML pages of gateways. */
const ENTITY = /^&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|amp);/;
const MAX_ENTITY_LENGTH = 11;

function entityAt(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1];
  if (next !== HASH && next !== LOWER_A) return 0;
  const text = String.fromCharCode(...bytes.subarray(at, at + MAX_ENTITY_LENGTH));
  const [whole, decimal, hex] = ENTITY.exec(text) ?? [];
  if (whole === undefined) return 0;
  const code =
    decimal !== undefined ? Number(decimal) : hex === undefined ? AMPERSAND : Number.parseInt(hex, 16);
  return code > 0x10ffff ? 0 : escape(whole.length, code);
}

/** The escape at an index; 0 if there is none. */
function escapeAt(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case BACKSLASH:
      return backslashAt(bytes, at);
    case PERCENT: {
      const code = hexAt(bytes, at + 1, 2);
      return code === -1 ? 0 : escape(3, code);
    }
    case AMPERSAND:
      return entityAt(bytes, at);
    // A zero byte of UTF-16 text, which is read byte by byte.
    case 0:
      return escape(1, NOTHING);
    default:
      return 0;
  }
}

/** The buffers of a new reading: its bytes, and for each the range of indexes in the previous reading. */
interface Buffers {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from: Uint32Array<ArrayBuffer> | null;
  readonly to: Uint32Array<ArrayBuffer> | null;
}

function createBuffers(most: number, placed: boolean): Buffers {
  return {
    bytes: new Uint8Array(most),
    from: placed ? new Uint32Array(most) : null,
    to: placed ? new Uint32Array(most) : null,
  };
}

function finishReading({ places }: Reading, { bytes, from, to }: Buffers, size: number): Reading {
  return {
    bytes: bytes.subarray(0, size),
    places: {
      from: (index) => places.from(from?.[index] ?? 0),
      to: (index) => places.to(to?.[index] ?? 0),
    },
  };
}

/** Replaces every non-ASCII character, because secrets consist of ASCII characters. */
const OTHER = 0xff;

/**
 * Decodes the escapes of a reading once; `null` if there are none. `again` is whether the result may contain escapes
 * that were escaped themselves.
 */
function unescapeOnce(reading: Reading, placed: boolean): { next: Reading; again: boolean } | null {
  const { bytes } = reading;
  const { length } = bytes;
  let at = 0;
  while (at < length && (SPECIAL[bytes[at] ?? 0] === 0 || escapeAt(bytes, at) === 0)) at += 1;
  if (at === length) return null;
  const into = createBuffers(length, placed);
  const { bytes: out, from, to } = into;
  let size = 0;
  let again = false;
  for (at = 0; at < length;) {
    let byte = bytes[at] ?? 0;
    let taken = 1;
    if (SPECIAL[byte] === 1) {
      const found = escapeAt(bytes, at);
      if (found !== 0) {
        const code = found >> LENGTH_BITS;
        taken = found & ((1 << LENGTH_BITS) - 1);
        if (code === NOTHING) {
          at += taken;
          continue;
        }
        byte = code < 0x80 ? code : OTHER;
        again ||= SPECIAL[byte] === 1;
      }
    }
    out[size] = byte;
    if (from !== null && to !== null) {
      from[size] = at;
      to[size] = at + taken - 1;
    }
    size += 1;
    at += taken;
  }
  return { next: finishReading(reading, into, size), again };
}

interface Decoding {
  readonly digits: Uint8Array;
  /** The bits per digit. */
  readonly bits: number;
  readonly runs: readonly number[];
  /** The number of digits to skip at the start of each run. */
  readonly skip: number;
  readonly placed: boolean;
}

/**
 * Decodes the digits of all runs. The text before an encoded secret may end with digits too, so the first digits can be
 * skipped.
 */
function decodeRuns(reading: Reading, { digits, bits, runs, skip, placed }: Decoding): Reading {
  const { bytes } = reading;
  const most = runs.reduce((sum, bound, index) => sum + (index % 2 === 0 ? 1 - bound : bound), 0);
  const into = createBuffers(most, placed);
  const { bytes: out, from, to } = into;
  let size = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const end = runs[run + 1] ?? 0;
    let before = 0;
    let value = 0;
    let held = 0;
    let left = skip;
    for (let at = runs[run] ?? 0; at < end; at += 1) {
      const digit = digits[bytes[at] ?? 0] ?? NONE;
      if (digit === BREAK) continue;
      if (left > 0) {
        left -= 1;
        continue;
      }
      value = ((value << bits) | digit) & 0xffff;
      held += bits;
      // One digit completes at most one byte.
      if (held >= 8) {
        held -= 8;
        out[size] = value >> held;
        if (from !== null && to !== null) {
          from[size] = before;
          to[size] = at;
        }
        size += 1;
      }
      before = at;
    }
    out[size] = OTHER;
    size += 1;
  }
  return finishReading(reading, into, size);
}

function* unescapeRepeatedly(reading: Reading, placed: boolean): Generator<Reading, Reading> {
  let last = reading;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const decoded = unescapeOnce(last, placed);
    if (decoded === null) break;
    yield decoded.next;
    last = decoded.next;
    if (!decoded.again) break;
  }
  return last;
}

function unchanged(bytes: Uint8Array<ArrayBuffer>): Reading {
  return { bytes, places: { from: (index) => index, to: (index) => index } };
}

/**
 * Every reading of the bytes that could contain a secret with at least `least` characters.
 * @param placed whether {@link Reading.places} is needed. Without it, places are invalid and decoding is faster.
 */
export function* readingsOf(
  bytes: Uint8Array<ArrayBuffer>,
  least: number,
  placed: boolean,
): Generator<Reading> {
  const whole = unchanged(bytes);
  yield whole;
  const plain = yield* unescapeRepeatedly(whole, placed);
  for (const { digits, kind, bits } of [
    { digits: BASE64, kind: IN_BASE64, bits: 6 },
    { digits: HEX, kind: IN_HEX, bits: 4 },
  ]) {
    const runs = runsOf(plain.bytes, kind, Math.floor((8 * least) / bits));
    if (runs.length === 0) continue;
    // After this many digits, the byte boundaries repeat.
    const period = 8 / (8 % bits || bits);
    for (let skip = 0; skip < period; skip += 1) {
      const within = decodeRuns(plain, { digits, bits, runs, skip, placed });
      yield within;
      yield* unescapeRepeatedly(within, placed);
    }
  }
}

/** The bytes with all escapes decoded: the same result for all ways to escape a text. */
export function plainForm(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let last = unchanged(bytes);
  for (const next of unescapeRepeatedly(last, false)) last = next;
  return last.bytes;
}
