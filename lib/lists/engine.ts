/** Answers what is asked of one list, from its columns. Works wherever the store does; in the product, in a worker. */
import type { SnapshotId } from '../model/ids.ts';
import type { Store } from '../store/index.ts';
import { searchedColumns } from './columns.ts';
import type { Extent } from './extent.ts';
import { LoadedColumns } from './loaded.ts';
import {
  columnsFor,
  criteriaOf,
  matchSegment,
  positionsOf,
  statedFieldsIn,
  type Criteria,
  type StatedFields,
} from './match.ts';
import { yieldToEvents } from './yield-to-events.ts';
import { SortBuffers } from './radix.ts';
import { isFiltering, type ListQuery, type Sort } from './query.ts';
import { columnOf, Sorter } from './sort.ts';

/** What is found so far. */
export interface Found {
  /** In order; `null` is the whole list in the platform's own order. */
  readonly positions: Uint32Array<ArrayBuffer> | null;
  readonly done: boolean;
}

/** What is found is told at most so often while it grows, milliseconds. */
const TELL_EVERY = 100;
/** So long may work go on before what has arrived meanwhile is looked at, milliseconds. */
const WORK = 10;

interface Order {
  readonly sort: Sort;
  readonly extent: Extent;
  readonly positions: Uint32Array<ArrayBuffer>;
}

interface Matched {
  readonly criteria: Criteria;
  readonly extent: Extent;
  /** A byte an account. */
  readonly marks: Uint8Array<ArrayBuffer>;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class Engine {
  readonly #loaded: LoadedColumns;
  #order: Order | null = null;
  #room: SortBuffers | null = null;
  #matched: Matched | null = null;

  constructor(store: Store, id: SnapshotId) {
    this.#loaded = new LoadedColumns(store, id);
  }

  /**
   * The positions that a query is about, in its order: growing answers where the order is the platform's own, and the
   * whole answer at the end.
   * @throws `signal.reason` when it is aborted; what the store throws
   */
  async *find(query: ListQuery, extent: Extent, signal: AbortSignal): AsyncGenerator<Found> {
    // Texts stay: a search that was begun is mostly gone on with, and they are what takes long to read.
    const sorted = query.sort === null ? [] : [columnOf(query.sort)];
    this.#loaded.retain([...searchedColumns, 'flags', ...columnsFor(criteriaOf(query)), ...sorted]);
    if (query.sort === null) yield* this.#inPlatformOrder(query, extent, signal);
    else {
      const order = await this.#orderOf(query.sort, extent, signal);
      if (!isFiltering(query)) {
        yield { positions: order.slice(), done: true };
        return;
      }
      const marks = new Uint8Array(extent.rows);
      for await (const { first, found } of this.#matches(query, extent, signal)) marks.set(found, first);
      const positions = order.filter((position) => marks[position] === 1);
      yield { positions, done: true };
    }
  }

  /** Lets go of what is kept to be fast; it is read again when it is needed. */
  release(): void {
    this.#loaded.retain([]);
    this.#order = null;
    this.#room = null;
    this.#matched = null;
  }

  async *#inPlatformOrder(query: ListQuery, extent: Extent, signal: AbortSignal): AsyncGenerator<Found> {
    if (!isFiltering(query)) {
      yield { positions: null, done: true };
      return;
    }
    const all = new Uint32Array(extent.rows);
    let count = 0;
    let told = -Infinity;
    for await (const { first, found } of this.#matches(query, extent, signal)) {
      const before = count;
      for (const at of positionsOf(found)) all[count++] = first + at;
      if (count > before && performance.now() - told > TELL_EVERY) {
        told = performance.now();
        yield { positions: all.slice(0, count), done: false };
      }
    }
    yield { positions: all.slice(0, count), done: true };
  }

  /** Which accounts of each segment meet the criteria, segment by segment. */
  async *#matches(
    query: ListQuery,
    extent: Extent,
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly first: number; readonly found: Uint8Array }> {
    const criteria = criteriaOf(query);
    const spoken = await this.#spoken(criteria, extent, signal);
    const wider = this.#widerThan(criteria, extent);
    const marks = new Uint8Array(extent.rows);
    const yields = breather();
    for await (const segment of this.#loaded.segments(extent, columnsFor(criteria), signal)) {
      const { first, count } = segment;
      const among = wider === null ? null : wider.subarray(first, first + count);
      const found = matchSegment(segment, criteria, spoken, among);
      marks.set(found, first);
      yield { first, found };
      await yields();
      signal.throwIfAborted();
    }
    this.#matched = { criteria, extent, marks };
  }

  /** What was found last, where all that is to be found now is among it: while somebody types on. */
  #widerThan(criteria: Criteria, extent: Extent): Uint8Array | null {
    const last = this.#matched;
    if (last === null || !same(last.extent, extent)) return null;
    const { needle, location, ...rest } = criteria;
    const { needle: lastNeedle, location: lastLocation, ...lastRest } = last.criteria;
    const isWider = needle.includes(lastNeedle) && location.includes(lastLocation) && same(rest, lastRest);
    return isWider ? last.marks : null;
  }

  /** Whether silence on a bio or a website means that there is none: only read where it is asked for. */
  async #spoken({ flags }: Criteria, extent: Extent, signal: AbortSignal): Promise<StatedFields> {
    const spoken = { bio: false, website: false };
    const isAsked = flags.some(({ name, wanted }) => !wanted && (name === 'bio' || name === 'website'));
    if (!isAsked) return spoken;
    for await (const segment of this.#loaded.segments(extent, ['flags'], signal)) {
      const { bio, website } = statedFieldsIn(segment.values('flags'));
      spoken.bio ||= bio;
      spoken.website ||= website;
    }
    return spoken;
  }

  async #orderOf(sort: Sort, extent: Extent, signal: AbortSignal): Promise<Uint32Array<ArrayBuffer>> {
    if (this.#order !== null && same(this.#order.sort, sort) && same(this.#order.extent, extent)) {
      return this.#order.positions;
    }
    this.#order = null;
    if (this.#room === null || this.#room.capacity < extent.rows) this.#room = new SortBuffers(extent.rows);
    const sorter = new Sorter(sort, extent.rows, this.#room);
    const yields = breather();
    for await (const segment of this.#loaded.segments(extent, [columnOf(sort)], signal)) {
      // The next question may be using the room already.
      signal.throwIfAborted();
      sorter.add(segment);
      await yields();
      signal.throwIfAborted();
    }
    signal.throwIfAborted();
    const positions = sorter.order();
    this.#order = { sort, extent, positions };
    return positions;
  }
}

/** To be awaited in a loop: lets others have their turn when enough time has gone by. */
function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < WORK) return;
    await yieldToEvents();
    since = performance.now();
  };
}
