/** Text and names of cells as Excel's XML wants them. */
import type { Output } from './byte-buffer.ts';
import { escapesOf } from './write-bytes.ts';

/** Characters that a cell holds at most. */
const MOST_CHARACTERS = 32_767;

/** `A`, `B`, … `Z`, `AA`: the column's letters, from 0. */
export function cellName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : cellName(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

/** Text that fits into a cell, cut between two characters. */
export function cutText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const cut = text.slice(0, MOST_CHARACTERS);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Where white space would be lost without being told to keep it. */
const SPACED = /^\s|\s$|\s\s|[\n\t]/;

const ESCAPES = escapesOf({
  // XML 1.0 has no form for other controls than tab and line breaks.
  ...Object.fromEntries(
    Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code))
      .filter((control) => !'\t\n\r'.includes(control))
      .map((control) => [control, '\uFFFD']),
  ),
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // An XML parser reads a bare one as a new line.
  '\r': '&#13;',
});

/** What has no escape of its own in XML, or in what Excel makes of it. */
const RARE = /[\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;

function sayable(text: string): string {
  // Looking for a text is far quicker than for a pattern, and there is hardly ever one.
  if (!text.includes('_x') && !text.includes('\uFFFE') && !text.includes('\uFFFF')) return text;
  // Excel takes `_x0041_` for an A, and `_x005F_` for the underscore. XML has no form for the other two.
  return text.replace(RARE, (rare) => (rare === '_' ? '_x005F_' : '\uFFFD'));
}

const OPEN = new TextEncoder().encode('<t>');
const OPEN_SPACED = new TextEncoder().encode('<t xml:space="preserve">');
const CLOSE = new TextEncoder().encode('</t>');

/** Writes a text element. It is well-formed whatever the text: what XML has no form for becomes U+FFFD. */
export function writeXmlText(output: Output, text: string): void {
  output.bytes(SPACED.test(text) ? OPEN_SPACED : OPEN);
  output.text(sayable(text), ESCAPES);
  output.bytes(CLOSE);
}
