/**
 * Excel's format (ECMA-376): sheets of text, numbers, dates and yes/no, the header frozen and filterable, and the
 * receipt as a sheet of its own. Links are text. All text cells have the format "text", so that one that looks like a
 * formula stays text even when it is edited.
 */
import { pick, type Batch } from '../batch.ts';
import type { Column, ExportSource, Values } from '../columns.ts';
import type { Encode, ReceiptLines } from '../format.ts';
import { writeLines, type Piece } from '../lines.ts';
import {
  firstPart,
  head,
  lastParts,
  receiptHead,
  receiptTail,
  ROWS_A_SHEET,
  sharedTexts,
  sheetPath,
  STYLE,
  tail,
} from '../xlsx-parts.ts';
import { cellName, cutText, xmlText } from '../xlsx-text.ts';
import { MOST_IN_ENTRY, Zip, type ZipEntry } from '../zip.ts';

/** Days from Excel's epoch to ours, and what it can show: from March 1900, before which it counts wrongly, to 9999. */
const EPOCH = 25_569;
const DAY = 86_400_000;
const FIRST_DAY = 61;
const LAST_DAY = 2_958_465;

/** A sheet ends before its XML gets too large for an archive's entry; a batch more always has room. */
const ROOM_IN_SHEET = MOST_IN_ENTRY - 1_000_000_000;

interface Place {
  readonly letters: string;
  /** The sheet's row of each account. */
  readonly rows: readonly string[];
}

function inlineText({ letters }: Place, row: string, text: string): string {
  return `<c r="${letters}${row}" s="${STYLE.text}" t="inlineStr"><is>${xmlText(text)}</is></c>`;
}

function dateCell(place: Place, row: string, time: number): string {
  const serial = time / DAY + EPOCH;
  return serial >= FIRST_DAY && serial <= LAST_DAY
    ? `<c r="${place.letters}${row}" s="${STYLE.time}"><v>${serial}</v></c>`
    : inlineText(place, row, new Date(time).toISOString());
}

function cells<T>({ rows }: Place, values: Values<T>, cell: (row: string, value: T) => string): Piece {
  if (values.kind === 'each') {
    return values.values.map((value, index) => (value === null ? '' : cell(rows[index] ?? '', value)));
  }
  const { value } = values;
  return value === null ? '' : rows.map((row) => cell(row, value));
}

/** Text that all accounts share is kept once in the file. */
class SharedTexts {
  readonly texts = new Map<string, number>();
  uses = 0;

  index(text: string): number {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const index = this.texts.size;
    this.texts.set(text, index);
    return index;
  }
}

interface Sheets {
  readonly shared: SharedTexts;
  cut: number;
}

function piece(column: Column, batch: Batch, source: ExportSource, place: Place, sheets: Sheets): Piece {
  const { letters } = place;
  switch (column.type) {
    case 'text': {
      const values = column.values(batch, source);
      if (values.kind === 'same' && values.value !== null) {
        const index = sheets.shared.index(values.value);
        sheets.shared.uses += place.rows.length;
        return cells(
          place,
          values,
          (row) => `<c r="${letters}${row}" s="${STYLE.text}" t="s"><v>${index}</v></c>`,
        );
      }
      return cells(place, values, (row, value) => {
        const text = cutText(value);
        if (text !== value) sheets.cut += 1;
        return inlineText(place, row, text);
      });
    }
    case 'count':
      return cells(
        place,
        column.values(batch, source),
        (row, n) => `<c r="${letters}${row}"><v>${n}</v></c>`,
      );
    case 'flag':
      return cells(
        place,
        column.values(batch, source),
        (row, yes) => `<c r="${letters}${row}" t="b"><v>${yes ? 1 : 0}</v></c>`,
      );
    case 'time':
      return cells(place, column.values(batch, source), (row, time) => dateCell(place, row, time));
  }
}

function headerRow(columns: readonly Column[]): string {
  const names = columns.map(
    ({ name }, index) =>
      `<c r="${cellName(index)}1" s="${STYLE.header}" t="inlineStr"><is>${xmlText(name)}</is></c>`,
  );
  return `<row r="1">${names.join('')}</row>`;
}

function receiptRows(receipt: ReceiptLines): string {
  return receipt
    .map(([name, value], index) => {
      const row = String(index + 1);
      const first = `<c r="A${row}" s="${STYLE.header}" t="inlineStr"><is>${xmlText(name)}</is></c>`;
      const cell =
        value === null
          ? ''
          : typeof value === 'number'
            ? `<c r="B${row}"><v>${value}</v></c>`
            : typeof value === 'boolean'
              ? `<c r="B${row}" t="b"><v>${value ? 1 : 0}</v></c>`
              : inlineText({ letters: 'B', rows: [] }, row, cutText(value));
      return `<row r="${row}">${first}${cell}</row>`;
    })
    .join('');
}

/** A sheet while it is written. */
interface OpenSheet {
  readonly entry: ZipEntry;
  rows: number;
}

export const encode: Encode = async (batches, output, { columns, source, receipt }) => {
  const zip = new Zip(output);
  const whole = async (path: string, text: string): Promise<void> => {
    const entry = zip.entry(path);
    entry.text(text);
    await entry.close();
  };
  const sheets: Sheets = { shared: new SharedTexts(), cut: 0 };
  const full: number[] = [];
  const names = columns.map(({ name }) => name);
  const begin = (): OpenSheet => {
    const entry = zip.entry(sheetPath(full.length + 1));
    entry.text(head(names, full.length === 0) + headerRow(columns));
    return { entry, rows: 0 };
  };
  const end = async ({ entry, rows }: OpenSheet): Promise<void> => {
    entry.text(tail(names, rows));
    await entry.close();
    full.push(rows);
  };
  const write = async ({ entry, rows }: OpenSheet, batch: Batch): Promise<void> => {
    // Row 1 is the header.
    const numbers = batch.positions.map((_, index) => String(rows + index + 2));
    const pieces = columns.map((column, index) =>
      piece(column, batch, source, { letters: cellName(index), rows: numbers }, sheets),
    );
    writeLines(numbers.length, ['<row r="', numbers, '">', ...pieces, '</row>'], (text) => {
      entry.text(text);
    });
    await entry.drain();
  };

  await whole(...firstPart);
  let open = begin();
  for await (const batch of batches) {
    const count = batch.positions.length;
    for (let from = 0; from < count;) {
      if (open.rows === ROWS_A_SHEET || open.entry.size > ROOM_IN_SHEET) {
        await end(open);
        open = begin();
      }
      const start = from;
      const length = Math.min(count - from, ROWS_A_SHEET - open.rows);
      const indexes = Array.from({ length }, (_, index) => start + index);
      await write(open, length === count ? batch : pick(batch, indexes));
      open.rows += length;
      from += length;
    }
  }
  await end(open);
  const remarks = { guarded: 0, cut: sheets.cut, sheets: full.length };
  await whole(sheetPath(full.length + 1), receiptHead + receiptRows(receipt(remarks)) + receiptTail);
  const { texts, uses } = sheets.shared;
  await whole('xl/sharedStrings.xml', sharedTexts([...texts.keys()], uses));
  for (const [path, text] of lastParts(names, full)) await whole(path, text);
  zip.close();
  return remarks;
};
