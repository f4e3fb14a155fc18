/**
 * Delimited text (RFC 4180): CRLF between records, fields quoted only if necessary, UTF-8 with a byte order mark, by
 * which Excel recognizes UTF-8. Line breaks inside fields are preserved.
 *
 * A program may split a file by another separator than the one it was written with: by the locale's (Excel), by several
 * at once (LibreOffice), or by the user's choice. So fields with any of these separators are quoted, and a formula is
 * guarded wherever a cell could start with it.
 */
import { noRemarks, type Encode } from '../format.ts';
import { encodeText, createPartWriter, writeLines, type ValueWriters } from './lines.ts';
import type { Output } from './byte-buffer.ts';
import {
  escapesOf,
  MAX_NUMBER_LENGTH,
  writeCount,
  writeText,
  writeNonAscii,
  createTimeWriter,
  UTF8_BYTES_PER_UNIT,
} from './write-bytes.ts';

const NEEDS_QUOTES = /[",;|\t\r\n]/;
/** What spreadsheets interpret as the start of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;
/**
 * Where a cell would start with a formula if the file were split there. If a program splits by another separator, quotes
 * don't keep a field together, and what follows them is interpreted as the start of a cell.
 */
const FORMULA_INSIDE = /([,;|\t\r\n])(?="*[=+\-@])/g;

const QUOTES = escapesOf({ '"': '""' });
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
/** By ASCII code: whether a field with this character needs quotes. */
const REQUIRES_QUOTES = Uint8Array.from({ length: 128 }, (_, code) =>
  NEEDS_QUOTES.test(String.fromCharCode(code)) ? 1 : 0,
);
const STARTS_FORMULA = Uint8Array.from({ length: 128 }, (_, code) =>
  FORMULA.test(String.fromCharCode(code)) ? 1 : 0,
);
/** Fields with up to this many UTF-16 units fit into the buffer as a whole. */
const MAX_UNITS = 8192;

/** Writes a field without quotes. @returns where it ends, or -1 if it needs quotes */
function writeUnquoted(into: Uint8Array, at: number, field: string): number {
  let end = at;
  for (let index = 0; index < field.length; index += 1) {
    const unit = field.charCodeAt(index);
    if (unit < 0x80) {
      if (REQUIRES_QUOTES[unit] === 1) return -1;
      into[end++] = unit;
    } else {
      const before = end;
      end = writeNonAscii(into, end, field, index);
      if (end - before === 4) index += 1;
    }
  }
  return end;
}

/**
 * Writes a field, in quotes if necessary.
 * @param exact leaves formulas unchanged
 * @returns whether the field was guarded: an apostrophe precedes each formula with which a cell could start
 */
export function writeField(output: Output, field: string, exact: boolean): boolean {
  const isFormula = !exact && STARTS_FORMULA[field.charCodeAt(0)] === 1;
  if (field.length > MAX_UNITS) {
    if (!NEEDS_QUOTES.test(field)) {
      output.text(isFormula ? `'${field}` : field);
      return isFormula;
    }
  } else {
    const into = output.reserve(field.length * UTF8_BYTES_PER_UNIT + 1);
    let start = output.at;
    if (isFormula) into[start++] = APOSTROPHE;
    const unquotedEnd = writeUnquoted(into, start, field);
    if (unquotedEnd !== -1) {
      output.at = unquotedEnd;
      return isFormula;
    }
  }
  const inside = exact ? field : field.replace(FORMULA_INSIDE, "$1'");
  writeQuoted(output, isFormula ? `'${inside}` : inside);
  return isFormula || inside !== field;
}

function writeQuoted(output: Output, text: string): void {
  if (text.length > MAX_UNITS) {
    output.text('"');
    output.text(text, QUOTES);
    output.text('"');
    return;
  }
  const into = output.reserve(text.length * UTF8_BYTES_PER_UNIT + 2);
  into[output.at] = QUOTE;
  const end = writeText(into, output.at + 1, text, QUOTES);
  into[end] = QUOTE;
  output.at = end + 1;
}

const TRUE = encodeText('true');
const FALSE = encodeText('false');

/** Creates the encoder for a separator. */
export function createDelimitedEncoder(separator: ',' | ';'): Encode {
  return async (batches, output, { columns, source, exact }) => {
    let guarded = 0;
    const writeTime = createTimeWriter();
    const writers: ValueWriters = {
      nothing: encodeText(''),
      // Only texts are untrusted. Numbers and times are formatted here and start with a digit.
      text: (to, field) => {
        if (writeField(to, field, exact)) guarded += 1;
      },
      count: (to, value) => {
        to.at = writeCount(to.reserve(MAX_NUMBER_LENGTH), to.at, value);
      },
      flag: (to, yes) => {
        to.bytes(yes ? TRUE : FALSE);
      },
      time: (to, time) => {
        to.at = writeTime(to.reserve(MAX_NUMBER_LENGTH), to.at, time);
      },
    };
    const partOf = createPartWriter(output, source, writers);
    const between = encodeText(separator);
    const end = encodeText('\r\n');
    output.text(`\uFEFF${columns.map(({ name }) => name).join(separator)}\r\n`);
    for await (const batch of batches) {
      const fields = columns.map((column) => partOf(column, batch));
      const parts = fields.flatMap((field, index) => (index === 0 ? [field] : [between, field]));
      writeLines(output, batch.positions.length, [...parts, end]);
    }
    return { ...noRemarks, guarded };
  };
}
