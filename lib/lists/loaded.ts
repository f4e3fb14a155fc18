/**
 * The columns of a list as they are used: read from their records, made from the pages where there are none, and kept
 * in memory until they are let go.
 */
import type { SnapshotId } from '../model/ids.ts';
import type { DerivedValues } from '../store/derived.ts';
import type { Store } from '../store/index.ts';
import { columnSetOf, type Column, type ColumnSet } from './columns.ts';
import { deriveSegment, saveSegment } from './derive.ts';
import { isCurrent, segmentExtent, segmentCount, type Extent, type SegmentExtent } from './extent.ts';

interface Held {
  readonly count: number;
  readonly filled: number;
  readonly values: DerivedValues;
}

/** A segment with the columns that were asked for. */
export interface LoadedSegment extends SegmentExtent {
  /** The values of a column that was asked for. */
  readonly values: (column: Column) => DerivedValues;
}

/** Segments read at once: few at first, so that the first are soon there. */
const FIRST_READ = 1;
const MOST_AT_ONCE = 4;

export class LoadedColumns {
  readonly #store: Store;
  readonly #id: SnapshotId;
  readonly #held = new Map<Column, Map<number, Held>>();
  #storing = true;

  constructor(store: Store, id: SnapshotId) {
    this.#store = store;
    this.#id = id;
  }

  /**
   * Hands over the segments of a list in order, each with the columns asked for.
   * @throws what {@link deriveSegment} throws
   */
  async *segments(
    extent: Extent,
    columns: readonly Column[],
    signal: AbortSignal,
  ): AsyncGenerator<LoadedSegment> {
    const all = segmentCount(extent);
    let size = FIRST_READ;
    let reading = this.#read(extent, columns, 0, size);
    for (let from = 0; from < all;) {
      await reading;
      signal.throwIfAborted();
      const to = Math.min(all, from + size);
      size = Math.min(MOST_AT_ONCE, size * 2);
      // The next are on their way while these are worked on.
      reading = this.#read(extent, columns, to, to + size);
      // A failure is met where they are waited for, if they are.
      reading.catch(() => undefined);
      for (let segment = from; segment < to; segment += 1) {
        const part = segmentExtent(extent, segment);
        await this.#make(part, columns, signal);
        yield { ...part, values: (column) => this.#valuesOf(column, part) };
      }
      from = to;
    }
    await reading;
  }

  /** Lets go of all columns but these. */
  retain(columns: readonly Column[]): void {
    for (const column of this.#held.keys()) if (!columns.includes(column)) this.#held.delete(column);
  }

  #find(column: Column, part: SegmentExtent): DerivedValues | undefined {
    const held = this.#held.get(column)?.get(part.segment);
    return held?.count === part.count && held.filled === part.filled ? held.values : undefined;
  }

  #valuesOf(column: Column, part: SegmentExtent): DerivedValues {
    const values = this.#find(column, part);
    if (values === undefined) throw new Error(`The column ${column} was not requested.`);
    return values;
  }

  #hold(column: Column, { segment, count, filled }: SegmentExtent, values: DerivedValues): void {
    const held = this.#held.get(column) ?? new Map<number, Held>();
    held.set(segment, { count, filled, values });
    this.#held.set(column, held);
  }

  /** Reads what is stored of some segments and is not in memory. */
  async #read(extent: Extent, columns: readonly Column[], from: number, to: number): Promise<void> {
    const parts = Array.from({ length: Math.max(0, Math.min(to, segmentCount(extent)) - from) }, (_, at) =>
      segmentExtent(extent, from + at),
    );
    const missing = columns.filter((column) => parts.some((part) => this.#find(column, part) === undefined));
    if (missing.length === 0) return;
    const rows = await this.#store.derived.read(this.#id, missing, from, to);
    for (const row of rows) {
      const part = parts[row.segment - from];
      const column = missing.find((name) => name === row.column);
      if (part !== undefined && column !== undefined && isCurrent(row, part))
        this.#hold(column, part, row.values);
    }
  }

  /** Makes what is neither in memory nor stored. */
  async #make(part: SegmentExtent, columns: readonly Column[], signal: AbortSignal): Promise<void> {
    const missing = columns.filter((column) => this.#find(column, part) === undefined);
    for (const set of new Set(missing.map(columnSetOf))) {
      const made = await deriveSegment(this.#store.pages, this.#id, set, part, signal);
      // Of the end of a list that grows all columns stay: making them again costs more than their room.
      for (const [column, values] of made) {
        if (!part.settled || columns.includes(column)) this.#hold(column, part, values);
      }
      if (part.settled) await this.#keep(set, part, made);
    }
  }

  async #keep(set: ColumnSet, part: SegmentExtent, made: ReadonlyMap<Column, DerivedValues>): Promise<void> {
    if (!this.#storing) return;
    try {
      await saveSegment(this.#store.derived, this.#id, set, part, made);
    } catch (error) {
      // Where there is no room they serve this reader, and the next makes them again.
      this.#storing = false;
      console.warn('Could not save derived columns.', error instanceof Error ? error.name : '');
    }
  }
}
