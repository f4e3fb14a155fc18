/** Responses that were paid for and could not be read. */
import type { Cursor, SnapshotId } from './ids.ts';
import type { Purpose } from './ledger.ts';

/** The most bytes of an answer that are read: the largest real ones (1,000 accounts) have about a megabyte. */
export const MOST_ANSWER = 32 * 1024 * 1024;

/**
 * An answer that was paid for but could not be understood, kept as it came but for keys in it: a later version may read
 * it.
 */
export interface RawAnswer {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly purpose: Purpose;
  /** The ledger entry that stands for it. */
  readonly entry: string;
  readonly cursor: Cursor | null;
  readonly status: number;
  readonly receivedAt: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes as they came, in hex; early versions kept these. */
  readonly sha256?: string;
}
