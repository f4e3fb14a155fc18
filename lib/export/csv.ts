/**
 * CSV by RFC 4180: CRLF between records, quotes where a field needs them, UTF-8 with a byte order mark, which Excel
 * takes as the sign for UTF-8. New lines inside fields stay.
 */
import type { Column, ExportRow } from './columns.ts';
import type { ExportFormat } from './format.ts';

const NEEDS_QUOTES = /[",\r\n]/;
/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

function quote(field: string): string {
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** A field that a spreadsheet will show and not run. */
function guard(field: string): string {
  return FORMULA.test(field) ? `'${field}` : field;
}

function written(column: Column, row: ExportRow): string {
  const value = column.value(row);
  if (value === null) return '';
  return column.type === 'time' && typeof value === 'number' ? new Date(value).toISOString() : String(value);
}

export const csv: ExportFormat = {
  id: 'csv',
  name: 'CSV',
  extension: 'csv',
  mimeType: 'text/csv;charset=utf-8',

  async *encode(rows, { columns, exact, guarded }) {
    const encoder = new TextEncoder();
    yield encoder.encode(`\uFEFF${columns.map(({ name }) => name).join(',')}\r\n`);
    for await (const batch of rows) {
      const lines = batch.map((row) => {
        const fields = columns.map((column) => {
          const field = written(column, row);
          // Only text comes from strangers; our own numbers and times begin with a digit.
          if (exact || column.type !== 'text') return quote(field);
          const safe = guard(field);
          if (safe !== field) guarded();
          return quote(safe);
        });
        return `${fields.join(',')}\r\n`;
      });
      yield encoder.encode(lines.join(''));
    }
  },
};
