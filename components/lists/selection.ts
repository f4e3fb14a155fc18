/** The selected accounts of a list: an immutable bit set, so that selecting a million accounts is fast. */
import type { View } from '../../lib/lists/reader.ts';

const BITS = 32;
/** A position's word is `position >>> SHIFT`; its bit in the word is `position & MASK`. */
const SHIFT = 5;
const MASK = 31;

export class Selection {
  static readonly nothing = new Selection(new Uint32Array(0), 0);

  readonly #bits: Uint32Array;
  readonly size: number;

  private constructor(bits: Uint32Array, size: number) {
    this.#bits = bits;
    this.size = size;
  }

  /** @param position in the list, from 0 */
  has(position: number): boolean {
    return ((this.#bits[position >>> SHIFT] ?? 0) & (1 << (position & MASK))) !== 0;
  }

  /** Returns this selection with more positions added. */
  with(positions: Uint32Array): Selection {
    let last = this.#bits.length * BITS - 1;
    // An index loop: with a million positions, iterators take several times as long.
    const { length } = positions;
    for (let at = 0; at < length; at += 1) last = Math.max(last, positions[at] ?? 0);
    const bits = new Uint32Array(Math.ceil((last + 1) / BITS));
    bits.set(this.#bits);
    let { size } = this;
    for (let at = 0; at < length; at += 1) {
      const position = positions[at] ?? 0;
      const word = bits[position >>> SHIFT] ?? 0;
      const bit = 1 << (position & MASK);
      if ((word & bit) !== 0) continue;
      bits[position >>> SHIFT] = word | bit;
      size += 1;
    }
    return new Selection(bits, size);
  }

  /** Returns this selection with one account added or removed. */
  toggled(position: number): Selection {
    if (!this.has(position)) return this.with(Uint32Array.of(position));
    const bits = this.#bits.slice();
    bits[position >>> SHIFT] = (bits[position >>> SHIFT] ?? 0) & ~(1 << (position & MASK));
    return new Selection(bits, this.size - 1);
  }

  /** The selected positions in the order shown, without those that are not shown. */
  inOrderOf(view: View): Uint32Array {
    const shown = view.positions();
    const found = new Uint32Array(Math.min(this.size, shown.length));
    let count = 0;
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- over a million, iterating takes ten times as long
    for (let at = 0; at < shown.length; at += 1) {
      const position = shown[at] ?? 0;
      if (this.has(position)) found[count++] = position;
    }
    return found.subarray(0, count);
  }
}
