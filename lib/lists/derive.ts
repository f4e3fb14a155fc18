/** Builds the derived columns of segments from the pages, and saves them. */
import type { SnapshotId } from '../model/ids.ts';
import type { DerivedColumns, DerivedValues } from '../store/derived.ts';
import type { Store } from '../store/index.ts';
import type { PageColumns, PageLog } from '../store/page-log.ts';
import { VERSION, type Column, type ColumnSet } from './columns.ts';
import { isCurrent, segmentExtent, segmentCount, extentOf, type SegmentExtent } from './extent.ts';
import { SegmentBuilder } from './pack.ts';
import { yieldToEvents } from './yield-to-events.ts';

/** Accounts read at once. More would block a background that also collects for too long. */
const BATCH_SIZE = 1000;

/**
 * Builds the columns of one segment.
 * @throws Error if the pages contain fewer accounts than the counters state; `signal.reason` if it is aborted
 */
export async function deriveSegment(
  log: Pick<PageLog, 'seqAt' | 'readColumns'>,
  id: SnapshotId,
  set: ColumnSet,
  { first, count }: SegmentExtent,
  signal: AbortSignal,
): Promise<ReadonlyMap<Column, DerivedValues>> {
  const builder = new SegmentBuilder(set);
  const end = first + count;
  let seq = await log.seqAt(id, first);
  let size = 1;
  while (seq !== undefined && builder.count < count) {
    const pages: readonly PageColumns[] = await log.readColumns(id, seq, size);
    let rows = 0;
    for (const { first: at, columns } of pages) {
      const from = Math.max(0, first + builder.count - at);
      const to = Math.min(columns.id.length, end - at);
      if (to > from) builder.add(columns, from, to);
      rows += columns.id.length;
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

/** Saves a segment's columns for later readers. */
export async function saveSegment(
  derived: Pick<DerivedColumns, 'put'>,
  id: SnapshotId,
  set: ColumnSet,
  { segment, count, filled }: SegmentExtent,
  columns: ReadonlyMap<Column, DerivedValues>,
): Promise<void> {
  const stamp = { snapshotId: id, segment, version: VERSION, count, filled };
  await derived.put(id, [
    ...Array.from(columns, ([column, values]) => ({ ...stamp, column, values })),
    { ...stamp, column: markOf(set), values: { kind: 'nothing' } },
  ]);
}

/**
 * Builds and saves the missing common columns of segments that no longer change.
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
  const extent = extentOf(snapshot);
  const all = segmentCount(extent);
  const marks = await store.derived.read(id, [markOf('common')], 0, all);
  let built = 0;
  for (let segment = 0; segment < all; segment += 1) {
    const part = segmentExtent(extent, segment);
    if (!part.settled || marks.some((mark) => mark.segment === segment && isCurrent(mark, part))) continue;
    await saveSegment(
      store.derived,
      id,
      'common',
      part,
      await deriveSegment(store.pages, id, 'common', part, signal),
    );
    built += 1;
  }
  return built;
}
