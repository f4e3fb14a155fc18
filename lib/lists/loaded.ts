/** The derived columns of a list, read from their records or built from the pages, and cached in memory until released. */
import type { SnapshotId } from '../model/ids.ts';
import type { DerivedValues } from '../store/derived.ts';
import type { Store } from '../store/index.ts';
import { columnSetOf, type Column, type ColumnSet } from './columns.ts';
import { deriveSegment, saveSegment } from './derive.ts';
import { isCurrent, segmentExtent, segmentCount, type Extent, type SegmentExtent } from './extent.ts';

interface Cached {
  readonly count: number;
  readonly filled: number;
  readonly values: DerivedValues;
}

/** A segment with the requested columns. */
export interface LoadedSegment extends SegmentExtent {
  /** The values of a requested column. */
  readonly values: (column: Column) => DerivedValues;
}

/** Segments read at once: few at first, so that the first result comes early. */
const FIRST_READ = 1;
const MAX_READ = 4;

export class LoadedColumns {
  readonly #store: Store;
  readonly #id: SnapshotId;
  readonly #cached = new Map<Column, Map<number, Cached>>();
  #isSaving = true;

  constructor(store: Store, id: SnapshotId) {
    this.#store = store;
    this.#id = id;
  }

  /**
   * The segments of a list in order, each with the requested columns.
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
      size = Math.min(MAX_READ, size * 2);
      // Reads ahead while the caller uses these.
      reading = this.#read(extent, columns, to, to + size);
      // A failure is handled where the result is awaited, if it is.
      reading.catch(() => undefined);
      for (let segment = from; segment < to; segment += 1) {
        const part = segmentExtent(extent, segment);
        await this.#build(part, columns, signal);
        yield { ...part, values: (column) => this.#valuesOf(column, part) };
      }
      from = to;
    }
    await reading;
  }

  /** Releases all other columns. */
  retain(columns: readonly Column[]): void {
    for (const column of this.#cached.keys()) if (!columns.includes(column)) this.#cached.delete(column);
  }

  #find(column: Column, part: SegmentExtent): DerivedValues | undefined {
    const cached = this.#cached.get(column)?.get(part.segment);
    return cached?.count === part.count && cached.filled === part.filled ? cached.values : undefined;
  }

  #valuesOf(column: Column, part: SegmentExtent): DerivedValues {
    const values = this.#find(column, part);
    if (values === undefined) throw new Error(`The column ${column} was not requested.`);
    return values;
  }

  #cache(column: Column, { segment, count, filled }: SegmentExtent, values: DerivedValues): void {
    const cached = this.#cached.get(column) ?? new Map<number, Cached>();
    cached.set(segment, { count, filled, values });
    this.#cached.set(column, cached);
  }

  /** Reads stored columns of some segments that are not in memory. */
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
        this.#cache(column, part, row.values);
    }
  }

  /** Builds columns that are neither in memory nor stored. */
  async #build(part: SegmentExtent, columns: readonly Column[], signal: AbortSignal): Promise<void> {
    const missing = columns.filter((column) => this.#find(column, part) === undefined);
    for (const set of new Set(missing.map(columnSetOf))) {
      const built = await deriveSegment(this.#store.pages, this.#id, set, part, signal);
      // For the growing end of a list all columns stay in memory: building them again costs more.
      for (const [column, values] of built) {
        if (!part.settled || columns.includes(column)) this.#cache(column, part, values);
      }
      if (part.settled) await this.#save(set, part, built);
    }
  }

  async #save(set: ColumnSet, part: SegmentExtent, built: ReadonlyMap<Column, DerivedValues>): Promise<void> {
    if (!this.#isSaving) return;
    try {
      await saveSegment(this.#store.derived, this.#id, set, part, built);
    } catch (error) {
      // Without space they are only cached, and the next reader builds them again.
      this.#isSaving = false;
      console.warn('Could not save derived columns.', error instanceof Error ? error.name : '');
    }
  }
}
