/** Ordering a million numbers of 64 bits with what belongs to them. Pure. */

const DIGIT = 8;
const BUCKETS = 1 << DIGIT;
const HALF = 32;

/** A key of 64 bits an entry: the upper and the lower half. */
export interface Keys {
  readonly high: Uint32Array<ArrayBuffer>;
  readonly low: Uint32Array<ArrayBuffer>;
}

export function keysOf(count: number): Keys {
  return { high: new Uint32Array(count), low: new Uint32Array(count) };
}

/** Entries on their way, with their keys beside them: reading both in order is faster than looking keys up. */
interface Row extends Keys {
  readonly entries: Uint32Array<ArrayBuffer>;
}

/**
 * Orders entries by their keys, smallest first; equals stay as they were. `entries` has the numbers of the entries,
 * which are also where their keys are found. @returns the numbers, in order
 */
export function orderByKeys(keys: Keys, entries: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const count = entries.length;
  let from: Row = { entries: entries.slice(), ...keysOf(count) };
  let to: Row = { entries: new Uint32Array(count), ...keysOf(count) };
  for (let at = 0; at < count; at += 1) {
    const entry = entries[at] ?? 0;
    from.high[at] = keys.high[entry] ?? 0;
    from.low[at] = keys.low[entry] ?? 0;
  }
  for (const half of ['low', 'high'] as const) {
    for (let shift = 0; shift < HALF; shift += DIGIT) {
      if (scatter(from, to, from[half], shift)) [from, to] = [to, from];
    }
  }
  return from.entries;
}

/** One pass by one digit. @returns false when all have the same digit, and nothing was moved */
function scatter(from: Row, to: Row, keys: Uint32Array, shift: number): boolean {
  const count = keys.length;
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
    to.high[place] = from.high[at] ?? 0;
    to.low[place] = from.low[at] ?? 0;
    to.entries[place] = from.entries[at] ?? 0;
  }
  return true;
}
