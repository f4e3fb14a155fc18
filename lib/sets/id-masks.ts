/**
 * In which of several lists each account is, by ID. Pure.
 *
 * The numbers of each list are sorted, and all lists are then merged. That takes eight bytes per account, however few
 * accounts the lists share, where a hash table for 20 lists of 1,000,000 accounts can take more than twice as much.
 */
import { isPackable, type PackedIds } from '../store/ids.ts';
import { kindOfText, type IdKind } from './id-keys.ts';

/** A set of lists: bit 0 is the first list. */
export type Mask = number;

/** How many accounts are merged between two {@link IdMasks.counts} steps. */
const PER_STEP = 65_536;
/** The upper half of no ID: the end of a list. */
const END = 2 ** 32;

/** The halves of sorted numbers, the lower one first, as every platform that browsers run on stores them. */
type Halves = Uint32Array<ArrayBuffer>;

/** Collects the IDs of up to {@link MOST_LISTS} lists, list by list and page by page. */
export class IdMasks {
  readonly #lists: Halves[] = [];
  readonly #texts = new Map<string, Mask>();
  readonly #kinds = new Map<IdKind, number>();
  #numbers = new BigUint64Array(0);
  #numberCount = 0;
  #space = 0;

  /** How many lists there are. */
  get size(): number {
    return this.#lists.length;
  }

  /** How many entries of all lists have an ID of each kind. */
  get kinds(): ReadonlyMap<IdKind, number> {
    return this.#kinds;
  }

  /** Begins the next list. @param rows how many accounts it has; further ones are left out */
  begin(rows: number): void {
    this.#numbers = new BigUint64Array(rows);
    this.#numberCount = 0;
    this.#space = rows;
  }

  /** Adds a page of the list that was begun last. */
  add(ids: PackedIds): void {
    const count = Math.min(ids.length, this.#space);
    this.#space -= count;
    if (ids instanceof BigUint64Array) {
      this.#numbers.set(ids.subarray(0, count), this.#numberCount);
      this.#numberCount += count;
      this.#countKind('number', count);
    } else for (const id of ids.slice(0, count)) this.#addText(id);
  }

  /** Ends the list that was begun last. */
  end(): void {
    const { buffer } = this.#numbers.slice(0, this.#numberCount).sort();
    this.#numbers = new BigUint64Array(0);
    this.#lists.push(new Uint32Array(buffer));
  }

  /** The lists with an account. */
  maskOf(id: string): Mask {
    if (!isPackable(id)) return this.#texts.get(id) ?? 0;
    const number = BigInt(id);
    let mask = 0;
    for (const [at, halves] of this.#lists.entries()) {
      if (contains(new BigUint64Array(halves.buffer), number)) mask |= 1 << at;
    }
    return mask;
  }

  /** How many accounts are in exactly the lists of each mask. It pauses from time to time. */
  *counts(): Generator<undefined, Uint32Array<ArrayBuffer>> {
    const counts = new Uint32Array(1 << this.size);
    const add = (mask: Mask): void => {
      counts[mask] = (counts[mask] ?? 0) + 1;
    };
    for (const mask of this.#texts.values()) add(mask);
    const merge = new Merge(this.#lists);
    for (let merged = 1; ; merged += 1) {
      const mask = merge.next();
      if (mask === 0) return counts;
      add(mask);
      if (merged % PER_STEP === 0) yield;
    }
  }

  #addText(id: string): void {
    if (isPackable(id)) {
      this.#numbers[this.#numberCount] = BigInt(id);
      this.#numberCount += 1;
      this.#countKind('number', 1);
    } else {
      this.#texts.set(id, (this.#texts.get(id) ?? 0) | (1 << this.size));
      this.#countKind(kindOfText(id), 1);
    }
  }

  #countKind(kind: IdKind, count: number): void {
    if (count > 0) this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + count);
  }
}

function contains(sorted: BigUint64Array, number: bigint): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const found = sorted[middle] ?? 0n;
    if (found === number) return true;
    if (found < number) from = middle + 1;
    else to = middle;
  }
  return false;
}

/** Goes through sorted lists at the same time, from the smallest ID to the largest. */
class Merge {
  readonly #lists: readonly Halves[];
  readonly #at: Uint32Array;
  /** The halves of each list's next ID. */
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  constructor(lists: readonly Halves[]) {
    this.#lists = lists;
    this.#at = new Uint32Array(lists.length);
    this.#low = new Float64Array(lists.length);
    this.#high = new Float64Array(lists.length);
    for (const [list, halves] of lists.entries()) this.#show(list, halves, 0);
  }

  /** The lists with the next ID; 0 at the end of all of them. */
  next(): Mask {
    const lows = this.#low;
    const highs = this.#high;
    let low = 0;
    let high = END;
    let mask = 0;
    for (let list = 0; list < highs.length; list += 1) {
      const nextHigh = highs[list] ?? END;
      const nextLow = lows[list] ?? 0;
      if (nextHigh < high || (nextHigh === high && nextLow < low)) {
        low = nextLow;
        high = nextHigh;
        mask = 1 << list;
      } else if (nextHigh === high && nextLow === low) mask |= 1 << list;
    }
    if (high === END) return 0;
    for (let list = 0; list < highs.length; list += 1) {
      if ((mask & (1 << list)) !== 0) this.#skip(list, low, high);
    }
    return mask;
  }

  /** Goes past an ID. A list has every ID once; if it does not, the ID counts once. */
  #skip(list: number, low: number, high: number): void {
    const halves = this.#lists[list];
    if (halves === undefined) return;
    let at = this.#at[list] ?? 0;
    do at += 2;
    while (at < halves.length && halves[at] === low && halves[at + 1] === high);
    this.#show(list, halves, at);
  }

  #show(list: number, halves: Halves, at: number): void {
    const isEnd = at >= halves.length;
    this.#at[list] = at;
    this.#low[list] = isEnd ? 0 : (halves[at] ?? 0);
    this.#high[list] = isEnd ? END : (halves[at + 1] ?? 0);
  }
}
