/** Runs queries on one list, using its derived columns. It needs only the store. In the extension, it runs in a worker. */
import type { AudienceOptions, AudiencePart } from '../insight/answers.ts';
import { Audience } from '../insight/audience.ts';
import type { RuleContext } from '../insight/rules.ts';
import { countTwins } from '../insight/twins.ts';
import { WholeColumn } from '../insight/whole-column.ts';
import type { FollowAnswer, FollowTimes } from '../model/follow-times.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Elsewhere } from '../sets/elsewhere.ts';
import type { FindProgress, WantedAccount } from '../sets/find-account.ts';
import { ListSets } from '../sets/list-sets.ts';
import type { OnRead, Overlap } from '../sets/overlap.ts';
import { changesOf, type Changes, type ComparedPair } from '../sets/summary.ts';
import type { Store } from '../store/index.ts';
import { followColumns, searchedColumns, SEGMENT, type FollowColumn } from './columns.ts';
import type { Extent } from './extent.ts';
import { LoadedColumns } from './loaded.ts';
import { needsTwins } from './match-conditions.ts';
import { columnsFor, criteriaOf, matchSegment, positionsOf, statedFieldsIn, type Criteria } from './match.ts';
import { createYielder } from './yield-to-events.ts';
import { SortBuffers } from './radix.ts';
import { isFiltering, type ListFilters, type ListQuery, type Sort } from './query.ts';
import { setMarksFor } from './set-marks.ts';
import { columnOf, Sorter } from './sort.ts';

/** The matches so far. */
export interface Found {
  /** In order; `null` is the whole list in the platform's own order. */
  readonly positions: Uint32Array<ArrayBuffer> | null;
  readonly done: boolean;
  /** How many of them are last because the value by which they are sorted is unknown. */
  readonly unknown: number;
}

/** Partial results are reported at most this often, milliseconds. */
const REPORT_INTERVAL = 100;

interface Order {
  readonly sort: Sort;
  readonly extent: Extent;
  readonly positions: Uint32Array<ArrayBuffer>;
  /** How many of them, from the first on, have a value in the column. */
  readonly known: number;
}

interface Matched {
  readonly criteria: Criteria;
  readonly extent: Extent;
  /** One byte per account. */
  readonly marks: Uint8Array<ArrayBuffer>;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface Twins {
  readonly extent: Extent;
  readonly counts: Uint32Array;
}

/** Whether criteria depend on whether an omitted bio or website means that there is none. */
function needsStated({ flags }: Criteria): boolean {
  return flags.some(({ name, wanted }) => !wanted && (name === 'bio' || name === 'website'));
}

export class Engine {
  readonly #store: Store;
  readonly #id: SnapshotId;
  readonly #loaded: LoadedColumns;
  readonly #audience: Audience;
  readonly #sets: ListSets;
  #twins: Twins | null = null;
  #order: Order | null = null;
  #buffers: SortBuffers | null = null;
  #matched: Matched | null = null;

  constructor(store: Store, id: SnapshotId) {
    this.#store = store;
    this.#id = id;
    this.#loaded = new LoadedColumns(store, id);
    this.#audience = new Audience(this.#loaded);
    this.#sets = new ListSets(store);
  }

  /**
   * The positions that a query finds, in its order. In the platform's own order there are partial results before the
   * complete one.
   * @throws `signal.reason` if it is aborted; what the store throws
   */
  async *find(query: ListQuery, extent: Extent, signal: AbortSignal): AsyncGenerator<Found> {
    // Text columns stay in memory: they take long to read, and users usually refine a search.
    const sorted = query.sort === null ? [] : [columnOf(query.sort)];
    this.#loaded.retain('query', [...searchedColumns, 'flags', ...columnsFor(criteriaOf(query)), ...sorted]);
    if (query.sort === null) yield* this.#inPlatformOrder(query, extent, signal);
    else {
      const order = await this.#orderOf(query.sort, extent, signal);
      if (!isFiltering(query)) {
        yield { positions: order.positions.slice(), done: true, unknown: extent.rows - order.known };
        return;
      }
      const marks = new Uint8Array(extent.rows);
      for await (const { first, found } of this.#matches(query, extent, signal)) marks.set(found, first);
      const positions = order.positions.filter((position) => marks[position] === 1);
      let unknown = 0;
      for (const position of order.positions.subarray(order.known)) unknown += marks[position] ?? 0;
      yield { positions, done: true, unknown };
    }
  }

  /**
   * Describes the accounts that a query finds, part by part.
   * @throws `signal.reason` if it is aborted; what the store throws
   */
  async *describe(
    query: ListQuery,
    options: AudienceOptions,
    extent: Extent,
    signal: AbortSignal,
  ): AsyncGenerator<AudiencePart> {
    const rules = { kind: 'rules', rules: options.rules, atLeast: 1 } as const;
    const filters = { ...query.filters, conditions: [...query.filters.conditions, rules] };
    const context = await this.#context({ isStatedNeeded: true, filters }, extent, signal);
    yield* this.#audience.answer(query, options, extent, context, signal);
  }

  /** When the accounts at some positions followed. @throws what {@link LoadedColumns.segmentAt} throws */
  async followTimes(
    positions: readonly number[],
    extent: Extent,
    signal: AbortSignal,
  ): Promise<FollowAnswer> {
    const basis = await this.#loaded.followBasis(extent, signal);
    const times: FollowTimes[] = [];
    for (const position of positions) {
      const index = Math.floor(position / SEGMENT);
      const segment =
        position < extent.rows ? await this.#loaded.segmentAt(extent, index, followColumns, signal) : null;
      const timeOf = (column: FollowColumn): number | null => {
        const values = segment?.values(column);
        const time = values?.kind === 'numbers' ? (values.of[position % SEGMENT] ?? NaN) : NaN;
        return Number.isNaN(time) ? null : time;
      };
      times.push({ followedAfter: timeOf('followedAfter'), followedBefore: timeOf('followedBefore') });
    }
    return { times, basis };
  }

  /**
   * Compares two lists of the same profile and relation, in any order.
   * @throws ListGoneError if one was deleted; `signal.reason` if it is aborted; what the store throws
   */
  async compare([one, other]: ComparedPair, signal: AbortSignal): Promise<Changes> {
    return changesOf(await this.#sets.compare(one, other, signal));
  }

  /** Compares several lists of one platform. @throws what {@link ListSets.overlap} throws */
  overlap(lists: readonly SnapshotId[], onRead: OnRead, signal: AbortSignal): Promise<Overlap> {
    return this.#sets.overlap(lists, onRead, signal);
  }

  /** Finds an account in all lists. @throws what {@link ListSets.findAccount} throws */
  findAccount(wanted: WantedAccount, signal: AbortSignal): AsyncGenerator<FindProgress> {
    return this.#sets.findAccount(wanted, signal);
  }

  /** The other lists that contain an account. @throws what {@link ListSets.elsewhere} throws */
  elsewhere(position: number, signal: AbortSignal): Promise<readonly Elsewhere[]> {
    return this.#sets.elsewhere(this.#id, position, signal);
  }

  /** Frees all cached data. It is read again when needed. */
  release(): void {
    this.#loaded.retain('query', []);
    this.#audience.release();
    this.#sets.release();
    this.#twins = null;
    this.#order = null;
    this.#buffers = null;
    this.#matched = null;
  }

  async *#inPlatformOrder(query: ListQuery, extent: Extent, signal: AbortSignal): AsyncGenerator<Found> {
    if (!isFiltering(query)) {
      yield { positions: null, done: true, unknown: 0 };
      return;
    }
    const all = new Uint32Array(extent.rows);
    let count = 0;
    let reportedAt = -Infinity;
    for await (const { first, found } of this.#matches(query, extent, signal)) {
      const before = count;
      for (const at of positionsOf(found)) all[count++] = first + at;
      if (count > before && performance.now() - reportedAt > REPORT_INTERVAL) {
        reportedAt = performance.now();
        yield { positions: all.slice(0, count), done: false, unknown: 0 };
      }
    }
    yield { positions: all.slice(0, count), done: true, unknown: 0 };
  }

  /** Which accounts of each segment meet the criteria, segment by segment. */
  async *#matches(
    query: ListQuery,
    extent: Extent,
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly first: number; readonly found: Uint8Array }> {
    const criteria = criteriaOf(query);
    const context = await this.#context(
      { isStatedNeeded: needsStated(criteria), filters: query.filters },
      extent,
      signal,
    );
    const wider = this.#widerThan(criteria, extent);
    const marks = new Uint8Array(extent.rows);
    const yields = createYielder();
    for await (const segment of this.#loaded.segments(extent, columnsFor(criteria), signal)) {
      const { first, count } = segment;
      const among = wider === null ? null : wider.subarray(first, first + count);
      const found = matchSegment(segment, criteria, context, among);
      marks.set(found, first);
      yield { first, found };
      await yields();
      signal.throwIfAborted();
    }
    this.#matched = { criteria, extent, marks };
  }

  /** The last matches, if they include all matches of the new query, as while the user continues to type. */
  #widerThan(criteria: Criteria, extent: Extent): Uint8Array | null {
    const last = this.#matched;
    if (last === null || !same(last.extent, extent)) return null;
    const { needle, location, ...rest } = criteria;
    const { needle: lastNeedle, location: lastLocation, ...lastRest } = last.criteria;
    const isWider = needle.includes(lastNeedle) && location.includes(lastLocation) && same(rest, lastRest);
    return isWider ? last.marks : null;
  }

  /** What matching needs to know about the whole list. Only what is needed is read. */
  async #context(
    { isStatedNeeded, filters }: { isStatedNeeded: boolean; filters: ListFilters },
    extent: Extent,
    signal: AbortSignal,
  ): Promise<RuleContext> {
    const { conditions } = filters;
    const isRuled = conditions.some(({ kind }) => kind === 'rules');
    const snapshot = isRuled ? await this.#store.snapshots.get(this.#id) : undefined;
    return {
      stated:
        isStatedNeeded || isRuled ? await this.#statedFields(extent, signal) : { bio: false, website: false },
      collectedAt: snapshot?.startedAt ?? snapshot?.createdAt ?? NaN,
      twins: conditions.some(needsTwins) ? await this.#twinsOf(extent, signal) : null,
      sets: await setMarksFor(this.#sets, this.#id, filters, signal),
    };
  }

  /** Whether an omitted bio or website means that there is none. */
  async #statedFields(extent: Extent, signal: AbortSignal): Promise<RuleContext['stated']> {
    const stated = { bio: false, website: false };
    for await (const segment of this.#loaded.segments(extent, ['flags'], signal)) {
      const { bio, website } = statedFieldsIn(segment.values('flags'));
      stated.bio ||= bio;
      stated.website ||= website;
    }
    return stated;
  }

  async #twinsOf(extent: Extent, signal: AbortSignal): Promise<Uint32Array> {
    if (this.#twins !== null && same(this.#twins.extent, extent)) return this.#twins.counts;
    const hashes = new WholeColumn('bioHash', extent.rows);
    for await (const segment of this.#loaded.segments(extent, ['bioHash'], signal)) hashes.add(segment);
    const counts = countTwins(hashes.values);
    this.#twins = { extent, counts };
    return counts;
  }

  async #orderOf(sort: Sort, extent: Extent, signal: AbortSignal): Promise<Order> {
    if (this.#order !== null && same(this.#order.sort, sort) && same(this.#order.extent, extent)) {
      return this.#order;
    }
    this.#order = null;
    if (this.#buffers === null || this.#buffers.capacity < extent.rows)
      this.#buffers = new SortBuffers(extent.rows);
    const sorter = new Sorter(sort, extent.rows, this.#buffers);
    const yields = createYielder();
    for await (const segment of this.#loaded.segments(extent, [columnOf(sort)], signal)) {
      // The next query may already use the buffers.
      signal.throwIfAborted();
      sorter.add(segment);
      await yields();
      signal.throwIfAborted();
    }
    signal.throwIfAborted();
    const positions = sorter.order();
    this.#order = { sort, extent, positions, known: sorter.knownCount };
    return this.#order;
  }
}
