/**
 * SociaVault's cursors. Those for X are `P|S`, where P decreases from page to page and is 0 on the last one. Those for
 * TikTok are epoch seconds, which decrease too.
 */
import type { Cursor } from '../../model/ids.ts';

/** The number at the start of a cursor; `null` if there is none. */
export function leadingNumber(cursor: string): bigint | null {
  const [head = ''] = cursor.split('|');
  return /^-?\d{1,20}$/.test(head) ? BigInt(head) : null;
}

/**
 * Whether the number decreased, but not below 0, where a list would start again. For cursors without a number, only a
 * change can be detected.
 */
export function advances(previous: Cursor | null, next: Cursor): boolean {
  if (previous === null) return true;
  const before = leadingNumber(previous);
  const after = leadingNumber(next);
  return before === null || after === null ? previous !== next : after >= 0n && after < before;
}
