/**
 * The ids of one page, packed: eight bytes each where all are decimal numbers below 2^64, as on X and TikTok.
 */
import type { AccountId } from '../model.ts';

export type PackedIds = BigUint64Array<ArrayBuffer> | readonly AccountId[];

const MOST = 2n ** 64n;

function isPackable(id: string): boolean {
  // A leading zero would be lost, and an id must come back digit for digit.
  return /^(?:0|[1-9][0-9]{0,19})$/.test(id) && BigInt(id) < MOST;
}

export function packIds(ids: readonly AccountId[]): PackedIds {
  return ids.every(isPackable) ? BigUint64Array.from(ids, (id) => BigInt(id)) : ids;
}

/** The ids again, each as the string it was packed from. */
export function unpackIds(packed: PackedIds): string[] {
  return Array.from(packed, String);
}
