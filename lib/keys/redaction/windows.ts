/**
 * Where in a text a secret could stand: found by the sum of sixteen of its characters, which can be had of every place
 * of a long text in one pass, forwards and backwards at once.
 */

import { kindOf, runsOf } from './runs.ts';

/** How many characters are summed. */
const WINDOW = 16;

/** What is to be looked for. */
export interface Sought {
  /** Of the whole secret, in bytes. */
  readonly length: number;
  /** Where in it the window begins. */
  readonly offset: number;
  /** How long the window is: {@link WINDOW}, or the whole secret where that is shorter. */
  readonly window: number;
  /** Of the window; see {@link sumOf}. */
  readonly sum: number;
}

/** What no key has in it, as a rule: what is in quotes, brackets or between spaces is looked at by itself. */
const SEPARATORS = '"<>{}[],\\';

/** Whether a byte can be of a key. */
export function isKeyByte(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f && !SEPARATORS.includes(String.fromCharCode(byte));
}

/** A number for each byte, the same in every browser and version: what is stored depends on it. */
const NUMBERS = ((): Int32Array<ArrayBuffer> => {
  // "Mulberry32", for its even spread.
  let state = 0x9e3779b9;
  return Int32Array.from({ length: 256 }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return mixed ^ (mixed >>> 14);
  });
})();

/** Of the sum of a window so many bits are kept: enough to be rarely mistaken, and too few to say what was summed. */
function kept(sum: number): number {
  return sum >>> 4;
}

/** The sum of some bytes, in whatever order. */
function sumOf(bytes: Uint8Array): number {
  return kept(bytes.reduce((sum, byte) => (sum + (NUMBERS[byte] ?? 0)) | 0, 0));
}

/** Where a secret is least like others: keys of one provider begin alike, and long runs of one letter are common. */
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

/** Told of a place where one of the sought could stand, and whether it would have to be read backwards there. */
export type Visit<S> = (sought: S, start: number, reversed: boolean) => void;

const FILTER_BITS = 16;

/** Looks for some secrets at once. */
export class Scanner<S extends Sought> {
  /** The length of the shortest of them. */
  readonly least: number;
  readonly #groups: readonly Group<S>[];
  readonly #kind: Uint8Array;

  /** @param odd bytes of secrets that are none of {@link isKeyByte} */
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

  /** Visits every place where one of them could stand. */
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
  /** By the first bits of a sum: whether there is such a one. */
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
    // Hardly ever.
    if (filter[sum >>> (32 - FILTER_BITS)] === 1) {
      for (const each of bySum.get(kept(sum)) ?? []) visitAt(bytes, each, at, visit);
    }
    if (next >= length) return;
    sum = (sum + (NUMBERS[bytes[next] ?? 0] ?? 0) - (NUMBERS[bytes[at] ?? 0] ?? 0)) | 0;
  }
}

function visitAt<S extends Sought>(bytes: Uint8Array, each: S, at: number, visit: Visit<S>): void {
  const { length, offset, window } = each;
  const fits = (start: number): boolean => start >= 0 && start + length <= bytes.length;
  const forwards = at - offset;
  if (fits(forwards)) visit(each, forwards, false);
  const backwards = at - (length - window - offset);
  if (fits(backwards)) visit(each, backwards, true);
}
