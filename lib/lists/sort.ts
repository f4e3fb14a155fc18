/**
 * The positions of a whole list in the order of one of its columns. Unknown values come last in both directions, equals
 * stay in the platform's order. Texts are ordered as they are compared in searches: folded, by code point.
 */
import { UNKNOWN_WHOLE } from '../store/derived.ts';
import { FLAG_SHIFTS, SEGMENT, YES, type Column, type FlagName } from './columns.ts';
import type { LoadedSegment } from './loaded.ts';
import type { Sort, SortColumn } from './query.ts';
import { keysOf, orderByKeys, type Keys } from './radix.ts';
import { isUnknownAt, type TextValues } from './text-column.ts';

/** Bytes of a text that its key holds. */
const PREFIX = 8;

function flagOf(column: SortColumn): FlagName | null {
  return column === 'verified' || column === 'private' ? column : null;
}

/** The column that an order needs. */
export function columnOf(sort: Sort): Column {
  return sort.column === 'verified' || sort.column === 'private' ? 'flags' : sort.column;
}

/** Takes in the segments of a list, in order. */
export class Sorter {
  readonly #sort: Sort;
  readonly #column: Column;
  readonly #keys: Keys;
  readonly #known: Uint32Array<ArrayBuffer>;
  readonly #unknown: Uint32Array<ArrayBuffer>;
  readonly #texts: (TextValues | null)[] = [];
  #knownCount = 0;
  #unknownCount = 0;

  constructor(sort: Sort, rows: number) {
    this.#sort = sort;
    this.#column = columnOf(sort);
    this.#keys = keysOf(rows);
    this.#known = new Uint32Array(rows);
    this.#unknown = new Uint32Array(rows);
  }

  add(segment: LoadedSegment): void {
    const values = segment.values(this.#column);
    this.#texts.push(values.kind === 'text' ? values : null);
    switch (values.kind) {
      case 'nothing':
        for (let at = 0; at < segment.count; at += 1) this.#addUnknown(segment.first + at);
        return;
      case 'numbers':
        this.#addNumbers(values.of, segment.first);
        return;
      case 'flags':
        this.#addFlags(values.of, segment.first);
        return;
      case 'text':
        this.#addTexts(values, segment.first, segment.count);
        return;
    }
  }

  /** The positions in order, once all segments are in. */
  order(): Uint32Array<ArrayBuffer> {
    const known = this.#known.slice(0, this.#knownCount);
    const ordered = orderByKeys(this.#keys, known);
    if (this.#texts.some((text) => text !== null)) this.#orderTies(ordered);
    const all = new Uint32Array(this.#knownCount + this.#unknownCount);
    all.set(ordered);
    all.set(this.#unknown.subarray(0, this.#unknownCount), this.#knownCount);
    return all;
  }

  #addUnknown(position: number): void {
    this.#unknown[this.#unknownCount++] = position;
  }

  #addKnown(position: number, high: number, low: number): void {
    this.#putKey(position, high, low);
    this.#known[this.#knownCount++] = position;
  }

  #putKey(position: number, high: number, low: number): void {
    const { descending } = this.#sort;
    this.#keys.high[position] = descending ? ~high : high;
    this.#keys.low[position] = descending ? ~low : low;
  }

  #addNumbers(values: Float64Array | Uint32Array, first: number): void {
    if (values instanceof Uint32Array) {
      for (let at = 0; at < values.length; at += 1) {
        const value = values[at] ?? UNKNOWN_WHOLE;
        if (value === UNKNOWN_WHOLE) this.#addUnknown(first + at);
        else this.#addFloat(first + at, value);
      }
      return;
    }
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] ?? NaN;
      if (Number.isNaN(value)) this.#addUnknown(first + at);
      else this.#addFloat(first + at, value);
    }
  }

  readonly #float = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#float.buffer);

  /** The bits of a number are in its order, once those of negative ones are turned round (IEEE 754, totalOrder). */
  #addFloat(position: number, value: number): void {
    // -0 is 0.
    this.#float[0] = value + 0;
    const low = this.#halves[0] ?? 0;
    const high = this.#halves[1] ?? 0;
    if (high >>> 31 === 1) this.#addKnown(position, ~high, ~low);
    else this.#addKnown(position, high | 0x80000000, low);
  }

  #addFlags(values: Uint8Array, first: number): void {
    const flag = flagOf(this.#sort.column);
    const shift = flag === null ? 0 : FLAG_SHIFTS[flag];
    for (let at = 0; at < values.length; at += 1) {
      const value = ((values[at] ?? 0) >>> shift) & 3;
      if (value === 0) this.#addUnknown(first + at);
      else this.#addKnown(first + at, value === YES ? 1 : 0, 0);
    }
  }

  #addTexts(values: TextValues, first: number, count: number): void {
    for (let at = 0; at < count; at += 1) {
      if (isUnknownAt(values, at)) {
        this.#addUnknown(first + at);
        continue;
      }
      this.#putTextKey(values, at, first + at, 0);
      this.#known[this.#knownCount++] = first + at;
    }
  }

  /** Makes eight bytes of a text, from its byte `from` on, the key of an account. */
  #putTextKey({ text, starts }: TextValues, at: number, position: number, from: number): void {
    const start = (starts[at] ?? 0) + from;
    const end = (starts[at + 1] ?? 1) - 1;
    // No text has a byte 0: a shorter one comes first.
    let high = 0;
    let low = 0;
    for (let byte = 0; byte < 4; byte += 1) {
      high = (high << 8) | (start + byte < end ? text.charCodeAt(start + byte) : 0);
      low = (low << 8) | (start + 4 + byte < end ? text.charCodeAt(start + 4 + byte) : 0);
    }
    this.#putKey(position, high, low);
  }

  /** Orders those that begin alike by the eight bytes that follow, and again, as long as any of them goes on. */
  #orderTies(ordered: Uint32Array<ArrayBuffer>): void {
    let groups = tiesWithin(this.#keys, ordered, 0, ordered.length);
    for (let depth = PREFIX; groups.length > 0; depth += PREFIX) {
      const next: Group[] = [];
      for (const { from, to } of groups) {
        if (!this.#putKeysOf(ordered, from, to, depth)) continue;
        orderGroup(this.#keys, ordered, from, to);
        next.push(...tiesWithin(this.#keys, ordered, from, to));
      }
      groups = next;
    }
  }

  /** @returns false where no text of the group has so many bytes: they are equal */
  #putKeysOf(ordered: Uint32Array, from: number, to: number, depth: number): boolean {
    let anyGoesOn = false;
    for (let at = from; at < to; at += 1) {
      const position = ordered[at] ?? 0;
      const values = this.#texts[Math.floor(position / SEGMENT)];
      if (values == null) continue;
      const index = position % SEGMENT;
      this.#putTextKey(values, index, position, depth);
      anyGoesOn ||= (values.starts[index + 1] ?? 0) - (values.starts[index] ?? 0) - 1 > depth;
    }
    return anyGoesOn;
  }
}

/** A stretch of entries with the same key. */
interface Group {
  readonly from: number;
  readonly to: number;
}

function tiesWithin({ high, low }: Keys, ordered: Uint32Array, from: number, to: number): Group[] {
  const ties: Group[] = [];
  for (let start = from; start < to;) {
    const entry = ordered[start] ?? 0;
    let end = start + 1;
    while (end < to && high[ordered[end] ?? 0] === high[entry] && low[ordered[end] ?? 0] === low[entry])
      end += 1;
    if (end - start > 1) ties.push({ from: start, to: end });
    start = end;
  }
  return ties;
}

/** Below this it is not worth going through all values that a part of a key can have. */
const LARGE = 8192;

/** Orders a stretch of entries by their keys; equals stay as they were. */
function orderGroup(keys: Keys, ordered: Uint32Array<ArrayBuffer>, from: number, to: number): void {
  const { high, low } = keys;
  if (to - from > LARGE) {
    ordered.set(orderByKeys(keys, ordered.slice(from, to)), from);
    return;
  }
  const compare = (a: number, b: number): number =>
    (high[a] ?? 0) - (high[b] ?? 0) || (low[a] ?? 0) - (low[b] ?? 0);
  ordered.set(Array.from(ordered.subarray(from, to)).sort(compare), from);
}
