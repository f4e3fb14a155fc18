/**
 * The ways in which bytes can be read: as they are, with their escapes undone, and with what is base64 or hex in them
 * decoded. A secret that is written in any of these ways stands in the clear in one of the readings.
 */

import { kindOf, runsOf } from './runs.ts';

/** Where each byte of a reading is written in the source: the indexes of the first and the last byte of its spelling. */
export interface Places {
  readonly from: (index: number) => number;
  readonly to: (index: number) => number;
}

export interface Reading {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly places: Places;
}

/** Escapes within escapes are undone this often. JSON in JSON in a percent-encoded text takes three. */
const DEPTH = 5;
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

/** No digit. */
const NONE = 255;
/** Line breaks, which long base64 has in it. */
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
/** What a backslash and a letter stand for in JSON. */
const SHORT = table((letter) => {
  const at = 'btnfr"/\\'.indexOf(letter);
  return at === -1 ? 0 : '\b\t\n\f\r"/\\'.charCodeAt(at);
});

/** Stands for no character at all. */
const NOTHING = 0x10ffff + 1;
/** An escape as one number, for there may be hundreds of thousands: what it stands for, and its length in the last four bits. */
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

/** `&#65;`, `&#x41;`, `&amp;`: as gateways write their pages. */
const ENTITY = /^&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|amp);/;
const LONGEST_ENTITY = 11;

function entityAt(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1];
  if (next !== HASH && next !== LOWER_A) return 0;
  const text = String.fromCharCode(...bytes.subarray(at, at + LONGEST_ENTITY));
  const [whole, decimal, hex] = ENTITY.exec(text) ?? [];
  if (whole === undefined) return 0;
  const code =
    decimal !== undefined ? Number(decimal) : hex === undefined ? AMPERSAND : Number.parseInt(hex, 16);
  return code > 0x10ffff ? 0 : escape(whole.length, code);
}

/** The escape at a place; 0 where there is none. */
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
    // Text of two bytes a character, read a byte at a time.
    case 0:
      return escape(1, NOTHING);
    default:
      return 0;
  }
}

/** What a reading is gathered in: its bytes, and of each the indexes in the reading before that it is made of. */
interface Gathered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from: Uint32Array<ArrayBuffer> | null;
  readonly to: Uint32Array<ArrayBuffer> | null;
}

function gather(most: number, placed: boolean): Gathered {
  return {
    bytes: new Uint8Array(most),
    from: placed ? new Uint32Array(most) : null,
    to: placed ? new Uint32Array(most) : null,
  };
}

function gathered({ places }: Reading, { bytes, from, to }: Gathered, size: number): Reading {
  return {
    bytes: bytes.subarray(0, size),
    places: {
      from: (index) => places.from(from?.[index] ?? 0),
      to: (index) => places.to(to?.[index] ?? 0),
    },
  };
}

/** The characters of secrets are ASCII: of others it does not matter how they are read, as long as they are no ASCII. */
const OTHER = 0xff;

/**
 * A reading with its escapes undone once; `null` where it has none. `again` is whether there may be escapes in it: in
 * what an escape stands for.
 */
function unescaped(reading: Reading, placed: boolean): { next: Reading; again: boolean } | null {
  const { bytes } = reading;
  const { length } = bytes;
  let at = 0;
  while (at < length && (SPECIAL[bytes[at] ?? 0] === 0 || escapeAt(bytes, at) === 0)) at += 1;
  if (at === length) return null;
  const into = gather(length, placed);
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
  return { next: gathered(reading, into, size), again };
}

interface Decoding {
  readonly digits: Uint8Array;
  /** Of a digit. */
  readonly bits: number;
  readonly runs: readonly number[];
  /** How many digits are left out at the front of each run. */
  readonly skip: number;
  readonly placed: boolean;
}

/**
 * Decodes the digits of all runs. What stands before a secret's spelling may be digits too, and belong to something
 * else: so some are left out.
 */
function decoded(reading: Reading, { digits, bits, runs, skip, placed }: Decoding): Reading {
  const { bytes } = reading;
  const most = runs.reduce((sum, bound, index) => sum + (index % 2 === 0 ? 1 - bound : bound), 0);
  const into = gather(most, placed);
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
      // No byte is made of more than two digits.
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
  return gathered(reading, into, size);
}

function* unescapings(reading: Reading, placed: boolean): Generator<Reading, Reading> {
  let last = reading;
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const undone = unescaped(last, placed);
    if (undone === null) break;
    yield undone.next;
    last = undone.next;
    if (!undone.again) break;
  }
  return last;
}

function asTheyAre(bytes: Uint8Array<ArrayBuffer>): Reading {
  return { bytes, places: { from: (index) => index, to: (index) => index } };
}

/**
 * Every reading of some bytes in which a secret of at least so many characters could stand.
 * @param placed whether {@link Reading.places} are wanted; without them they mean nothing, and it takes less time
 */
export function* readingsOf(
  bytes: Uint8Array<ArrayBuffer>,
  least: number,
  placed: boolean,
): Generator<Reading> {
  const whole = asTheyAre(bytes);
  yield whole;
  const plain = yield* unescapings(whole, placed);
  for (const { digits, kind, bits } of [
    { digits: BASE64, kind: IN_BASE64, bits: 6 },
    { digits: HEX, kind: IN_HEX, bits: 4 },
  ]) {
    const runs = runsOf(plain.bytes, kind, Math.floor((8 * least) / bits));
    if (runs.length === 0) continue;
    // After so many digits the bytes begin at the same places again.
    const turn = 8 / (8 % bits || bits);
    for (let skip = 0; skip < turn; skip += 1) {
      const within = decoded(plain, { digits, bits, runs, skip, placed });
      yield within;
      yield* unescapings(within, placed);
    }
  }
}

/** Bytes with all their escapes undone: one form for all ways of escaping the same text. */
export function plainForm(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let last = asTheyAre(bytes);
  for (const next of unescapings(last, false)) last = next;
  return last.bytes;
}
