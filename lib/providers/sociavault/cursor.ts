/**
 * SociaVault's cursors. X's are `P|S`, where P falls from page to page and is 0 on the last; TikTok's are epoch
 * seconds, which fall too.
 */
import type { Cursor } from '../../model/ids.ts';

/** The number that a cursor begins with; `null` when it begins with none. */
export function leadingNumber(cursor: string): bigint | null {
  const [head = ''] = cursor.split('|');
  return /^-?\d{1,20}$/.test(head) ? BigInt(head) : null;
}

/** Whether the number fell, and not below 0, where a list would begin again. Where there is none, all that can be told is whether the cursor is another one. */
export function advances(previous: Cursor | null, next: Cursor): boolean {
  if (previous === null) return true;
  const before = leadingNumber(previous);
  const after = leadingNumber(next);
  return before === null || after === null ? previous !== next : after >= 0n && after < before;
}
