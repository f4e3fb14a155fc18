/** Reads columns of a whole list, to compare it with another. */
import { detailFields, FLAG_SHIFTS, NO, YES, type DetailColumn, type DetailField } from '../lists/columns.ts';
import { segmentCount, segmentExtent, type Extent } from '../lists/extent.ts';
import type { LoadedColumns, LoadedSegment } from '../lists/loaded.ts';
import { detailHash } from '../lists/pack-details.ts';
import { textAt } from '../lists/text-column.ts';
import { UNKNOWN_WHOLE } from '../store/derived.ts';
import type { Details, FieldReader } from './details.ts';
import { ABSENT } from './join.ts';

/** When each account followed; NaN is unknown. */
export interface Times {
  readonly after: Float64Array<ArrayBuffer>;
  readonly before: Float64Array<ArrayBuffer>;
}

/** The follow times of a list. @throws what {@link LoadedColumns.segments} throws */
export async function timesOf(loaded: LoadedColumns, extent: Extent, signal: AbortSignal): Promise<Times> {
  const after = new Float64Array(extent.rows).fill(NaN);
  const before = new Float64Array(extent.rows).fill(NaN);
  for await (const segment of loaded.segments(extent, ['followedAfter', 'followedBefore'], signal)) {
    const [lower, upper] = [segment.values('followedAfter'), segment.values('followedBefore')];
    if (lower.kind === 'numbers') after.set(lower.of, segment.first);
    if (upper.kind === 'numbers') before.set(upper.of, segment.first);
  }
  return { after, before };
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

/** The columns with the details of a list, and its flags. */
const COLUMNS = [
  'hash:handle',
  'hash:name',
  'hash:bio',
  'hash:location',
  'hash:website',
  'hash:verifiedType',
] as const satisfies readonly DetailColumn[];

/** Providers omit these if there is none. */
const OMITTED: ReadonlySet<DetailField> = new Set(['bio', 'website']);
const EMPTY = detailHash('');

/** Segments read at once. */
const AT_ONCE = 4;

/** The segments of a list with accounts that are in another list. */
function sharedSegments(inOther: Int32Array, extent: Extent): readonly number[] {
  const all = Array.from({ length: segmentCount(extent) }, (_, segment) => segmentExtent(extent, segment));
  return all.flatMap(({ segment, first, count }) =>
    inOther.subarray(first, first + count).some((position) => position !== ABSENT) ? [segment] : [],
  );
}

/**
 * What a list states about its accounts, where they are in another list too.
 * @throws what {@link LoadedColumns.segmentAt} throws
 */
export async function detailsOf(
  loaded: LoadedColumns,
  extent: Extent,
  inOther: Int32Array,
  signal: AbortSignal,
): Promise<Details> {
  const hashes = new Map(
    COLUMNS.map((column) => [column, new Uint32Array(extent.rows).fill(UNKNOWN_WHOLE)] as const),
  );
  const stated = new Set<DetailColumn>();
  const flags = new Uint8Array(extent.rows);
  const add = (segment: LoadedSegment): void => {
    for (const [column, whole] of hashes) {
      const values = segment.values(column);
      if (values.kind !== 'numbers') continue;
      whole.set(values.of, segment.first);
      stated.add(column);
    }
    const values = segment.values('flags');
    if (values.kind === 'flags') flags.set(values.of, segment.first);
  };
  const shared = sharedSegments(inOther, extent);
  for (let from = 0; from < shared.length; from += AT_ONCE) {
    const read = shared
      .slice(from, from + AT_ONCE)
      .map((segment) => loaded.segmentAt(extent, segment, [...COLUMNS, 'flags'], signal));
    for (const segment of await Promise.all(read)) add(segment);
    signal.throwIfAborted();
  }
  const read = (column: DetailColumn): FieldReader => {
    const whole = hashes.get(column);
    return (at) => {
      const hash = whole?.[at] ?? UNKNOWN_WHOLE;
      return hash === UNKNOWN_WHOLE ? NaN : hash;
    };
  };
  const handle = read('hash:handle');
  const fields = new Map<DetailField | 'verified' | 'private', FieldReader>(
    detailFields.map((field) => {
      const value = read(`hash:${field}`);
      const isOmittedEmpty = OMITTED.has(field) && stated.has(`hash:${field}`);
      return [
        field,
        (at) => (isOmittedEmpty && Number.isNaN(value(at)) && !Number.isNaN(handle(at)) ? EMPTY : value(at)),
      ];
    }),
  );
  for (const flag of ['verified', 'private'] as const) {
    fields.set(flag, (at) => {
      const code = ((flags[at] ?? 0) >>> FLAG_SHIFTS[flag]) & 3;
      return code === YES || code === NO ? code : NaN;
    });
  }
  return { handle, fields };
}
