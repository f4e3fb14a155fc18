/** Which accounts of a list are selected: one bit an account, so that a million are as easy as one. Never changed. */
import type { View } from '../../lib/lists/reader.ts';

const BITS = 32;

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
    const word = this.#bits[Math.floor(position / BITS)] ?? 0;
    return (word & (1 << (position % BITS))) !== 0;
  }

  /** This selection and some more positions. */
  with(positions: Uint32Array): Selection {
    let last = this.#bits.length * BITS - 1;
    for (const position of positions) if (position > last) last = position;
    const bits = new Uint32Array(Math.ceil((last + 1) / BITS));
    bits.set(this.#bits);
    let { size } = this;
    for (const position of positions) {
      const at = Math.floor(position / BITS);
      const bit = 1 << (position % BITS);
      const word = bits[at] ?? 0;
      if ((word & bit) !== 0) continue;
      bits[at] = word | bit;
      size += 1;
    }
    return new Selection(bits, size);
  }

  /** This selection, one account of it in or out. */
  toggled(position: number): Selection {
    if (!this.has(position)) return this.with(Uint32Array.of(position));
    const bits = this.#bits.slice();
    const at = Math.floor(position / BITS);
    bits[at] = (bits[at] ?? 0) & ~(1 << (position % BITS));
    return new Selection(bits, this.size - 1);
  }

  /** The selected positions, in the order in which they are shown; those that are not shown are left out. */
  inOrderOf(view: View): Uint32Array {
    return view.positions().filter((position) => this.has(position));
  }
}
