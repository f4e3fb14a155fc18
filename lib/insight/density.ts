/** Bins the accounts of a list by position and creation. Pure. */
import type { LoadedSegment } from '../lists/loaded.ts';
import type { Fingerprint, FingerprintOptions } from './answers.ts';
import { numberReader } from './readers.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The earliest and latest creation in a list; `null` if none is known. */
export class CreationSpan {
  #from = Infinity;
  #to = -Infinity;

  add(segment: LoadedSegment): void {
    const read = numberReader(segment.values('createdAt'));
    for (let at = 0; at < segment.count; at += 1) {
      const value = read(at);
      if (value < this.#from) this.#from = value;
      if (value > this.#to) this.#to = value;
    }
  }

  span(): Span | null {
    return this.#from <= this.#to ? { from: this.#from, to: this.#to } : null;
  }
}

export class Density {
  readonly #columns: number;
  readonly #rows: number;
  readonly #positions: Span;
  readonly #created: Span;
  readonly #bins: Uint32Array<ArrayBuffer>;
  #total = 0;
  #known = 0;

  /** @param created the span of the whole list */
  constructor(options: FingerprintOptions, count: number, created: Span | null) {
    this.#columns = options.columns;
    this.#rows = options.rows;
    this.#positions = options.positions ?? { from: 0, to: Math.max(0, count - 1) };
    this.#created = options.created ?? created ?? { from: 0, to: 0 };
    this.#bins = new Uint32Array(this.#columns * this.#rows);
  }

  add(segment: LoadedSegment, rows: Uint16Array): void {
    this.#total += rows.length;
    const read = numberReader(segment.values('createdAt'));
    const { from: left, to: right } = this.#positions;
    const { from: bottom, to: top } = this.#created;
    const perPosition = this.#columns / (right - left + 1);
    const perTime = this.#rows / (top - bottom + 1);
    for (const at of rows) {
      const time = read(at);
      if (Number.isNaN(time)) continue;
      this.#known += 1;
      const column = Math.floor((segment.first + at - left) * perPosition);
      const row = this.#rows - 1 - Math.floor((time - bottom) * perTime);
      if (column < 0 || column >= this.#columns || row < 0 || row >= this.#rows) continue;
      const bin = row * this.#columns + column;
      this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    }
  }

  fingerprint(): Fingerprint {
    let largest = 0;
    for (const count of this.#bins) if (count > largest) largest = count;
    return {
      columns: this.#columns,
      rows: this.#rows,
      density: this.#bins,
      largest,
      positions: this.#positions,
      created: this.#created,
      total: this.#total,
      known: this.#known,
    };
  }
}
