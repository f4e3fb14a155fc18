/** About how much room accounts take in the database: counted from their texts, without reading every page. */
import type { AccountColumns } from './columns.ts';

/** Of a number or a flag as the browsers write it. */
const SMALL = 6;
/** Of a text's own header. */
const HEADER = 3;
/** Packed id, the page's own fields and the index, by account. */
const BESIDE = 10;

function textBytes(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    // Browsers write texts with any other character at two bytes each.
    if (text.charCodeAt(at) > 255) return text.length * 2 + HEADER;
  }
  return text.length + HEADER;
}

/** About the bytes that a page's accounts take. */
export function pageBytes(columns: AccountColumns): number {
  let bytes = columns.id.length * BESIDE;
  for (const column of Object.values(columns)) {
    if (column === null) continue;
    for (const value of column) bytes += typeof value === 'string' ? textBytes(value) : SMALL;
  }
  return bytes;
}
