/**
 * Stores many texts in one string that is small and fast to search. None of its characters is above U+00FF, so that
 * browsers store each in one byte. A single emoji would double the size of the whole string. Decision 0029. Pure.
 *
 * Non-ASCII characters are encoded similarly to UTF-8, but only with bytes from A0: a first byte that determines how many
 * follow (C0 to F7), then bytes with five bits each (A0 to BF). The order of bytes is the order of code points, and a
 * search never matches in the middle of a character. Bytes 80 to 9F are not used, because the decoder that converts the
 * bytes to a string maps them to other characters (`latin1` is windows-1252 in the WHATWG Encoding Standard).
 */

/** Bytes that no character contains: the end of a text, and an unknown text. */
const END = 0xff;
const UNKNOWN = 0xfd;

export interface TextValues {
  readonly text: string;
  readonly starts: Uint32Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('latin1');
const PLAIN = /^\p{ASCII}*$/u;
/** The most bytes per UTF-16 unit. */
const MAX_BYTES = 4;

/** @returns how many bytes were written */
function write(text: string, bytes: Uint8Array): number {
  if (PLAIN.test(text)) return encoder.encodeInto(text, bytes).written;
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    const following = point < 1 << 9 ? 1 : point < 1 << 14 ? 2 : point < 1 << 19 ? 3 : 4;
    bytes[at++] = (0xb0 + (following << 4)) | (point >>> (5 * following));
    for (let left = following - 1; left >= 0; left -= 1) bytes[at++] = 0xa0 | ((point >>> (5 * left)) & 0x1f);
  }
  return at;
}

/** A text in the encoding of the values, to search for it. */
export function encodeNeedle(folded: string): string {
  const bytes = new Uint8Array(folded.length * MAX_BYTES);
  return decoder.decode(bytes.subarray(0, write(folded, bytes)));
}

/** Encodes texts one by one. */
export class TextBuilder {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  readonly #starts: number[] = [];

  add(text: string | null): void {
    this.#starts.push(this.#length);
    this.#reserve((text === null ? 1 : text.length * MAX_BYTES) + 1);
    if (text === null) this.#bytes[this.#length++] = UNKNOWN;
    else this.#length += write(text, this.#bytes.subarray(this.#length));
    this.#bytes[this.#length++] = END;
  }

  values(): TextValues {
    const starts = new Uint32Array(this.#starts.length + 1);
    starts.set(this.#starts);
    starts[this.#starts.length] = this.#length;
    return { text: decoder.decode(this.#bytes.subarray(0, this.#length)), starts };
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** The encoded text of an account; `null` is unknown. */
export function textAt({ text, starts }: TextValues, index: number): string | null {
  return isUnknownAt({ text, starts }, index)
    ? null
    : text.slice(starts[index] ?? 0, (starts[index + 1] ?? 1) - 1);
}

/** Whether the text of an account is unknown. */
export function isUnknownAt({ text, starts }: TextValues, index: number): boolean {
  return text.charCodeAt(starts[index] ?? 0) === UNKNOWN;
}

/** Calls `found` with the index of every account whose text contains the needle, in order. */
export function eachMatch(
  { text, starts }: TextValues,
  needle: string,
  found: (index: number) => void,
): void {
  let index = 0;
  for (let at = text.indexOf(needle); at !== -1;) {
    index = indexAt(starts, at, index);
    found(index);
    index += 1;
    at = text.indexOf(needle, starts[index] ?? text.length);
    if (index >= starts.length - 1) return;
  }
}

/** The account whose text contains the byte `at`; not before the account `from`. */
function indexAt(starts: Uint32Array, at: number, from: number): number {
  let step = 1;
  let low = from;
  // Matches are usually close together: search nearby first, then by bisection.
  while ((starts[low + step] ?? Infinity) <= at) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, starts.length - 1);
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? Infinity) <= at) low = middle;
    else high = middle;
  }
  return low;
}
