/** Text and cell names in Excel's XML. */
import type { Output } from './byte-buffer.ts';
import { escapesOf } from './write-bytes.ts';

/** The most characters of a cell. */
const MAX_CHARACTERS = 32_767;

/** The letters of a column: `A`, `B`, … `Z`, `AA`. Indexes start at 0. */
export function cellName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : cellName(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

/** Cuts text to the length of a cell, without splitting a surrogate pair. */
export function cutText(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const cut = text.slice(0, MAX_CHARACTERS);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Text whose white space XML readers would change without `xml:space`. */
const SPACED = /^\s|\s$|\s\s|[\n\t]/;

const ESCAPES = escapesOf({
  // XML 1.0 can't represent control characters other than tabs and line breaks.
  ...Object.fromEntries(
    Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code))
      .filter((control) => !'\t\n\r'.includes(control))
      .map((control) => [control, '\uFFFD']),
  ),
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // XML parsers normalize an unescaped carriage return to a line feed.
  '\r': '&#13;',
});

/** Characters that XML can't represent, and underscores that Excel would interpret as the start of an escape. */
const RARE = /[\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;

function withoutInvalid(text: string): string {
  // These texts are rare, and `includes` is much faster than a regular expression.
  if (!text.includes('_x') && !text.includes('\uFFFE') && !text.includes('\uFFFF')) return text;
  // Excel reads `_x0041_` as "A" and `_x005F_` as an underscore. XML can't represent the other two.
  return text.replace(RARE, (rare) => (rare === '_' ? '_x005F_' : '\uFFFD'));
}

const OPEN = new TextEncoder().encode('<t>');
const OPEN_SPACED = new TextEncoder().encode('<t xml:space="preserve">');
const CLOSE = new TextEncoder().encode('</t>');

/** Writes a text element. The XML is always well-formed: characters that XML can't represent become U+FFFD. */
export function writeXmlText(output: Output, text: string): void {
  output.bytes(SPACED.test(text) ? OPEN_SPACED : OPEN);
  output.text(withoutInvalid(text), ESCAPES);
  output.bytes(CLOSE);
}
