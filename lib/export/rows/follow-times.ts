/** Adds to the accounts of a file when they followed, from the derived columns of the list. */
import { extentOf, type Extent } from '../../lists/extent.ts';
import { LoadedColumns } from '../../lists/loaded.ts';
import { SEGMENT, followColumns, type FollowColumn } from '../../lists/columns.ts';
import type { FollowBasis } from '../../model/follow-times.ts';
import type { SnapshotId } from '../../model/ids.ts';
import type { Store } from '../../store/index.ts';
import type { Batch, Followed } from './batch.ts';
import { ListDeletedError } from './read-list.ts';

type Times = Float64Array | Uint32Array | null;
type SegmentTimes = Readonly<Record<FollowColumn, Times>>;

/** Reads a list's follow times segment by segment. They stay in memory: 16 bytes per account. */
export class FollowTimesOfList {
  readonly basis: FollowBasis;
  readonly #loaded: LoadedColumns;
  readonly #extent: Extent;
  readonly #signal: AbortSignal;
  readonly #segments = new Map<number, SegmentTimes>();

  private constructor(loaded: LoadedColumns, extent: Extent, basis: FollowBasis, signal: AbortSignal) {
    this.#loaded = loaded;
    this.#extent = extent;
    this.basis = basis;
    this.#signal = signal;
  }

  /** @throws ListDeletedError if there is no such list; `signal.reason` if it is aborted */
  static async open(store: Store, id: SnapshotId, signal: AbortSignal): Promise<FollowTimesOfList> {
    const snapshot = await store.snapshots.get(id);
    if (snapshot === undefined) throw new ListDeletedError();
    const loaded = new LoadedColumns(store, id);
    const extent = extentOf(snapshot);
    try {
      return new FollowTimesOfList(loaded, extent, await loaded.followBasis(extent, signal), signal);
    } catch (error) {
      if ((await store.snapshots.get(id)) === undefined) throw new ListDeletedError();
      throw error;
    }
  }

  async *addTo(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    for await (const batch of batches) {
      yield this.basis.problem === null ? { ...batch, followed: await this.#timesOf(batch) } : batch;
    }
  }

  async #timesOf({ positions }: Batch): Promise<Followed> {
    const followedAfter: (number | null)[] = [];
    const followedBefore: (number | null)[] = [];
    for (const position of positions) {
      // Positions in files count from 1.
      const at = position - 1;
      const index = Math.floor(at / SEGMENT);
      const times = this.#segments.get(index) ?? (await this.#load(index));
      followedAfter.push(timeAt(times.followedAfter, at % SEGMENT));
      followedBefore.push(timeAt(times.followedBefore, at % SEGMENT));
    }
    return { followedAfter, followedBefore };
  }

  async #load(index: number): Promise<SegmentTimes> {
    const segment = await this.#loaded.segmentAt(this.#extent, index, followColumns, this.#signal);
    const timesOf = (column: FollowColumn): Times => {
      const values = segment.values(column);
      return values.kind === 'numbers' ? values.of : null;
    };
    const times = { followedAfter: timesOf('followedAfter'), followedBefore: timesOf('followedBefore') };
    this.#segments.set(index, times);
    return times;
  }
}

function timeAt(times: Times, row: number): number | null {
  const time = times?.[row] ?? NaN;
  return Number.isNaN(time) ? null : time;
}
