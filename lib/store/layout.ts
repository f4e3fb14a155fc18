/**
 * Of which pages an updated list consists: its own, then those of earlier collections, without the accounts that are
 * listed above already. Positions and page numbers of such a list are counted over all of it. Pure.
 */
import type { SnapshotId } from '../model/ids.ts';
import type { PartStart } from '../model/update.ts';
import type { PartRow } from './database.ts';

/** Positions of a log that are not shown, as ranges. Everything is found by binary search. */
export class Dropped {
  /** Pairs of first and after-last, ascending. */
  readonly #ranges: Uint32Array;
  /** How many positions the ranges before each one contain. */
  readonly #before: Uint32Array;
  readonly count: number;

  constructor(ranges: Uint32Array) {
    this.#ranges = ranges;
    this.#before = new Uint32Array(ranges.length / 2 + 1);
    for (let range = 0; 2 * range < ranges.length; range += 1) {
      const length = (ranges[2 * range + 1] ?? 0) - (ranges[2 * range] ?? 0);
      this.#before[range + 1] = (this.#before[range] ?? 0) + length;
    }
    this.count = this.#before.at(-1) ?? 0;
  }

  /** How many positions before this one are dropped. */
  before(position: number): number {
    const range = this.#lastRange((at) => (this.#ranges[2 * at] ?? 0) < position);
    if (range < 0) return 0;
    const end = Math.min(position, this.#ranges[2 * range + 1] ?? 0);
    return (this.#before[range] ?? 0) + end - (this.#ranges[2 * range] ?? 0);
  }

  has(position: number): boolean {
    return this.before(position + 1) > this.before(position);
  }

  /** The position in the log of the account that is shown as number `shown`, from 0. */
  positionOf(shown: number): number {
    const range = this.#lastRange((at) => (this.#ranges[2 * at] ?? 0) - (this.#before[at] ?? 0) <= shown);
    return shown + (this.#before[range + 1] ?? 0);
  }

  /** The last range that meets a condition which only the first ones meet; -1 if none does. */
  #lastRange(meets: (range: number) => boolean): number {
    let low = 0;
    let high = this.#ranges.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (meets(middle)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** Ascending positions as ranges: pairs of first and after-last. */
export function rangesOf(positions: Iterable<number>): Uint32Array<ArrayBuffer> {
  const ranges: number[] = [];
  for (const position of positions) {
    if (ranges.at(-1) === position) ranges[ranges.length - 1] = position + 1;
    else ranges.push(position, position + 1);
  }
  return Uint32Array.from(ranges);
}

/** A part of a list: pages of one log, and where they are in the list. */
export interface PlacedPart {
  readonly log: SnapshotId;
  readonly starts: readonly PartStart[];
  /** The number of its first page, and how many it has. */
  readonly seq: number;
  readonly pages: number;
  /** The position of its first account, and how many accounts are shown. */
  readonly first: number;
  readonly shown: number;
  readonly dropped: Dropped;
}

/** The parts of a list in order, with their places. */
export function placed(parts: readonly PartRow[]): readonly PlacedPart[] {
  let seq = 0;
  let first = 0;
  return parts.map(({ log, starts, pages, rows, dropped: ranges }) => {
    const dropped = new Dropped(ranges);
    const part = { log, starts, seq, pages, first, shown: rows - dropped.count, dropped };
    seq += part.pages;
    first += part.shown;
    return part;
  });
}

/** What a list shows from its parts after the first. */
export interface Totals {
  readonly pages: number;
  readonly rows: number;
  readonly filled: number;
  /** The pages with which the parts begin. */
  readonly starts: readonly PartStart[];
}

/** What the parts of an updated list add to its own, which is the first. */
export function totalsOf(parts: readonly PartRow[]): Totals {
  const [, ...earlier] = placed(parts);
  return {
    pages: earlier.reduce((sum, { pages }) => sum + pages, 0),
    rows: earlier.reduce((sum, { shown }) => sum + shown, 0),
    // Details are known in order, so nothing after the first unknown ones counts.
    filled: filledOf(parts.slice(1)),
    starts: earlier.flatMap(({ seq, starts }) => starts.map((start) => ({ ...start, seq: seq + start.seq }))),
  };
}

function filledOf(parts: readonly PartRow[]): number {
  let filled = 0;
  for (const part of parts) {
    const dropped = new Dropped(part.dropped);
    filled += part.filled - dropped.before(part.filled);
    if (part.filled < part.rows) return filled;
  }
  return filled;
}
