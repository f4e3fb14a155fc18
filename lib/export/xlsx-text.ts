/** Text and names of cells as Excel's XML wants them. */

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

const SPECIAL = /[&<>\r\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_/;
const EACH_SPECIAL = /[&<>\r\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;
/** Where white space would be lost without being told to keep it. */
const SPACED = /^\s|\s$|\s\s|[\n\t]/;

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // An XML parser reads a bare one as a new line.
  '\r': '&#13;',
  // Excel takes `_x0041_` for an A, and `_x005F_` for the underscore.
  _: '_x005F_',
  // XML has no form for these two.
  '\uFFFE': '\uFFFD',
  '\uFFFF': '\uFFFD',
};

/** A text element. The store has replaced the control characters that XML does not know. */
export function xmlText(text: string): string {
  const escaped = SPECIAL.test(text)
    ? text.replace(EACH_SPECIAL, (special) => ESCAPED[special] ?? special)
    : text;
  return SPACED.test(text) ? `<t xml:space="preserve">${escaped}</t>` : `<t>${escaped}</t>`;
}
