/** Ordering a million numbers of 64 bits with what belongs to them. Pure. */

const DIGIT = 16;
const BUCKETS = 1 << DIGIT;

/** A key of 64 bits an entry: the upper and the lower half. */
export interface Keys {
  readonly high: Uint32Array<ArrayBuffer>;
  readonly low: Uint32Array<ArrayBuffer>;
}

export function keysOf(count: number): Keys {
  return { high: new Uint32Array(count), low: new Uint32Array(count) };
}

/**
 * Orders entries by their keys, smallest first; equals stay as they were. `entries` has the numbers of the entries,
 * which are also where their keys are found. @returns the numbers, in order
 */
export function orderByKeys(
  { high, low }: Keys,
  entries: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  let from = entries;
  let to = new Uint32Array(entries.length);
  for (const half of [low, high]) {
    for (const shift of [0, DIGIT]) {
      if (scatter(half, shift, from, to))
        [from, to] = [to, from === entries ? new Uint32Array(from.length) : from];
    }
  }
  return from;
}

/** One pass by one digit. @returns false when all have the same digit, and nothing was moved */
function scatter(keys: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const next = new Uint32Array(BUCKETS + 1);
  for (const entry of from) {
    const bucket = (((keys[entry] ?? 0) >>> shift) & (BUCKETS - 1)) + 1;
    next[bucket] = (next[bucket] ?? 0) + 1;
  }
  const some = (((keys[from[0] ?? 0] ?? 0) >>> shift) & (BUCKETS - 1)) + 1;
  if (next[some] === from.length) return false;
  for (let bucket = 1; bucket <= BUCKETS; bucket += 1) {
    next[bucket] = (next[bucket] ?? 0) + (next[bucket - 1] ?? 0);
  }
  for (const entry of from) {
    const bucket = ((keys[entry] ?? 0) >>> shift) & (BUCKETS - 1);
    const place = next[bucket] ?? 0;
    to[place] = entry;
    next[bucket] = place + 1;
  }
  return true;
}
