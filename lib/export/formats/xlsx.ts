/**
 * Excel's format (ECMA-376): sheets of text, numbers, dates and yes/no, the header frozen and filterable, and the
 * receipt as a sheet of its own. Links are text. Texts are in the file's table as far as that has room, see
 * {@link SharedTexts}. All text cells have the format "text", so that one that looks like a
 * formula stays text even when it is edited.
 */
import { pick, type Batch } from '../rows/batch.ts';
import { DIFFERENT, type Column, type ExportSource, type Values } from '../rows/columns.ts';
import type { Encode, ReceiptLines } from '../format.ts';
import { fixed, writeLines, type Piece } from '../encoding/lines.ts';
import type { Output } from '../encoding/byte-buffer.ts';
import { MOST_OF_NUMBER, putCount } from '../encoding/write-bytes.ts';
import {
  firstPart,
  head,
  lastParts,
  receiptHead,
  receiptTail,
  ROWS_A_SHEET,
  sharedHead,
  SHARED_TAIL,
  sheetPath,
  STYLE,
  tail,
} from '../encoding/xlsx-parts.ts';
import { SharedTexts } from '../encoding/xlsx-shared-strings.ts';
import { cellName, cutText, writeXmlText } from '../encoding/xlsx-text.ts';
import { MOST_IN_ENTRY, Zip, type ZipEntry } from '../encoding/zip.ts';

/** Days from Excel's epoch to ours, and what it can show: from March 1900, before which it counts wrongly, to 9999. */
const EPOCH = 25_569;
const DAY = 86_400_000;
const FIRST_DAY = 61;
/** The day after the last: times within the last one are dates too. */
const AFTER_LAST_DAY = 2_958_466;

/** A sheet ends before its XML gets too large for an archive's entry; a batch more always has room. */
const ROOM_IN_SHEET = MOST_IN_ENTRY - 1_000_000_000;

/** The numbers of a batch's rows in their sheet, as bytes. */
class RowNumbers {
  readonly #bytes = new Uint8Array(MOST_OF_NUMBER);
  #length = 0;

  is(row: number): void {
    this.#length = putCount(this.#bytes, 0, row);
  }

  write(output: Output): void {
    const into = output.room(MOST_OF_NUMBER);
    const at = output.at;
    for (let index = 0; index < this.#length; index += 1) into[at + index] = this.#bytes[index] ?? 0;
    output.at = at + this.#length;
  }
}

/** The bytes of a cell around the number of its row and its value. */
interface CellBytes {
  readonly open: Uint8Array<ArrayBuffer>;
  readonly inline: Uint8Array<ArrayBuffer>;
  readonly shared: Uint8Array<ArrayBuffer>;
  readonly number: Uint8Array<ArrayBuffer>;
  readonly time: Uint8Array<ArrayBuffer>;
}

const END_VALUE = fixed('</v></c>');
const END_INLINE = fixed('</is></c>');
const TRUE = fixed('" t="b"><v>1</v></c>');
const FALSE = fixed('" t="b"><v>0</v></c>');

function cellBytes(index: number): CellBytes {
  return {
    open: fixed(`<c r="${cellName(index)}`),
    inline: fixed(`" s="${STYLE.text}" t="inlineStr"><is>`),
    shared: fixed(`" s="${STYLE.text}" t="s"><v>`),
    number: fixed('"><v>'),
    time: fixed(`" s="${STYLE.time}"><v>`),
  };
}

/** Writes the cells of a sheet's rows. */
class Cells {
  readonly shared = new SharedTexts();
  readonly rows = new RowNumbers();
  cut = 0;
  readonly #columns: readonly (readonly [Column, CellBytes])[];
  readonly #source: ExportSource;

  constructor(columns: readonly Column[], source: ExportSource) {
    this.#columns = columns.map((column, index) => [column, cellBytes(index)]);
    this.#source = source;
  }

  /** What a row of the sheet is made of. */
  pieces(output: Output, batch: Batch): readonly Piece[] {
    return this.#columns.flatMap(([column, bytes]) => this.#piece(output, column, bytes, batch));
  }

  #piece(output: Output, column: Column, bytes: CellBytes, batch: Batch): readonly Piece[] {
    const { rows } = this;
    const open = (): void => {
      output.bytes(bytes.open);
      rows.write(output);
    };
    switch (column.type) {
      case 'text': {
        const values = column.values(batch, this.#source);
        if (values.kind === 'each') {
          const again = !DIFFERENT.has(column.name);
          return each(values.values, (value) => {
            open();
            this.#text(output, bytes, value, again);
          });
        }
        if (values.value === null) return [];
        const index = this.shared.always(values.value, batch.positions.length);
        return [
          bytes.open,
          () => {
            rows.write(output);
          },
          fixed(`" s="${STYLE.text}" t="s"><v>${index}</v></c>`),
        ];
      }
      case 'count':
        return ofAll(column.values(batch, this.#source), (n) => {
          open();
          output.bytes(bytes.number);
          output.at = putCount(output.room(MOST_OF_NUMBER), output.at, n);
          output.bytes(END_VALUE);
        });
      case 'flag':
        return ofAll(column.values(batch, this.#source), (yes) => {
          open();
          output.bytes(yes ? TRUE : FALSE);
        });
      case 'time':
        return ofAll(column.values(batch, this.#source), (time) => {
          open();
          const serial = time / DAY + EPOCH;
          if (serial < FIRST_DAY || serial >= AFTER_LAST_DAY) {
            this.#text(output, bytes, new Date(time).toISOString(), false);
            return;
          }
          output.bytes(bytes.time);
          output.text(String(serial));
          output.bytes(END_VALUE);
        });
    }
  }

  #text(output: Output, bytes: CellBytes, value: string, again: boolean): void {
    const text = cutText(value);
    if (text !== value) this.cut += 1;
    const index = this.shared.index(text, again);
    if (index === -1) {
      output.bytes(bytes.inline);
      writeXmlText(output, text);
      output.bytes(END_INLINE);
      return;
    }
    output.bytes(bytes.shared);
    output.at = putCount(output.room(MOST_OF_NUMBER), output.at, index);
    output.bytes(END_VALUE);
  }
}

/** What writes each value that is known. */
function each<T>(values: readonly (T | null)[], write: (value: T) => void): readonly Piece[] {
  return [
    (line) => {
      const value = values[line];
      if (value !== null && value !== undefined) write(value);
    },
  ];
}

function ofAll<T>(values: Values<T>, write: (value: T) => void): readonly Piece[] {
  if (values.kind === 'each') return each(values.values, write);
  const { value } = values;
  if (value === null) return [];
  return [
    () => {
      write(value);
    },
  ];
}

/** A cell with a text of the table. */
function sharedCell(name: string, style: number, index: number): string {
  return `<c r="${name}" s="${style}" t="s"><v>${index}</v></c>`;
}

function headerRow(columns: readonly Column[], shared: SharedTexts): string {
  const names = columns.map(({ name }, index) =>
    sharedCell(`${cellName(index)}1`, STYLE.header, shared.always(name)),
  );
  return `<row r="1">${names.join('')}</row>`;
}

function receiptRows(receipt: ReceiptLines, shared: SharedTexts): string {
  return receipt
    .map(([name, value], index) => {
      const row = String(index + 1);
      const first = sharedCell(`A${row}`, STYLE.header, shared.always(name));
      const cell =
        value === null
          ? ''
          : typeof value === 'number'
            ? `<c r="B${row}"><v>${value}</v></c>`
            : typeof value === 'boolean'
              ? `<c r="B${row}" t="b"><v>${value ? 1 : 0}</v></c>`
              : sharedCell(`B${row}`, STYLE.text, shared.always(cutText(value)));
      return `<row r="${row}">${first}${cell}</row>`;
    })
    .join('');
}

const BEGIN_ROW = fixed('<row r="');
const BEGIN_CELLS = fixed('">');
const END_ROW = fixed('</row>');

/** A sheet while it is written. */
interface OpenSheet {
  readonly entry: ZipEntry;
  rows: number;
}

export const encode: Encode = async (batches, output, { columns, source, pack, receipt }) => {
  const zip = new Zip(output);
  const whole = async (path: string, text: string): Promise<void> => {
    const entry = zip.entry(path);
    entry.output.text(text);
    await entry.close();
  };
  const cells = new Cells(columns, source);
  const full: number[] = [];
  const names = columns.map(({ name }) => name);
  const begin = (): OpenSheet => {
    const entry = zip.entry(sheetPath(full.length + 1), pack);
    entry.output.text(head(names, full.length === 0) + headerRow(columns, cells.shared));
    return { entry, rows: 0 };
  };
  const end = async ({ entry, rows }: OpenSheet): Promise<void> => {
    entry.output.text(tail(names, rows));
    await entry.close();
    full.push(rows);
  };
  const write = async ({ entry, rows }: OpenSheet, batch: Batch): Promise<void> => {
    const number = (line: number): void => {
      // Row 1 is the header.
      cells.rows.is(rows + line + 2);
      cells.rows.write(entry.output);
    };
    const pieces = [BEGIN_ROW, number, BEGIN_CELLS, ...cells.pieces(entry.output, batch), END_ROW];
    writeLines(entry.output, batch.positions.length, pieces);
    await entry.drain();
  };

  await whole(...firstPart);
  let open = begin();
  for await (const batch of batches) {
    const count = batch.positions.length;
    for (let from = 0; from < count;) {
      if (open.rows === ROWS_A_SHEET || open.entry.output.size > ROOM_IN_SHEET) {
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
  const remarks = { guarded: 0, cut: cells.cut, sheets: full.length };
  await whole(
    sheetPath(full.length + 1),
    receiptHead + receiptRows(receipt(remarks), cells.shared) + receiptTail,
  );
  const table = zip.entry('xl/sharedStrings.xml', pack);
  table.output.text(sharedHead(cells.shared));
  for (const part of cells.shared.parts()) {
    table.output.bytes(part);
    await table.drain();
  }
  table.output.text(SHARED_TAIL);
  await table.close();
  for (const [path, text] of lastParts(names, full)) await whole(path, text);
  zip.close();
  return remarks;
};
