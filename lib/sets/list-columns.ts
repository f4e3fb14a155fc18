/** Reads columns of a whole list, to compare it with another. */
import { detailTexts, type DetailText, type FollowColumn } from '../lists/columns.ts';
import { segmentCount, segmentExtent, type Extent } from '../lists/extent.ts';
import type { LoadedColumns, SegmentRange } from '../lists/loaded.ts';
import { textAt } from '../lists/text-column.ts';
import { UNKNOWN_WHOLE } from '../store/derived.ts';
import type { Details } from './details.ts';
import { ABSENT } from './join.ts';

/** A follow time of each account of a list; NaN is unknown. @throws what {@link LoadedColumns.segments} throws */
export async function timesOf(
  loaded: LoadedColumns,
  extent: Extent,
  column: FollowColumn,
  signal: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const times = new Float64Array(extent.rows);
  for await (const segment of loaded.segments(extent, [column], signal)) {
    const { first, count } = segment;
    const values = segment.values(column);
    if (values.kind === 'numbers') times.set(values.of, first);
    else times.fill(NaN, first, first + count);
  }
  return times;
}

/** Each handle, folded; `null` if it is unknown. @throws what {@link LoadedColumns.segments} throws */
export async function handlesOf(
  loaded: LoadedColumns,
  extent: Extent,
  signal: AbortSignal,
): Promise<(at: number) => string | null> {
  const handles: (string | null)[] = [];
  for await (const segment of loaded.segments(extent, ['handle'], signal)) {
    const values = segment.values('handle');
    for (let at = 0; at < segment.count; at += 1) {
      handles.push(values.kind === 'text' ? textAt(values, at) : null);
    }
  }
  return (at) => handles[at] ?? null;
}

/** Providers omit these if there is none. */
const OMITTED: ReadonlySet<DetailText> = new Set(['bio', 'website']);

/** The runs of segments with accounts that are in another list. */
function sharedRuns(inOther: Int32Array, extent: Extent): readonly SegmentRange[] {
  const runs: SegmentRange[] = [];
  const all = segmentCount(extent);
  const isShared = (segment: number): boolean => {
    const { first, count } = segmentExtent(extent, segment);
    return inOther.subarray(first, first + count).some((position) => position !== ABSENT);
  };
  for (let from = 0; from < all; from += 1) {
    if (!isShared(from)) continue;
    let to = from + 1;
    while (to < all && isShared(to)) to += 1;
    runs.push({ from, to });
    from = to;
  }
  return runs;
}

/**
 * What a list states about its accounts, where they are in another list too; arbitrary elsewhere.
 * @throws what {@link LoadedColumns.segments} throws
 */
export async function detailsOf(
  loaded: LoadedColumns,
  extent: Extent,
  inOther: Int32Array,
  signal: AbortSignal,
): Promise<Details> {
  const columns = detailTexts.map((text) => [text, new Uint32Array(extent.rows)] as const);
  const stated = new Set<string>();
  const flags = new Uint8Array(extent.rows);
  for (const run of sharedRuns(inOther, extent)) {
    for await (const segment of loaded.segments(extent, ['details'], signal, run)) {
      const { first, count } = segment;
      const values = segment.values('details');
      if (values.kind !== 'details') continue;
      flags.set(values.flags, first);
      for (const [text, column] of columns) {
        const at = values.texts.indexOf(text);
        if (at < 0) column.fill(UNKNOWN_WHOLE, first, first + count);
        else column.set(values.hashes.subarray(at * count, (at + 1) * count), first);
      }
      for (const text of values.texts) stated.add(text);
    }
  }
  const texts = new Map(columns.filter(([text]) => stated.has(text)));
  return { texts, flags, omitted: OMITTED };
}
