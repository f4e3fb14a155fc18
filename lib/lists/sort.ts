/**
 * Sorts the positions of a whole list by one of its columns. Unknown values come last in both directions; equal values
 * stay in the platform's order. Texts are compared folded and by code point.
 */
import { UNKNOWN_WHOLE } from '../store/derived.ts';
import { FLAG_SHIFTS, SEGMENT, YES, type Column, type FlagName } from './columns.ts';
import type { LoadedSegment } from './loaded.ts';
import type { Sort, SortColumn } from './query.ts';
import type { Keys, SortBuffers } from './radix.ts';
import { isUnknownAt, type TextValues } from './text-column.ts';

/** The number of bytes in a key. */
const KEY_LENGTH = 8;

function flagOf(column: SortColumn): FlagName | null {
  return column === 'verified' || column === 'private' ? column : null;
}

/** The column that a sort needs. */
export function columnOf(sort: Sort): Column {
  return sort.column === 'verified' || sort.column === 'private' ? 'flags' : sort.column;
}

/** Collects the segments of a list in order, then sorts. */
export class Sorter {
  readonly #sort: Sort;
  readonly #column: Column;
  readonly #buffers: SortBuffers;
  /** The values, or the first bytes of texts. */
  readonly #keys: Keys;
  /** The next bytes of texts. */
  #more: Keys | null = null;
  /** Known values from the front, unknown values from the back. */
  readonly #positions: Uint32Array<ArrayBuffer>;
  readonly #texts: (TextValues | null)[] = [];
  #knownCount = 0;
  #unknownCount = 0;

  /** @param buffers have space for at least this many rows; must not be used otherwise until the order is complete */
  constructor(sort: Sort, rows: number, buffers: SortBuffers) {
    this.#sort = sort;
    this.#column = columnOf(sort);
    this.#buffers = buffers;
    this.#keys = buffers.keys;
    this.#positions = new Uint32Array(rows);
  }

  add(segment: LoadedSegment): void {
    const values = segment.values(this.#column);
    this.#texts.push(values.kind === 'text' ? values : null);
    switch (values.kind) {
      // No list is sorted by the last four.
      case 'nothing':
      case 'values':
      case 'terms':
      case 'details':
      case 'basis':
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

  /** How many of the added accounts have a value. They come first. */
  get knownCount(): number {
    return this.#knownCount;
  }

  /** The sorted positions. To be called after all segments were added. */
  order(): Uint32Array<ArrayBuffer> {
    const known = this.#knownCount;
    if (this.#more !== null) this.#buffers.sort(this.#more, this.#positions, 0, known);
    this.#buffers.sort(this.#keys, this.#positions, 0, known);
    if (this.#more !== null) this.#orderTies(this.#more);
    this.#positions.subarray(known).reverse();
    return this.#positions;
  }

  #addUnknown(position: number): void {
    this.#unknownCount += 1;
    this.#positions[this.#positions.length - this.#unknownCount] = position;
  }

  #addKnown(position: number, high: number, low: number): void {
    this.#putKey(this.#keys, position, high, low);
    this.#positions[this.#knownCount++] = position;
  }

  #putKey(keys: Keys, position: number, high: number, low: number): void {
    const { descending } = this.#sort;
    keys.high[position] = descending ? ~high : high;
    keys.low[position] = descending ? ~low : low;
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

  /** The bits of a number sort like the number if those of negative numbers are inverted (IEEE 754, totalOrder). */
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
    const more = (this.#more ??= this.#buffers.secondaryKeys);
    for (let at = 0; at < count; at += 1) {
      if (isUnknownAt(values, at)) {
        this.#addUnknown(first + at);
        continue;
      }
      this.#putTextKey(this.#keys, values, at, first + at, 0);
      this.#putTextKey(more, values, at, first + at, KEY_LENGTH);
      this.#positions[this.#knownCount++] = first + at;
    }
  }

  /** Sets an account's key to eight bytes of its text, starting at byte `from`. */
  #putTextKey(keys: Keys, { text, starts }: TextValues, at: number, position: number, from: number): void {
    const start = (starts[at] ?? 0) + from;
    const length = (starts[at + 1] ?? 1) - 1 - start;
    // No text contains a byte 0, so a shorter text comes first.
    let high = 0;
    let low = 0;
    if (length >= KEY_LENGTH) {
      high =
        (text.charCodeAt(start) << 24) |
        (text.charCodeAt(start + 1) << 16) |
        (text.charCodeAt(start + 2) << 8) |
        text.charCodeAt(start + 3);
      low =
        (text.charCodeAt(start + 4) << 24) |
        (text.charCodeAt(start + 5) << 16) |
        (text.charCodeAt(start + 6) << 8) |
        text.charCodeAt(start + 7);
    } else {
      for (let byte = 0; byte < length; byte += 1) {
        const code = text.charCodeAt(start + byte);
        if (byte < 4) high |= code << (24 - 8 * byte);
        else low |= code << (56 - 8 * byte);
      }
    }
    this.#putKey(keys, position, high, low);
  }

  /** Sorts texts with equal beginnings by their next eight bytes, and repeats while any text has more bytes. */
  #orderTies(more: Keys): void {
    const ordered = this.#positions;
    let groups = tiesWithin(this.#keys, more, ordered, 0, this.#knownCount);
    for (let depth = 2 * KEY_LENGTH; groups.length > 0; depth += KEY_LENGTH) {
      const next: Group[] = [];
      for (const { from, to } of groups) {
        if (!this.#putKeysOf(ordered, from, to, depth)) continue;
        if (to - from > MAX_SMALL) this.#buffers.sort(this.#keys, ordered, from, to);
        else orderSmall(this.#keys, ordered, from, to);
        for (const tie of tiesWithin(this.#keys, null, ordered, from, to)) next.push(tie);
      }
      groups = next;
    }
  }

  /** @returns false if no text of the group has this many bytes, so that all are equal */
  #putKeysOf(ordered: Uint32Array, from: number, to: number, depth: number): boolean {
    let hasMoreBytes = false;
    for (let at = from; at < to; at += 1) {
      const position = ordered[at] ?? 0;
      const values = this.#texts[Math.floor(position / SEGMENT)];
      if (values == null) continue;
      const index = position % SEGMENT;
      hasMoreBytes ||= (values.starts[index + 1] ?? 0) - (values.starts[index] ?? 0) - 1 > depth;
      this.#putTextKey(this.#keys, values, index, position, depth);
    }
    return hasMoreBytes;
  }
}

/** A range of entries with the same key. */
interface Group {
  readonly from: number;
  readonly to: number;
}

function isSame({ high, low }: Keys, a: number, b: number): boolean {
  return high[a] === high[b] && low[a] === low[b];
}

/** The ranges whose entries have the same key, and the same secondary key if there is one. */
function tiesWithin(keys: Keys, more: Keys | null, ordered: Uint32Array, from: number, to: number): Group[] {
  const ties: Group[] = [];
  let start = from;
  for (let end = from + 1; end <= to; end += 1) {
    const [a, b] = [ordered[start] ?? 0, ordered[end] ?? 0];
    if (end < to && isSame(keys, a, b) && (more === null || isSame(more, a, b))) continue;
    if (end - start > 1) ties.push({ from: start, to: end });
    start = end;
  }
  return ties;
}

/** Up to this size, insertion sort is fastest. */
const MAX_SMALL = 24;

/** A stable insertion sort of a range of entries by their keys. */
function orderSmall({ high, low }: Keys, ordered: Uint32Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const entry = ordered[next] ?? 0;
    const itsHigh = high[entry] ?? 0;
    const itsLow = low[entry] ?? 0;
    let place = next;
    while (place > from) {
      const before = ordered[place - 1] ?? 0;
      const difference = (high[before] ?? 0) - itsHigh || (low[before] ?? 0) - itsLow;
      if (difference <= 0) break;
      ordered[place] = before;
      place -= 1;
    }
    ordered[place] = entry;
  }
}
