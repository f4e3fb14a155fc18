/** Estimates how much of the extension's storage each list uses. Pure. */
import type { SnapshotId } from '../../lib/model/ids.ts';

/** The extension's storage as the browser reports it, and the number of accounts in all lists at that time. */
export interface StorageReading {
  readonly bytes: number;
  readonly rows: number;
}

export interface CountedList {
  readonly id: SnapshotId;
  readonly rows: number;
  /** Bytes counted from the text of the accounts, before the browser compresses them. */
  readonly perAccount: number;
}

/** The lowest plausible ratio of stored to counted bytes. */
const LEAST_SHARE = 0.2;

/**
 * Browsers compress data, so lists take less than their counted bytes. The sizes are scaled down so that together they
 * don't exceed the browser's figure. Some browsers update that figure late; while it is implausibly small, no sizes are
 * shown.
 *
 * @param lists the counted lists; their average is used for the others
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
  return new Map(lists.map(({ id, rows: listRows, perAccount }) => [id, listRows * perAccount * share]));
}
