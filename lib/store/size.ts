/** About how much space accounts take in the database, estimated from their texts. */
import type { AccountColumns } from './columns.ts';

/** A number or a flag, as browsers store it. Bytes. */
const SMALL = 6;
/** The header of a text. Bytes. */
const HEADER = 3;
/** The packed ID, the page's own fields, and the index, per account. Bytes. */
const OVERHEAD = 10;

function textBytes(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    // Browsers store texts with any other character at two bytes per character.
    if (text.charCodeAt(at) > 255) return text.length * 2 + HEADER;
  }
  return text.length + HEADER;
}

/** About how many bytes a page's accounts take. */
export function pageBytes(columns: AccountColumns): number {
  let bytes = columns.id.length * OVERHEAD;
  for (const column of Object.values(columns)) {
    if (column === null) continue;
    for (const value of column) bytes += typeof value === 'string' ? textBytes(value) : SMALL;
  }
  return bytes;
}
