/** Builds the derived columns of segments from the pages, and saves them. */
import type { SnapshotId } from '../model/ids.ts';
import type { DerivedColumns, DerivedValues } from '../store/derived.ts';
import type { Store } from '../store/index.ts';
import type { PageColumns, PageLog } from '../store/page-log.ts';
import { columnSetOf, VERSIONS, type Column, type ColumnSet } from './columns.ts';
import { isCurrent, segmentExtent, segmentCount, extentOf, type SegmentExtent } from './extent.ts';
import { followSourceOf } from './follow-source.ts';
import type { FollowSource } from './follow-times.ts';
import { SegmentBuilder } from './pack.ts';
import { yieldToEvents } from './yield-to-events.ts';

/** Accounts read at once. More would block a background that also collects for too long. */
const BATCH_SIZE = 1000;

/** A list whose columns are built. */
export interface DerivedList {
  readonly id: SnapshotId;
  readonly source: FollowSource;
}

/**
 * Builds the columns of one segment.
 * @throws Error if the pages contain fewer accounts than the counters state; `signal.reason` if it is aborted
 */
export async function deriveSegment(
  log: Pick<PageLog, 'seqAt' | 'readColumns'>,
  { id, source }: DerivedList,
  sets: readonly ColumnSet[],
  { first, count }: SegmentExtent,
  signal: AbortSignal,
): Promise<ReadonlyMap<Column, DerivedValues>> {
  const builder = new SegmentBuilder(sets, source);
  const end = first + count;
  let seq = await log.seqAt(id, first);
  let size = 1;
  while (seq !== undefined && builder.count < count) {
    const pages: readonly PageColumns[] = await log.readColumns(id, seq, size);
    let rows = 0;
    for (const page of pages) {
      const length = page.columns.id.length;
      const from = Math.max(0, first + builder.count - page.first);
      const to = Math.min(length, end - page.first);
      if (to > from) builder.add(page, from, to);
      rows += length;
    }
    signal.throwIfAborted();
    await yieldToEvents();
    const last = pages.at(-1)?.seq;
    seq = last === undefined ? undefined : last + 1;
    size = Math.max(1, Math.floor((BATCH_SIZE * pages.length) / Math.max(1, rows)));
  }
  if (builder.count < count) throw new Error('A page included in the counters is missing.');
  return builder.columns();
}

/** The name of the record that marks a set of columns of a segment as complete. */
function markOf(set: ColumnSet): string {
  return `set:${set}`;
}

/** Saves the columns of a segment for later readers, with a mark for each complete set. */
export async function saveSegment(
  derived: Pick<DerivedColumns, 'put'>,
  id: SnapshotId,
  sets: readonly ColumnSet[],
  { segment, count, filled }: SegmentExtent,
  columns: ReadonlyMap<Column, DerivedValues>,
): Promise<void> {
  const stamp = { snapshotId: id, segment, count, filled };
  await derived.put(id, [
    ...Array.from(columns, ([column, values]) => ({
      ...stamp,
      version: VERSIONS[columnSetOf(column)],
      column,
      values,
    })),
    ...sets.map((set) => ({
      ...stamp,
      version: VERSIONS[set],
      column: markOf(set),
      values: { kind: 'nothing' } as const,
    })),
  ]);
}

/** The sets that every list should have, because they take long to build when they are needed. */
const PREPARED = ['common', 'follow', 'audience', 'details'] as const satisfies readonly ColumnSet[];

/**
 * Builds and saves the missing columns of segments that no longer change, except rarely used ones.
 * @returns how many segments were built
 * @throws DOMException `QuotaExceededError` if there is no space; `signal.reason` if it is aborted
 */
export async function deriveMissing(
  store: Pick<Store, 'snapshots' | 'pages' | 'derived'>,
  id: SnapshotId,
  signal: AbortSignal,
): Promise<number> {
  const snapshot = await store.snapshots.get(id);
  if (snapshot === undefined) return 0;
  const list = { id, source: followSourceOf(snapshot) };
  const extent = extentOf(snapshot);
  const all = segmentCount(extent);
  const marks = await store.derived.read(id, PREPARED.map(markOf), 0, all);
  let built = 0;
  for (let segment = 0; segment < all; segment += 1) {
    const part = segmentExtent(extent, segment);
    const isMarked = (set: ColumnSet): boolean =>
      marks.some(
        (mark) => mark.segment === segment && mark.column === markOf(set) && isCurrent(mark, set, part),
      );
    const sets = PREPARED.filter((set) => !isMarked(set));
    if (!part.settled || sets.length === 0) continue;
    const columns = await deriveSegment(store.pages, list, sets, part, signal);
    await saveSegment(store.derived, id, sets, part, columns);
    built += 1;
  }
  return built;
}
