/**
 * The ids of one page, packed: eight bytes each where all are decimal numbers below 2^64, as on X and TikTok.
 */
import type { AccountId } from '../model/ids.ts';

export type PackedIds = BigUint64Array<ArrayBuffer> | readonly AccountId[];

const MOST = 2n ** 64n;

/** Whether an id fits into eight bytes and comes back digit for digit. */
export function isPackable(id: string): boolean {
  // A leading zero would be lost, and an id must come back digit for digit.
  return /^(?:0|[1-9][0-9]{0,19})$/.test(id) && BigInt(id) < MOST;
}

export function packIds(ids: readonly AccountId[]): PackedIds {
  return ids.every(isPackable) ? BigUint64Array.from(ids, (id) => BigInt(id)) : ids;
}
