/** Responses that were paid for and could not be read. */
import type { Cursor, SnapshotId } from './ids.ts';
import type { Purpose } from './ledger.ts';

/** The most bytes of a response that are read: the largest real ones (1,000 accounts) have about a megabyte. */
export const MAX_RESPONSE = 32 * 1024 * 1024;

/**
 * A response that was paid for but could not be read, stored as received except for keys in it: a later version may be able
 * to read it.
 */
export interface RawResponse {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly purpose: Purpose;
  /** The ledger entry of its request. */
  readonly entry: string;
  readonly cursor: Cursor | null;
  readonly status: number;
  readonly receivedAt: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The digest of the bytes as received, in hex; early versions did not store it. */
  readonly sha256?: string;
}
