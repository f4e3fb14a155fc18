/** Attributes of XML elements. */
import type { Output } from './byte-buffer.ts';
import { escapesOf } from './write-bytes.ts';

const ESCAPES = escapesOf({
  // XML 1.0 can't represent control characters other than tabs and line breaks.
  ...Object.fromEntries(
    Array.from({ length: 0x20 }, (_, code) => [String.fromCharCode(code), '\uFFFD'] as const),
  ),
  // In attributes, parsers turn unescaped white space into spaces.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
});

const NOT_IN_XML = /[\uFFFE\uFFFF]/g;

/** Writes the value of an attribute, without its quotes. Characters that XML can't represent become U+FFFD. */
export function writeXmlAttribute(output: Output, text: string): void {
  // `includes` is much faster than a regular expression, and these texts are rare.
  const isRare = text.includes('\uFFFE') || text.includes('\uFFFF');
  output.text(isRare ? text.replace(NOT_IN_XML, '\uFFFD') : text, ESCAPES);
}
