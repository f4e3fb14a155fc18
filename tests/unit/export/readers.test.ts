/** Files of difficult accounts, read by independent programs: every cell must match. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { JSONParser } from '@streamparser/json';
import { parse as parseCsv } from 'csv-parse/sync';
import Papa from 'papaparse';
import readXlsx, { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columns } from '../../../lib/export/rows/columns.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { profileUrl } from '../../../lib/platforms/index.ts';
import { accountsRule } from '../../../lib/store/rules/rows.ts';
import { fromColumns, toColumns } from '../../../lib/store/columns.ts';
import { COLLECTED, FOLLOWED_AFTER, RECEIPT, SOURCE, written } from './encoded-files.ts';

const TEXTS = [
  'plain',
  'a "quoted" word',
  'two\nlines',
  'DOS\r\nlines',
  'a lone\rreturn',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '+1 555',
  '-2',
  '\ttabbed',
  ' spaced  out ',
  ',;|,',
  "'apostrophe first",
  '👩‍👩‍👧‍👦 family, 🇧🇷 flag',
  'مرحبا \u202Eright to left\u202C',
  'שלום \u200Fעולם',
  '数据 データ',
  '<b>&amp; </b> ]]> <!--',
  '_x0041_ and _x000D_',
  'null',
  'NULL',
  'true',
  '123456789012345678901234567890',
  '1e5',
  '2026-11-21',
  'ends with a backslash \\',
  '\u00a0no-break\u2028line separator\u2029',
  'a joiner\u2060inside',
  'lone \ud800 half and a bell \u0007',
  'x'.repeat(20_000),
  '€'.repeat(20_000),
  '\u{1F600}'.repeat(10_000),
] as const;

/** Each text once in each text column with external content, together with numbers, times, and flags of every kind. */
const given: readonly Account[] = TEXTS.map((text, index) => ({
  ...unknownAccount(accountIdSchema.parse(String(9_007_199_254_740_993n * 1000n + BigInt(index)))),
  handle: `handle_${index}`,
  name: text,
  bio: TEXTS[(index + 7) % TEXTS.length] ?? null,
  location: TEXTS[(index + 13) % TEXTS.length] ?? null,
  website: index % 3 === 0 ? null : 'https://example.org/?a=1&b="2"',
  followers: [0, 1, 240_000_000, null][index % 4] ?? null,
  likes: [11_900_000_000, null][index % 2] ?? null,
  verified: [true, false, null][index % 3] ?? null,
  verifiedType: index % 5 === 0 ? 'blue' : null,
  private: false,
  createdAt: index % 6 === 0 ? null : Date.UTC(2006, 2, 21, 20, 50, index) + 7 * index,
  language: 'pt',
}));
/** As the store saves them. */
const accounts = fromColumns(accountsRule.clean(toColumns(given)));

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

/** The result that every reader must return, computed without the writer's code. Times are epoch milliseconds. */
const truth: readonly Row[] = accounts.map((account, index) => ({
  position: index + 1,
  id: account.id,
  handle: account.handle,
  name: account.name,
  bio: account.bio,
  location: account.location,
  website: account.website,
  followers: account.followers,
  following: null,
  posts: null,
  likes: account.likes,
  listed: null,
  verified: account.verified,
  verified_type: account.verifiedType,
  private: account.private,
  created_at: account.createdAt,
  language: account.language,
  region: null,
  profile_url: profileUrl('x', account.handle ?? ''),
  avatar_url: null,
  platform: SOURCE.platform,
  source_handle: SOURCE.handle,
  source_id: SOURCE.id,
  relation: SOURCE.relation,
  provider: SOURCE.provider,
  collected_at: COLLECTED,
  followed_after: FOLLOWED_AFTER,
  followed_before: null,
}));

const TIMES = ['created_at', 'collected_at', 'followed_after', 'followed_before'];
const names = columns.map(({ name }) => name);

/** With times as in CSV and JSON. */
const inIso = truth.map((row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      TIMES.includes(name) && typeof value === 'number' ? new Date(value).toISOString() : value,
    ]),
  ),
);
/** With all values as text, as in a CSV. */
const inText = inIso.map((row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)])),
);

let folder: string;
let duck: DuckDBConnection;
const file = (format: string): string => join(folder, `nasty.${format}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followledger-readers-'));
  for (const format of ['csv', 'json', 'ndjson', 'xlsx', 'parquet']) {
    const { bytes } = await written(format, accounts, { exact: true, together: 5 });
    await writeFile(file(format), bytes);
  }
  duck = await (await DuckDBInstance.create()).connect();
});
afterAll(async () => {
  duck.closeSync();
  await rm(folder, { recursive: true });
});

async function query(sql: string): Promise<Row[]> {
  return (await duck.runAndReadAll(sql)).getRowObjectsJson() as Row[];
}

/** Converts DuckDB's JSON (64-bit numbers as text) back to numbers. */
function numbered(rows: readonly Row[], numeric: readonly string[]): Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        numeric.includes(name) && typeof value === 'string' ? Number(value) : value,
      ]),
    ),
  );
}
const NUMERIC = ['position', 'followers', 'following', 'posts', 'likes', 'listed', ...TIMES];
const IN_MILLISECONDS = `* REPLACE (${TIMES.map((name) => `epoch_ms(${name}) AS ${name}`).join(', ')})`;

describe('CSV', () => {
  it('is read correctly by csv-parse', async () => {
    const read: unknown = parseCsv(await readFile(file('csv')), {
      bom: true,
      columns: true,
      record_delimiter: '\r\n',
    });
    expect(read).toEqual(inText);
  });

  it('is read correctly by Papa Parse', async () => {
    const text = (await readFile(file('csv'), 'utf8')).replace(/^\uFEFF/, '');
    const { data, errors } = Papa.parse<Row>(text, { header: true, newline: '\r\n', skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toEqual(inText);
  });

  it('is read correctly by DuckDB', async () => {
    const read = await query(
      `SELECT * FROM read_csv('${file('csv')}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', nullstr = 'no such text', max_line_size = 10000000)`,
    );
    expect(read).toEqual(inText);
  });
});

describe('JSON and NDJSON', () => {
  it('are read correctly by JSON.parse', async () => {
    expect(JSON.parse(await readFile(file('json'), 'utf8'))).toEqual(inIso);
    const lines = (await readFile(file('ndjson'), 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as Row)).toEqual(inIso);
  });

  it('are read correctly by a streaming parser', async () => {
    const read: unknown[] = [];
    const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
    parser.onValue = ({ value }) => read.push(value);
    const bytes = await readFile(file('json'));
    for (let at = 0; at < bytes.length; at += 4096) parser.write(bytes.subarray(at, at + 4096));
    expect(read).toEqual(inIso);
  });

  it.each(['json', 'ndjson'])('%s is read correctly by DuckDB', async (format) => {
    const types = names.map((name) => {
      const type = TIMES.includes(name)
        ? 'TIMESTAMP'
        : NUMERIC.includes(name)
          ? 'BIGINT'
          : ['verified', 'private'].includes(name)
            ? 'BOOLEAN'
            : 'VARCHAR';
      return `${name}: '${type}'`;
    });
    const read = await query(
      `SELECT ${IN_MILLISECONDS} FROM read_json('${file(format)}', columns = {${types.join(', ')}}, maximum_object_size = 10000000)`,
    );
    expect(numbered(read, NUMERIC)).toEqual(truth);
  });
});

describe('Parquet', () => {
  it('is read correctly by DuckDB, with its types', async () => {
    expect(numbered(await query(`SELECT ${IN_MILLISECONDS} FROM '${file('parquet')}'`), NUMERIC)).toEqual(
      truth,
    );
    const types = await query(`DESCRIBE SELECT * FROM '${file('parquet')}'`);
    const typeOf = Object.fromEntries(
      types.map((row) => [String(row['column_name']), row['column_type']] as const),
    );
    expect(typeOf).toMatchObject({
      id: 'VARCHAR',
      followers: 'BIGINT',
      verified: 'BOOLEAN',
      created_at: 'TIMESTAMP',
    });
  });

  it('is compressed, and contains the receipt', async () => {
    const [chunk] = await query(`SELECT DISTINCT compression FROM parquet_metadata('${file('parquet')}')`);
    expect(chunk).toEqual({ compression: 'SNAPPY' });
    const pairs = await query(
      `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${file('parquet')}')`,
    );
    expect(pairs).toEqual(
      RECEIPT.flatMap(([name, value]) =>
        value === null ? [] : [{ key: `followledger.${name}`, value: String(value) }],
      ),
    );
  });
});

/** As a cell can represent it: longer text is truncated, and XML has only one kind of line break. */
function asCell(value: Cell): Cell {
  return typeof value === 'string' ? value.slice(0, 32_767) : value;
}

describe('Excel', () => {
  it('is read correctly by read-excel-file: texts, numbers, flags, dates', async () => {
    const [header, ...rows] = await readSheet(file('xlsx'), 'accounts', { trim: false });
    expect(header).toEqual(names);
    const read = rows.map((cells, row) =>
      Object.fromEntries(
        names.map((name, index) => {
          const cell: unknown = cells[index] ?? null;
          if (!(cell instanceof Date)) return [name, cell];
          // Excel stores days as a floating point number: a reader may be off by a millisecond.
          const exact = Number(truth[row]?.[name]);
          return [name, Math.abs(cell.getTime() - exact) <= 1 ? exact : cell.getTime()];
        }),
      ),
    );
    const expected = truth.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asCell(value)])),
    );
    expect(read).toEqual(expected);
  });

  it('has the receipt on a separate sheet', async () => {
    const sheets = await readXlsx(file('xlsx'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['accounts', 'receipt']);
    expect(sheets[1]?.data).toEqual(RECEIPT.map(([name, value]) => [name, value]));
  });
});

const run = promisify(execFile);

/** The path of LibreOffice; `null` if it is not installed. */
async function findOffice(): Promise<string | null> {
  for (const command of ['soffice', 'libreoffice']) {
    try {
      await run(command, ['--version'], { timeout: 60_000 });
      return command;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return null;
}

describe('LibreOffice', () => {
  it('opens the Excel file and shows every cell correctly', { timeout: 120_000 }, async () => {
    const office = await findOffice();
    if (office === null) {
      console.info('LibreOffice is not installed here: the Excel file was not opened with it.');
      return;
    }
    await run(
      office,
      [
        '--headless',
        `-env:UserInstallation=file://${folder}/office`,
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1',
        '--outdir',
        folder,
        file('xlsx'),
      ],
      { timeout: 110_000 },
    );
    const read: Row[] = parseCsv(await readFile(join(folder, 'nasty-accounts.csv')), {
      bom: true,
      columns: true,
      relax_quotes: false,
    });
    const lines = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    /** As a sheet shows it: dates by the format of their cells, to the second. */
    const shown = (name: string, cell: Cell): string => {
      if (cell === null) return '';
      if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
      if (typeof cell === 'string') return lines(cell);
      return TIMES.includes(name)
        ? new Date(cell).toISOString().slice(0, 19).replace('T', ' ')
        : String(cell);
    };
    const each = (row: Row, of: (name: string, cell: Cell) => string) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, of(name, cell)]));
    expect(read.map((row) => each(row, (_, cell) => lines(String(cell))))).toEqual(
      truth.map((row) => each(row, (name, cell) => shown(name, asCell(cell)))),
    );
  });
});
