/**
 * Text with separators between fields, by RFC 4180: CRLF between records, quotes where a field needs them, UTF-8 with a
 * byte order mark, which Excel takes as the sign for UTF-8. New lines inside fields stay.
 *
 * A file may be split by another separator than its own: by the locale (Excel), by several at once (LibreOffice), or by
 * hand. So whatever any of them splits by is quoted, and a formula is guarded wherever a cell could begin with it.
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
/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;
/**
 * Where a cell begins with a formula if the file is split there: quotes do not hold a field together in a file that is
 * split by another separator than its own, and what follows them is taken for the beginning.
 */
const FORMULA_INSIDE = /([,;|\t\r\n])(?="*[=+\-@])/g;

const QUOTES = escapesOf({ '"': '""' });
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
/** By ASCII code: whether a field with it needs quotes. */
const TELLS = Uint8Array.from({ length: 128 }, (_, code) =>
  NEEDS_QUOTES.test(String.fromCharCode(code)) ? 1 : 0,
);
const OPENS_FORMULA = Uint8Array.from({ length: 128 }, (_, code) =>
  FORMULA.test(String.fromCharCode(code)) ? 1 : 0,
);
/** Fields up to so many units are written in one go; for longer ones there may be no room in the buffer. */
const SHORT = 8192;

/** Puts a field that needs no quotes. @returns where it ends, or -1 for one that does need them */
function putBare(into: Uint8Array, at: number, field: string): number {
  let end = at;
  for (let index = 0; index < field.length; index += 1) {
    const unit = field.charCodeAt(index);
    if (unit < 0x80) {
      if (TELLS[unit] === 1) return -1;
      into[end++] = unit;
    } else {
      const before = end;
      end = writeNonAscii(into, end, field, index);
      if (end - before === 4) index += 1;
    }
  }
  return end;
}

/** @returns whether the field is guarded: an apostrophe stands before each formula that a cell could begin with */
function writeField(output: Output, field: string, exact: boolean): boolean {
  const opens = !exact && OPENS_FORMULA[field.charCodeAt(0)] === 1;
  if (field.length > SHORT) {
    if (!NEEDS_QUOTES.test(field)) {
      output.text(opens ? `'${field}` : field);
      return opens;
    }
  } else {
    const into = output.reserve(field.length * UTF8_BYTES_PER_UNIT + 1);
    let start = output.at;
    if (opens) into[start++] = APOSTROPHE;
    const bare = putBare(into, start, field);
    if (bare !== -1) {
      output.at = bare;
      return opens;
    }
  }
  const inside = exact ? field : field.replace(FORMULA_INSIDE, "$1'");
  writeQuoted(output, opens ? `'${inside}` : inside);
  return opens || inside !== field;
}

function writeQuoted(output: Output, text: string): void {
  if (text.length > SHORT) {
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

/** Makes the format whose fields are separated so. */
export function createDelimitedEncoder(separator: ',' | ';'): Encode {
  return async (batches, output, { columns, source, exact }) => {
    let guarded = 0;
    const putTime = createTimeWriter();
    const script: ValueWriters = {
      nothing: encodeText(''),
      // Only text comes from strangers; our own numbers and times begin with a digit.
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
        to.at = putTime(to.reserve(MAX_NUMBER_LENGTH), to.at, time);
      },
    };
    const pieceOf = createPartWriter(output, source, script);
    const between = encodeText(separator);
    const end = encodeText('\r\n');
    output.text(`\uFEFF${columns.map(({ name }) => name).join(separator)}\r\n`);
    for await (const batch of batches) {
      const fields = columns.map((column) => pieceOf(column, batch));
      const pieces = fields.flatMap((field, index) => (index === 0 ? [field] : [between, field]));
      writeLines(output, batch.positions.length, [...pieces, end]);
    }
    return { ...noRemarks, guarded };
  };
}
