/** About how much each list takes of what the browser says that all take. Pure. */
import type { SnapshotId } from '../../lib/model/ids.ts';

/** What the browser says that the extension takes, and the accounts of all lists when it said so. */
export interface StorageReading {
  readonly bytes: number;
  readonly rows: number;
}

export interface CountedList {
  readonly id: SnapshotId;
  readonly rows: number;
  /** Bytes as they are counted from its texts, before the browser compresses them. */
  readonly perAccount: number;
}

/** Browsers compress to no less than this share of what is counted. */
const LEAST_SHARE = 0.2;

/**
 * Browsers store less than is counted, since they compress: all lists together are said to take no more than what the
 * browser says of them. Some browsers learn late what was written: as long as their figure is too small to be true, no
 * size is shown.
 *
 * @param lists those that are counted; they stand for those that are not
 */
export function listSizes(
  lists: readonly CountedList[],
  reading: StorageReading,
): ReadonlyMap<SnapshotId, number> {
  const bytes = lists.reduce((sum, { rows, perAccount }) => sum + rows * perAccount, 0);
  const rows = lists.reduce((sum, list) => sum + list.rows, 0);
  const all = rows === 0 ? 0 : (bytes / rows) * reading.rows;
  const share = all <= reading.bytes ? 1 : reading.bytes / all;
  if (share < LEAST_SHARE) return new Map();
  return new Map(lists.map(({ id, rows: own, perAccount }) => [id, own * perAccount * share]));
}
