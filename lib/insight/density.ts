/** Bins the accounts of a list by place in the list, or follow time, and by creation. Pure. */
import type { LoadedSegment } from '../lists/loaded.ts';
import type { Fingerprint, FingerprintAxis, FingerprintOptions } from './answers.ts';
import { midpointReader, numberReader } from './readers.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The smallest and largest of some numbers. */
class Extremes {
  #from = Infinity;
  #to = -Infinity;

  add(value: number): void {
    // Comparisons with NaN are false.
    if (value < this.#from) this.#from = value;
    if (value > this.#to) this.#to = value;
  }

  /** `null` if there were none. */
  span(): Span | null {
    return this.#from <= this.#to ? { from: this.#from, to: this.#to } : null;
  }
}

/** The spans of time that the accounts of a whole list cover; `null` where no time is known. */
export class ListSpans {
  readonly #created = new Extremes();
  readonly #followed = new Extremes();

  add(segment: LoadedSegment): void {
    const created = numberReader(segment.values('createdAt'));
    const followed = midpointReader(segment);
    for (let at = 0; at < segment.count; at += 1) {
      this.#created.add(created(at));
      this.#followed.add(followed(at));
    }
  }

  get created(): Span | null {
    return this.#created.span();
  }

  /** Of the middles of the intervals in which accounts followed. */
  get followed(): Span | null {
    return this.#followed.span();
  }
}

export class Density {
  readonly #columns: number;
  readonly #rows: number;
  readonly #axis: FingerprintAxis;
  readonly #isDated: boolean;
  readonly #across: Span;
  readonly #created: Span;
  readonly #bins: Uint32Array<ArrayBuffer>;
  #total = 0;
  #known = 0;

  /**
   * Without follow times, the place in the list is the only axis.
   * @param count the accounts of the whole list
   */
  constructor(
    { columns, rows, axis }: FingerprintOptions,
    count: number,
    { created, followed }: Pick<ListSpans, 'created' | 'followed'>,
  ) {
    this.#columns = columns;
    this.#rows = rows;
    this.#isDated = followed !== null;
    this.#axis = followed === null ? 'order' : axis;
    const order = { from: 0, to: Math.max(0, count - 1) };
    this.#across = this.#axis === 'time' ? (followed ?? order) : order;
    this.#created = created ?? { from: 0, to: 0 };
    this.#bins = new Uint32Array(columns * rows);
  }

  add(segment: LoadedSegment, rows: Uint16Array): void {
    this.#total += rows.length;
    const read = numberReader(segment.values('createdAt'));
    const { first } = segment;
    const across = this.#axis === 'time' ? midpointReader(segment) : (at: number) => first + at;
    const { from: left, to: right } = this.#across;
    const { from: bottom, to: top } = this.#created;
    const width = right - left + 1;
    const height = top - bottom + 1;
    for (const at of rows) {
      const [x, y] = [across(at), read(at)];
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      this.#known += 1;
      const column = Math.floor(((x - left) * this.#columns) / width);
      const row = this.#rows - 1 - Math.floor(((y - bottom) * this.#rows) / height);
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
      axis: this.#axis,
      isDated: this.#isDated,
      across: this.#across,
      created: this.#created,
      total: this.#total,
      known: this.#known,
    };
  }
}
