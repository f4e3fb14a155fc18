/** Collects numbers of a whole list from its segments. */
import type { LoadedSegment } from '../lists/loaded.ts';
import type { NumberColumn } from '../lists/columns.ts';
import { numberReader } from './readers.ts';

/** One column of a whole list, by position; NaN is unknown. */
export class WholeColumn {
  readonly values: Float64Array<ArrayBuffer>;
  readonly #column: NumberColumn | 'bioHash';

  constructor(column: NumberColumn | 'bioHash', rows: number) {
    this.#column = column;
    this.values = new Float64Array(rows);
  }

  add(segment: LoadedSegment): void {
    const read = numberReader(segment.values(this.#column));
    for (let at = 0; at < segment.count; at += 1) this.values[segment.first + at] = read(at);
  }
}
