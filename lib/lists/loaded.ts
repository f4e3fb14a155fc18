/** The derived columns of a list, read from their records or built from the pages, and cached in memory until released. */
import type { SnapshotId } from '../model/ids.ts';
import type { DerivedValues } from '../store/derived.ts';
import type { Store } from '../store/index.ts';
import type { FollowBasis } from '../model/follow-times.ts';
import { columnSetOf, isFollowColumn, type Column, type ColumnSet } from './columns.ts';
import { deriveSegment, saveSegment, type DerivedList } from './derive.ts';
import { followSourceOf } from './follow-source.ts';
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

/** Segments from `from` up to but not including `to`. */
export interface SegmentRange {
  readonly from: number;
  readonly to: number;
}

/** How many segments are read at once: at first, and at most. More is faster, and takes more memory meanwhile. */
export interface ReadSizes {
  readonly first: number;
  readonly most: number;
}

/** Who needs columns at the same time: the table, and the audience. */
export type ColumnUser = 'query' | 'audience';

/** Few at first, so that the first result comes early. */
const USUAL_SIZES: ReadSizes = { first: 1, most: 4 };

const NOTHING: DerivedValues = { kind: 'nothing' };

/** The parts of the store that columns are read from. */
export type ColumnStore = Pick<Store, 'snapshots' | 'pages' | 'derived'>;

export class LoadedColumns {
  readonly #store: ColumnStore;
  readonly #id: SnapshotId;
  readonly #cached = new Map<Column, Map<number, Cached>>();
  #list: Promise<DerivedList> | null = null;
  readonly #retained = new Map<ColumnUser, readonly Column[]>();
  readonly #sizes: ReadSizes;
  #isSaving = true;

  constructor(store: ColumnStore, id: SnapshotId, sizes = USUAL_SIZES) {
    this.#store = store;
    this.#id = id;
    this.#sizes = sizes;
  }

  /**
   * The segments of a list, or some of them, in order, each with the requested columns.
   * @throws what {@link deriveSegment} throws
   */
  async *segments(
    extent: Extent,
    requested: readonly Column[],
    signal: AbortSignal,
    range: SegmentRange = { from: 0, to: segmentCount(extent) },
  ): AsyncGenerator<LoadedSegment> {
    const columns = await this.#available(extent, requested, signal);
    let size = this.#sizes.first;
    let reading = this.#read(extent, columns, range.from, Math.min(range.to, range.from + size));
    for (let { from } = range; from < range.to;) {
      await reading;
      signal.throwIfAborted();
      const to = Math.min(range.to, from + size);
      size = Math.min(this.#sizes.most, size * 2);
      // Reads ahead while the caller uses these.
      reading = this.#read(extent, columns, to, Math.min(range.to, to + size));
      // A failure is handled where the result is awaited, if it is.
      reading.catch(() => undefined);
      for (let segment = from; segment < to; segment += 1) {
        const part = segmentExtent(extent, segment);
        await this.#build(part, columns, signal);
        yield this.#loaded(part, columns);
      }
      from = to;
    }
    await reading;
  }

  /** One segment with the requested columns. @throws what {@link deriveSegment} throws */
  async segmentAt(
    extent: Extent,
    segment: number,
    requested: readonly Column[],
    signal: AbortSignal,
  ): Promise<LoadedSegment> {
    const columns = await this.#available(extent, requested, signal);
    const part = segmentExtent(extent, segment);
    await this.#read(extent, columns, segment, segment + 1);
    await this.#build(part, columns, signal);
    return this.#loaded(part, columns);
  }

  /**
   * What the follow times of the list are based on. If any page violates a guard, the columns with follow times contain
   * nothing, whatever their records contain.
   * @throws what {@link deriveSegment} throws
   */
  async followBasis(extent: Extent, signal: AbortSignal): Promise<FollowBasis> {
    const all = segmentCount(extent);
    await this.#read(extent, ['followBasis'], 0, all);
    let pages = 0;
    for (let segment = 0; segment < all; segment += 1) {
      const part = segmentExtent(extent, segment);
      await this.#build(part, ['followBasis'], signal);
      const values = this.#valuesOf('followBasis', part);
      if (values.kind !== 'basis') continue;
      if (values.problem !== null) return { pages: 0, problem: values.problem };
      pages += values.pages;
    }
    return { pages, problem: null };
  }

  /**
   * Releases all columns except these and those that another user of the columns retains. The basis of follow times
   * stays: it is small, and every use of them needs it.
   */
  retain(user: ColumnUser, columns: readonly Column[]): void {
    this.#retained.set(user, columns);
    const retained = new Set<Column>(['followBasis', ...Array.from(this.#retained.values()).flat()]);
    for (const column of this.#cached.keys()) if (!retained.has(column)) this.#cached.delete(column);
  }

  /** The columns without follow times that a guard discards. */
  async #available(
    extent: Extent,
    columns: readonly Column[],
    signal: AbortSignal,
  ): Promise<readonly Column[]> {
    if (!columns.some(isFollowColumn)) return columns;
    const { problem } = await this.followBasis(extent, signal);
    return problem === null ? columns : columns.filter((column) => !isFollowColumn(column));
  }

  #loaded(part: SegmentExtent, columns: readonly Column[]): LoadedSegment {
    const values = (column: Column): DerivedValues =>
      isFollowColumn(column) && !columns.includes(column) ? NOTHING : this.#valuesOf(column, part);
    return { ...part, values };
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
      if (part !== undefined && column !== undefined && isCurrent(row, columnSetOf(column), part))
        this.#cache(column, part, row.values);
    }
  }

  /** Builds columns that are neither in memory nor stored. */
  async #build(part: SegmentExtent, columns: readonly Column[], signal: AbortSignal): Promise<void> {
    const missing = columns.filter((column) => this.#find(column, part) === undefined);
    if (missing.length === 0) return;
    const sets = Array.from(new Set(missing.map(columnSetOf)));
    const built = await deriveSegment(this.#store.pages, await this.#source(), sets, part, signal);
    // For the growing end of a list all columns stay in memory: building them again costs more.
    for (const [column, values] of built) {
      if (!part.settled || column === 'followBasis' || columns.includes(column))
        this.#cache(column, part, values);
    }
    if (part.settled) await this.#save(sets, part, built);
  }

  /** How the list's follow times are read, which depends on its provider. */
  #source(): Promise<DerivedList> {
    this.#list ??= this.#store.snapshots.get(this.#id).then((snapshot) => {
      if (snapshot === undefined) throw new Error('The list was deleted.');
      return { id: this.#id, source: followSourceOf(snapshot) };
    });
    return this.#list;
  }

  async #save(
    sets: readonly ColumnSet[],
    part: SegmentExtent,
    built: ReadonlyMap<Column, DerivedValues>,
  ): Promise<void> {
    if (!this.#isSaving) return;
    try {
      await saveSegment(this.#store.derived, this.#id, sets, part, built);
    } catch (error) {
      // Without space they are only cached, and the next reader builds them again.
      this.#isSaving = false;
      console.warn('Could not save derived columns.', error instanceof Error ? error.name : '');
    }
  }
}
