/**
 * Excel's format (ECMA-376): sheets of text, numbers, dates, and booleans with a frozen, filterable header, and the
 * receipt as the last sheet. Links are text. Texts are shared strings as long as there is space, see
 * {@link SharedStrings}. All text cells have the format "text", so that text that looks like a formula remains text even
 * when it is edited.
 */
import { pick, type Batch } from '../rows/batch.ts';
import { DISTINCT_COLUMNS, type Column, type ExportSource, type Values } from '../rows/columns.ts';
import type { Encode, EncodeOptions, ReceiptLines } from '../format.ts';
import type { Compress } from '../files/compression.ts';
import { encodeText, writeLines, type LinePart } from '../encoding/lines.ts';
import type { Output } from '../encoding/byte-buffer.ts';
import { MAX_NUMBER_LENGTH, writeCount } from '../encoding/write-bytes.ts';
import {
  firstPart,
  head,
  lastParts,
  receiptHead,
  receiptTail,
  ROWS_PER_SHEET,
  sharedHead,
  SHARED_TAIL,
  sheetPath,
  STYLE,
  tail,
} from '../encoding/xlsx-parts.ts';
import { SharedStrings } from '../encoding/xlsx-shared-strings.ts';
import { cellName, cutText, writeXmlText } from '../encoding/xlsx-text.ts';
import { MAX_ENTRY_SIZE, Zip, type ZipEntry } from '../encoding/zip.ts';

/** Days from Excel's epoch to 1970, and the supported range: March 1900, before which Excel counts incorrectly, to 9999. */
const EPOCH = 25_569;
const DAY = 86_400_000;
const FIRST_DAY = 61;
/** The day after the last one. */
const AFTER_LAST_DAY = 2_958_466;

/** A sheet ends before its XML is too large for a ZIP entry. There is always space for another batch. */
const MAX_SHEET_SIZE = MAX_ENTRY_SIZE - 1_000_000_000;

/** The current row number as bytes. */
class RowNumber {
  readonly #bytes = new Uint8Array(MAX_NUMBER_LENGTH);
  #length = 0;

  set(row: number): void {
    this.#length = writeCount(this.#bytes, 0, row);
  }

  write(output: Output): void {
    const into = output.reserve(MAX_NUMBER_LENGTH);
    const at = output.at;
    for (let index = 0; index < this.#length; index += 1) into[at + index] = this.#bytes[index] ?? 0;
    output.at = at + this.#length;
  }
}

/** The bytes of a cell around its row number and its value. */
interface CellBytes {
  readonly open: Uint8Array<ArrayBuffer>;
  readonly inline: Uint8Array<ArrayBuffer>;
  readonly shared: Uint8Array<ArrayBuffer>;
  readonly number: Uint8Array<ArrayBuffer>;
  readonly time: Uint8Array<ArrayBuffer>;
}

const END_VALUE = encodeText('</v></c>');
const END_INLINE = encodeText('</is></c>');
const TRUE = encodeText('" t="b"><v>1</v></c>');
const FALSE = encodeText('" t="b"><v>0</v></c>');

function cellBytes(index: number): CellBytes {
  return {
    open: encodeText(`<c r="${cellName(index)}`),
    inline: encodeText(`" s="${STYLE.text}" t="inlineStr"><is>`),
    shared: encodeText(`" s="${STYLE.text}" t="s"><v>`),
    number: encodeText('"><v>'),
    time: encodeText(`" s="${STYLE.time}"><v>`),
  };
}

/** Writes the cells of a sheet's rows. */
class Cells {
  readonly shared = new SharedStrings();
  readonly rows = new RowNumber();
  cut = 0;
  readonly #columns: readonly (readonly [Column, CellBytes])[];
  readonly #source: ExportSource;

  constructor(columns: readonly Column[], source: ExportSource) {
    this.#columns = columns.map((column, index) => [column, cellBytes(index)]);
    this.#source = source;
  }

  /** The parts of a row. */
  parts(output: Output, batch: Batch): readonly LinePart[] {
    return this.#columns.flatMap(([column, bytes]) => this.#part(output, column, bytes, batch));
  }

  #part(output: Output, column: Column, bytes: CellBytes, batch: Batch): readonly LinePart[] {
    const { rows } = this;
    const open = (): void => {
      output.bytes(bytes.open);
      rows.write(output);
    };
    switch (column.type) {
      case 'text': {
        const values = column.values(batch, this.#source);
        if (values.kind === 'each') {
          const mayRepeat = !DISTINCT_COLUMNS.has(column.name);
          return each(values.values, (value) => {
            open();
            this.#text(output, bytes, value, mayRepeat);
          });
        }
        if (values.value === null) return [];
        const index = this.shared.always(values.value, batch.positions.length);
        return [
          bytes.open,
          () => {
            rows.write(output);
          },
          encodeText(`" s="${STYLE.text}" t="s"><v>${index}</v></c>`),
        ];
      }
      case 'count':
        return ofAll(column.values(batch, this.#source), (n) => {
          open();
          output.bytes(bytes.number);
          output.at = writeCount(output.reserve(MAX_NUMBER_LENGTH), output.at, n);
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

  #text(output: Output, bytes: CellBytes, value: string, mayRepeat: boolean): void {
    const text = cutText(value);
    if (text !== value) this.cut += 1;
    const index = this.shared.index(text, mayRepeat);
    if (index === -1) {
      output.bytes(bytes.inline);
      writeXmlText(output, text);
      output.bytes(END_INLINE);
      return;
    }
    output.bytes(bytes.shared);
    output.at = writeCount(output.reserve(MAX_NUMBER_LENGTH), output.at, index);
    output.bytes(END_VALUE);
  }
}

/** Writes each known value. */
function each<T>(values: readonly (T | null)[], write: (value: T) => void): readonly LinePart[] {
  return [
    (line) => {
      const value = values[line];
      if (value !== null && value !== undefined) write(value);
    },
  ];
}

function ofAll<T>(values: Values<T>, write: (value: T) => void): readonly LinePart[] {
  if (values.kind === 'each') return each(values.values, write);
  const { value } = values;
  if (value === null) return [];
  return [
    () => {
      write(value);
    },
  ];
}

/** A cell with a shared string. */
function sharedCell(name: string, style: number, index: number): string {
  return `<c r="${name}" s="${style}" t="s"><v>${index}</v></c>`;
}

function headerRow(columns: readonly Column[], shared: SharedStrings): string {
  const names = columns.map(({ name }, index) =>
    sharedCell(`${cellName(index)}1`, STYLE.header, shared.always(name)),
  );
  return `<row r="1">${names.join('')}</row>`;
}

function receiptRows(receipt: ReceiptLines, shared: SharedStrings): string {
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

const BEGIN_ROW = encodeText('<row r="');
const BEGIN_CELLS = encodeText('">');
const END_ROW = encodeText('</row>');

/** A sheet that is being written. */
interface OpenSheet {
  readonly entry: ZipEntry;
  rows: number;
}

/** Writes accounts to as many sheets as are needed. */
class Sheets {
  readonly #zip: Zip;
  readonly #cells: Cells;
  readonly #columns: readonly Column[];
  readonly #names: readonly string[];
  readonly #compress: Compress;
  readonly #closed: number[] = [];
  #open: OpenSheet;

  constructor(zip: Zip, cells: Cells, { columns, compress }: Pick<EncodeOptions, 'columns' | 'compress'>) {
    this.#zip = zip;
    this.#cells = cells;
    this.#columns = columns;
    this.#names = columns.map(({ name }) => name);
    this.#compress = compress;
    this.#open = this.#begin();
  }

  async add(batch: Batch): Promise<void> {
    const count = batch.positions.length;
    for (let from = 0; from < count;) {
      if (this.#open.rows === ROWS_PER_SHEET || this.#open.entry.output.size > MAX_SHEET_SIZE) {
        await this.#close();
        this.#open = this.#begin();
      }
      const start = from;
      const length = Math.min(count - from, ROWS_PER_SHEET - this.#open.rows);
      const indexes = Array.from({ length }, (_, index) => start + index);
      await this.#write(length === count ? batch : pick(batch, indexes));
      this.#open.rows += length;
      from += length;
    }
  }

  /** @returns the number of accounts of each sheet */
  async end(): Promise<readonly number[]> {
    await this.#close();
    return this.#closed;
  }

  #begin(): OpenSheet {
    const isFirst = this.#closed.length === 0;
    const entry = this.#zip.entry(sheetPath(this.#closed.length + 1), this.#compress);
    entry.output.text(head(this.#names, isFirst) + headerRow(this.#columns, this.#cells.shared));
    return { entry, rows: 0 };
  }

  async #close(): Promise<void> {
    const { entry, rows } = this.#open;
    entry.output.text(tail(this.#names, rows));
    await entry.close();
    this.#closed.push(rows);
  }

  async #write(batch: Batch): Promise<void> {
    const { entry, rows } = this.#open;
    const number = (line: number): void => {
      // Row 1 is the header.
      this.#cells.rows.set(rows + line + 2);
      this.#cells.rows.write(entry.output);
    };
    const parts = [BEGIN_ROW, number, BEGIN_CELLS, ...this.#cells.parts(entry.output, batch), END_ROW];
    writeLines(entry.output, batch.positions.length, parts);
    await entry.drain();
  }
}

async function writeEntry(zip: Zip, path: string, text: string): Promise<void> {
  const entry = zip.entry(path);
  entry.output.text(text);
  await entry.close();
}

async function writeSharedStrings(zip: Zip, shared: SharedStrings, compress: Compress): Promise<void> {
  const entry = zip.entry('xl/sharedStrings.xml', compress);
  entry.output.text(sharedHead(shared));
  for (const part of shared.parts()) {
    entry.output.bytes(part);
    await entry.drain();
  }
  entry.output.text(SHARED_TAIL);
  await entry.close();
}

export const encode: Encode = async (batches, output, { columns, source, compress, receipt }) => {
  const zip = new Zip(output);
  const cells = new Cells(columns, source);
  await writeEntry(zip, ...firstPart);
  const sheets = new Sheets(zip, cells, { columns, compress });
  for await (const batch of batches) await sheets.add(batch);
  const rows = await sheets.end();
  const remarks = { guarded: 0, cut: cells.cut, sheets: rows.length };
  const receiptText = receiptHead + receiptRows(receipt(remarks), cells.shared) + receiptTail;
  await writeEntry(zip, sheetPath(rows.length + 1), receiptText);
  await writeSharedStrings(zip, cells.shared, compress);
  const names = columns.map(({ name }) => name);
  for (const [path, text] of lastParts(names, rows)) await writeEntry(zip, path, text);
  zip.close();
  return remarks;
};
