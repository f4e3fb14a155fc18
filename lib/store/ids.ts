/** The IDs of one page, packed: eight bytes each if all are decimal numbers below 2^64, as on X and TikTok. */
import type { AccountId } from '../model/ids.ts';

export type PackedIds = BigUint64Array<ArrayBuffer> | readonly AccountId[];

const LIMIT = 2n ** 64n;

/** Whether an ID fits into eight bytes, and is the same text when it is unpacked. */
export function isPackable(id: string): boolean {
  // A leading zero would be lost.
  return /^(?:0|[1-9][0-9]{0,19})$/.test(id) && BigInt(id) < LIMIT;
}

export function packIds(ids: readonly AccountId[]): PackedIds {
  return ids.every(isPackable) ? BigUint64Array.from(ids, (id) => BigInt(id)) : ids;
}
