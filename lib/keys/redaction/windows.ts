/**
 * Finds where a text could contain a secret: a rolling sum of sixteen characters is compared at every position of a long
 * text in one pass, for both directions at once.
 */

import { kindOf, runsOf } from './runs.ts';

/** The number of characters in a sum. */
const WINDOW = 16;

/** A secret to search for. */
export interface Sought {
  /** The length of the whole secret, in bytes. */
  readonly length: number;
  /** Where the window begins in the secret. */
  readonly offset: number;
  /** The length of the window: {@link WINDOW}, or that of the secret if it is shorter. */
  readonly window: number;
  /** The sum of the window; see {@link sumOf}. */
  readonly sum: number;
}

/** Characters that keys usually don't contain. They separate the parts of a text that are searched. */
const SEPARATORS = '"<>{}[],\\';

/** Whether a byte can be part of a key. */
export function isKeyByte(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f && !SEPARATORS.includes(String.fromCharCode(byte));
}

/** A number for each byte value. It must never change, because stored traces depend on it. */
const NUMBERS = ((): Int32Array<ArrayBuffer> => {
  // Mulberry32, for an even distribution.
  let state = 0x9e3779b9;
  return Int32Array.from({ length: 256 }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return mixed ^ (mixed >>> 14);
  });
})();

/** Truncates a sum to 28 bits: enough for few false matches, and too few to reveal the characters. */
function truncated(sum: number): number {
  return sum >>> 4;
}

/** The sum of the bytes, independent of their order. */
function sumOf(bytes: Uint8Array): number {
  return truncated(bytes.reduce((sum, byte) => (sum + (NUMBERS[byte] ?? 0)) | 0, 0));
}

/** The window with the most different characters: a provider's keys share a prefix, and runs of one letter are common. */
export function windowOf(secret: Uint8Array): Sought {
  const { length } = secret;
  const window = Math.min(WINDOW, length);
  let offset = 0;
  let most = 0;
  for (let at = 0; at + window <= length; at += 1) {
    const different = new Set(secret.subarray(at, at + window)).size;
    if (different < most) continue;
    most = different;
    offset = at;
  }
  return { length, offset, window, sum: sumOf(secret.subarray(offset, offset + window)) };
}

/** Called for a position where one of the secrets could begin, and whether it would be reversed there. */
export type Visit<S> = (sought: S, start: number, reversed: boolean) => void;

const FILTER_BITS = 16;

/** Searches for several secrets at once. */
export class Scanner<S extends Sought> {
  /** The length of the shortest secret. */
  readonly least: number;
  readonly #groups: readonly Group<S>[];
  readonly #kind: Uint8Array;

  /** @param odd bytes of secrets that don't satisfy {@link isKeyByte} */
  constructor(all: readonly S[], odd: ReadonlySet<number>) {
    this.#kind = kindOf((byte) => isKeyByte(byte) || odd.has(byte));
    this.least = Math.min(...all.map(({ length }) => length));
    this.#groups = Array.from(
      Map.groupBy(all, ({ window }) => window),
      ([window, sought]) => ({
        window,
        bySum: Map.groupBy(sought, ({ sum }) => sum),
        filter: filterOf(sought),
      }),
    );
  }

  /** Visits every position where one of the secrets could begin. */
  visit(bytes: Uint8Array, visit: Visit<S>): void {
    const runs = runsOf(bytes, this.#kind, this.least);
    for (let run = 0; run < runs.length; run += 2) {
      const start = runs[run] ?? 0;
      const part = bytes.subarray(start, runs[run + 1]);
      for (const group of this.#groups) {
        scan(part, group, (sought, at, reversed) => {
          visit(sought, start + at, reversed);
        });
      }
    }
  }
}

interface Group<S> {
  readonly window: number;
  readonly bySum: ReadonlyMap<number, readonly S[]>;
  /** Whether any sum begins with these bits. */
  readonly filter: Uint8Array;
}

function filterOf(sought: readonly Sought[]): Uint8Array {
  const filter = new Uint8Array(1 << FILTER_BITS);
  for (const { sum } of sought) filter[sum >>> (28 - FILTER_BITS)] = 1;
  return filter;
}

function scan<S extends Sought>(
  bytes: Uint8Array,
  { window, bySum, filter }: Group<S>,
  visit: Visit<S>,
): void {
  const { length } = bytes;
  if (length < window) return;
  let sum = 0;
  for (let at = 0; at < window; at += 1) sum = (sum + (NUMBERS[bytes[at] ?? 0] ?? 0)) | 0;
  for (let at = 0, next = window; ; at += 1, next += 1) {
    // Rarely true: avoids most lookups in the map.
    if (filter[sum >>> (32 - FILTER_BITS)] === 1) {
      for (const each of bySum.get(truncated(sum)) ?? []) visitAt(bytes, each, at, visit);
    }
    if (next >= length) return;
    sum = (sum + (NUMBERS[bytes[next] ?? 0] ?? 0) - (NUMBERS[bytes[at] ?? 0] ?? 0)) | 0;
  }
}

function visitAt<S extends Sought>(bytes: Uint8Array, each: S, at: number, visit: Visit<S>): void {
  const { length, offset, window } = each;
  const fits = (start: number): boolean => start >= 0 && start + length <= bytes.length;
  const forward = at - offset;
  if (fits(forward)) visit(each, forward, false);
  const backward = at - (length - window - offset);
  if (fits(backward)) visit(each, backward, true);
}
