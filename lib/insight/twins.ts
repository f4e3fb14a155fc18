/** Counts equal bios by their hashes. Pure. */

/** Counts numbers. A hash table with open addressing, which takes a tenth of the time of a `Map`. */
class NumberCounts {
  readonly #keys: Float64Array;
  readonly #counts: Uint32Array;
  readonly #mask: number;

  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, most * 2)));
    this.#keys = new Float64Array(size).fill(NaN);
    this.#counts = new Uint32Array(size);
    this.#mask = size - 1;
  }

  #slotOf(key: number): number {
    // Hashes are evenly distributed in their lower bits.
    let slot = (key >>> 0) & this.#mask;
    while (this.#keys[slot] !== key && this.#counts[slot] !== 0) slot = (slot + 1) & this.#mask;
    return slot;
  }

  add(key: number): void {
    const slot = this.#slotOf(key);
    this.#keys[slot] = key;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  countOf(key: number): number {
    return this.#counts[this.#slotOf(key)] ?? 0;
  }
}

/**
 * How many other accounts have the same bio; 0 for accounts without one.
 * @param hashes of the bios, by position; NaN for accounts without a bio
 */
export function countTwins(hashes: Float64Array): Uint32Array<ArrayBuffer> {
  const counts = new NumberCounts(hashes.length);
  for (const hash of hashes) if (!Number.isNaN(hash)) counts.add(hash);
  const twins = new Uint32Array(hashes.length);
  for (let at = 0; at < hashes.length; at += 1) {
    const hash = hashes[at] ?? NaN;
    if (!Number.isNaN(hash)) twins[at] = counts.countOf(hash) - 1;
  }
  return twins;
}
