/** How much of a snapshot can be read, and which parts no longer change. Pure. */
import { hasEnded, type Snapshot } from '../model/snapshot.ts';
import { SEGMENT, VERSIONS, type ColumnSet } from './columns.ts';
import type { DerivedRow } from '../store/derived.ts';

/** The part of a list, which may be growing, that a reader includes. */
export interface Extent {
  readonly rows: number;
  /** Accounts whose details are known; they are known in order. */
  readonly filled: number;
  readonly ended: boolean;
}

export function extentOf({ rows, filled, state }: Pick<Snapshot, 'rows' | 'filled' | 'state'>): Extent {
  return { rows, filled, ended: hasEnded(state) };
}

export function segmentCount({ rows }: Extent): number {
  return Math.ceil(rows / SEGMENT);
}

/** The accounts of one segment. */
export interface SegmentExtent {
  readonly segment: number;
  /** The position of its first account. */
  readonly first: number;
  readonly count: number;
  readonly filled: number;
  /** Whether it is worth saving, because it no longer changes. */
  readonly settled: boolean;
}

export function segmentExtent({ rows, filled, ended }: Extent, segment: number): SegmentExtent {
  const first = segment * SEGMENT;
  const count = Math.min(SEGMENT, rows - first);
  const known = Math.min(count, Math.max(0, filled - first));
  return { segment, first, count, filled: known, settled: ended || (count === SEGMENT && known === SEGMENT) };
}

/** Whether a record of a set of columns was built from exactly these accounts by this version. */
export function isCurrent(
  row: Pick<DerivedRow, 'version' | 'count' | 'filled'>,
  set: ColumnSet,
  { count, filled }: Pick<SegmentExtent, 'count' | 'filled'>,
): boolean {
  return row.version === VERSIONS[set] && row.count === count && row.filled === filled;
}
