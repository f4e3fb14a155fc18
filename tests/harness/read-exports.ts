/** Reads exported files with programs that share no code with the exporter, so that the formats can be compared. */
import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { unzipSync } from 'fflate';
import { ParseOption, XmlDocument } from 'libxml2-wasm';
import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';

type Cell = string | number | boolean | null;
/** A row as every format can represent it: empty text is missing text, and times are epoch milliseconds. */
export type ExportedRow = Readonly<Record<string, Cell>>;

export const EXPORT_FORMATS = ['json', 'ndjson', 'csv', 'xlsx', 'parquet'] as const;
export type ExportFormatName = (typeof EXPORT_FORMATS)[number];

const TIMES = new Set(['created_at', 'collected_at', 'followed_after', 'followed_before']);
const COUNTS = new Set(['position', 'followers', 'following', 'posts', 'likes', 'listed']);
const FLAGS = new Set(['verified', 'private']);
/** The maximum length of a cell in Excel, in UTF-16 units. */
const MOST_IN_CELL = 32_767;

/** A cell from text, converted by its column's type. */
function cellFromText(name: string, text: string): Cell {
  if (text === '') return null;
  if (TIMES.has(name)) return Date.parse(text);
  if (COUNTS.has(name)) return Number(text);
  return FLAGS.has(name) ? text === 'true' : text;
}

function rowOf(cells: Iterable<readonly [string, unknown]>, cellOf: (name: string, value: unknown) => Cell) {
  const row: Record<string, Cell> = {};
  for (const [name, value] of cells) row[name] = cellOf(name, value);
  return row;
}

/** A value that already is a cell; empty text becomes `null`. */
function toCell(name: string, value: unknown): Cell {
  if (value === '') return null;
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null
  ) {
    return value;
  }
  throw new TypeError(`${name} is a ${typeof value}.`);
}

function rowFromJson(row: Readonly<Record<string, unknown>>): ExportedRow {
  return rowOf(Object.entries(row), (name, value) =>
    TIMES.has(name) && typeof value === 'string' ? Date.parse(value) : toCell(name, value),
  );
}

async function csvRows(path: string): Promise<ExportedRow[]> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const { data, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    newline: '\r\n',
    skipEmptyLines: true,
  });
  if (errors.length > 0) throw new Error(`The CSV is invalid: ${JSON.stringify(errors.slice(0, 3))}`);
  return data.map((row) => rowOf(Object.entries(row), (name, cell) => cellFromText(name, String(cell))));
}

async function parquetRows(path: string): Promise<ExportedRow[]> {
  const duck = await (await DuckDBInstance.create()).connect();
  try {
    const names = (await duck.runAndReadAll(`SELECT * FROM '${path}' LIMIT 0`)).columnNames();
    // DuckDB's client drops a byte order mark at the start of a text, so texts are read as bytes, and 64-bit
    // numbers as text.
    const requested = names.map((name) => {
      if (TIMES.has(name)) return `epoch_ms(${name}) AS ${name}`;
      return COUNTS.has(name) || FLAGS.has(name) ? name : `hex(${name}) AS ${name}`;
    });
    const read = await duck.runAndReadAll(`SELECT ${requested.join(', ')} FROM '${path}' ORDER BY position`);
    return read.getRowObjectsJson().map((row) =>
      rowOf(Object.entries(row), (name, cell) => {
        if (typeof cell !== 'string') return toCell(name, cell);
        if (TIMES.has(name) || COUNTS.has(name)) return Number(cell);
        return toCell(name, Buffer.from(cell, 'hex').toString('utf8'));
      }),
    );
  } finally {
    duck.closeSync();
  }
}

async function xlsxRows(path: string): Promise<ExportedRow[]> {
  const [header = [], ...rows] = await readSheet(path, 'accounts', { trim: false });
  return rows.map((cells) =>
    rowOf(
      header.map((name, index) => [String(name), cells[index] ?? null] as const),
      (name, cell) => (cell instanceof Date ? cell.getTime() : toCell(name, cell)),
    ),
  );
}

/** The rows of an exported file, read by a parser of its format. */
export async function exportedRows(format: ExportFormatName, path: string): Promise<ExportedRow[]> {
  switch (format) {
    case 'json':
      return (JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>[]).map(rowFromJson);
    case 'ndjson': {
      const lines = (await readFile(path, 'utf8')).split('\n');
      if (lines.pop() !== '') throw new Error('The last line is not terminated.');
      return lines.map((line) => rowFromJson(JSON.parse(line) as Record<string, unknown>));
    }
    case 'csv':
      return csvRows(path);
    case 'parquet':
      return parquetRows(path);
    case 'xlsx':
      return xlsxRows(path);
  }
}

/**
 * The row as the format can represent it: an Excel cell has a maximum length, and its dates are floating point
 * numbers.
 */
function representable(row: ExportedRow, format: ExportFormatName, read: ExportedRow): ExportedRow {
  if (format !== 'xlsx') return row;
  return rowOf(Object.entries(row), (name, cell) => {
    if (typeof cell === 'string' && cell.length > MOST_IN_CELL) {
      const cut = cell.slice(0, MOST_IN_CELL);
      return cut.isWellFormed() ? cut : cut.slice(0, -1);
    }
    const other = read[name];
    const isNear =
      TIMES.has(name) && typeof cell === 'number' && typeof other === 'number' && Math.abs(other - cell) <= 1;
    return isNear ? other : toCell(name, cell);
  });
}

/** XML can't represent these two, although they are characters. */
function inXml(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replace(/[\uFFFE\uFFFF]/g, '\uFFFD') : cell;
}

/**
 * The first difference between a file's rows and the expected ones, as text; `null` if they are equal. Comparing
 * all rows at once would print far too much.
 */
export function difference(
  format: ExportFormatName,
  read: readonly ExportedRow[],
  expected: readonly ExportedRow[],
): string | null {
  if (read.length !== expected.length) return `${format}: ${read.length} rows of ${expected.length}`;
  for (const [index, wanted] of expected.entries()) {
    const row = read[index] ?? {};
    for (const [name, cell] of Object.entries(representable(wanted, format, row))) {
      const meant = format === 'xlsx' ? inXml(cell) : cell;
      if (!Object.is(row[name], meant)) {
        const say = (value: unknown): string =>
          ((JSON.stringify(value) as string | undefined) ?? 'nothing').slice(0, 200);
        return `${format}: row ${index}, ${name}: ${say(row[name])} for ${say(meant)}`;
      }
    }
  }
  return null;
}

/**
 * Reads every part of an Excel file with libxml2, which refuses everything that XML 1.0 does not allow.
 * @returns the number of parts
 * @throws XmlParseError if a part is not well-formed
 */
export async function strictXmlParts(path: string): Promise<number> {
  const parts = Object.entries(unzipSync(await readFile(path))).filter(([name]) =>
    /\.(?:xml|rels)$/.test(name),
  );
  for (const [, bytes] of parts) {
    XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_HUGE }).dispose();
  }
  return parts.length;
}
