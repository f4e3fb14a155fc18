/** A radix sort for a million 64-bit keys and their entries. */

const DIGIT = 8;
const BUCKETS = 1 << DIGIT;
const HALF = 32;

/** A 64-bit key per entry: the upper and the lower half. */
export interface Keys {
  readonly high: Uint32Array<ArrayBuffer>;
  readonly low: Uint32Array<ArrayBuffer>;
}

/** Entries with their keys beside them: reading both in sequence is faster than looking keys up. */
interface Lane extends Keys {
  readonly entries: Uint32Array<ArrayBuffer>;
}

/** Reusable buffers for sorting: otherwise every sort would allocate a hundred megabytes. */
export class SortBuffers {
  readonly capacity: number;
  /** The keys by entry. */
  readonly keys: Keys;
  #secondaryKeys: Keys | null = null;
  readonly #lanes: readonly [Lane, Lane];

  constructor(capacity: number) {
    this.capacity = capacity;
    this.keys = keysOf(capacity);
    this.#lanes = [
      { ...keysOf(capacity), entries: new Uint32Array(capacity) },
      { ...keysOf(capacity), entries: new Uint32Array(capacity) },
    ];
  }

  /** Secondary keys, allocated on first use. */
  get secondaryKeys(): Keys {
    return (this.#secondaryKeys ??= keysOf(this.capacity));
  }

  /** Sorts the entries `from` (inclusive) to `to` (exclusive) by their keys, ascending and stable. */
  sort(keys: Keys, entries: Uint32Array, from: number, to: number): void {
    const count = to - from;
    let [here, there] = this.#lanes;
    for (let at = 0; at < count; at += 1) {
      const entry = entries[from + at] ?? 0;
      here.entries[at] = entry;
      here.high[at] = keys.high[entry] ?? 0;
      here.low[at] = keys.low[entry] ?? 0;
    }
    for (const half of ['low', 'high'] as const) {
      for (let shift = 0; shift < HALF; shift += DIGIT) {
        if (scatter(here, there, count, here[half], shift)) [here, there] = [there, here];
      }
    }
    entries.set(here.entries.subarray(0, count), from);
  }
}

function keysOf(count: number): Keys {
  return { high: new Uint32Array(count), low: new Uint32Array(count) };
}

/** One pass by one digit. @returns false if all have the same digit, so that nothing was moved */
function scatter(here: Lane, there: Lane, count: number, keys: Uint32Array, shift: number): boolean {
  const next = new Uint32Array(BUCKETS);
  for (let at = 0; at < count; at += 1) {
    const bucket = ((keys[at] ?? 0) >>> shift) & (BUCKETS - 1);
    next[bucket] = (next[bucket] ?? 0) + 1;
  }
  if (next.includes(count)) return false;
  let before = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const size = next[bucket] ?? 0;
    next[bucket] = before;
    before += size;
  }
  for (let at = 0; at < count; at += 1) {
    const bucket = ((keys[at] ?? 0) >>> shift) & (BUCKETS - 1);
    const place = next[bucket] ?? 0;
    next[bucket] = place + 1;
    there.high[place] = here.high[at] ?? 0;
    there.low[place] = here.low[at] ?? 0;
    there.entries[place] = here.entries[at] ?? 0;
  }
  return true;
}
