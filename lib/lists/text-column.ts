/**
 * Many texts in one string that is fast to search and small: each character is one byte of their UTF-8, which browsers
 * keep as one byte, where a single emoji would make it two for all. Pure.
 */

/** Bytes that no UTF-8 has: after each text, and in place of a text that is unknown. */
const END = 0xff;
const UNKNOWN = 0xfd;

export interface TextValues {
  readonly text: string;
  readonly starts: Uint32Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
/** How many bytes become characters in one call: arguments of a call have a limit. */
const AT_ONCE = 8192;

function characters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return text;
}

/** A text as it stands within the values: what to search for. */
export function needleOf(folded: string): string {
  return characters(encoder.encode(folded));
}

/** Takes in texts one by one. */
export class TextBuilder {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  readonly #starts: number[] = [];

  add(text: string | null): void {
    this.#starts.push(this.#length);
    const most = (text === null ? 1 : text.length * 3) + 1;
    if (this.#length + most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + most));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    if (text === null) this.#bytes[this.#length++] = UNKNOWN;
    else this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
    this.#bytes[this.#length++] = END;
  }

  values(): TextValues {
    const starts = new Uint32Array(this.#starts.length + 1);
    starts.set(this.#starts);
    starts[this.#starts.length] = this.#length;
    return { text: characters(this.#bytes.subarray(0, this.#length)), starts };
  }
}

/** The text of an account, in bytes as characters; `null` is unknown. */
export function textAt({ text, starts }: TextValues, index: number): string | null {
  return isUnknownAt({ text, starts }, index)
    ? null
    : text.slice(starts[index] ?? 0, (starts[index + 1] ?? 1) - 1);
}

/** Whether nothing is known of the text of an account. */
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

/** The account whose text holds the byte `at`; not before the account `from`. */
function indexAt(starts: Uint32Array, at: number, from: number): number {
  let step = 1;
  let low = from;
  // Hits are mostly close to each other: look near first, then halve.
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
