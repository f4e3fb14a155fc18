/**
 * CSV by RFC 4180: CRLF between records, quotes where a field needs them, UTF-8 with a byte order mark, which Excel
 * takes as the sign for UTF-8. New lines inside fields stay.
 */
import { nothingToRemark, type Encode } from '../format.ts';
import { isoTimes, pieceOf, writeLines, type Script } from '../lines.ts';

const NEEDS_QUOTES = /[",\r\n]/;
/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

function quote(field: string): string {
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

export const encode: Encode = async (batches, output, { columns, source, exact }) => {
  const write = (text: string): void => output.text(text);
  let guarded = 0;
  // Only text comes from strangers; our own numbers and times begin with a digit.
  const guardedText = (field: string): string => {
    if (!FORMULA.test(field)) return quote(field);
    guarded += 1;
    return quote(`'${field}`);
  };
  const script: Script = {
    nothing: '',
    text: exact ? quote : guardedText,
    count: String,
    flag: String,
    time: isoTimes(),
  };
  output.text(`\uFEFF${columns.map(({ name }) => name).join(',')}\r\n`);
  for await (const batch of batches) {
    const fields = columns.map((column) => pieceOf(column, batch, source, script));
    const pieces = fields.flatMap((field, index) => (index === 0 ? [field] : [',', field]));
    writeLines(batch.positions.length, [...pieces, '\r\n'], write);
  }
  return { ...nothingToRemark, guarded };
};
