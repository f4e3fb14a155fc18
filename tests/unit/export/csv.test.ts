import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../../lib/export/files/file-name.ts';
import { formatById, formatsFor } from '../../../lib/export/formats.ts';
import type { Account } from '../../../lib/model/account.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { account, createTestCollector } from '../collector/test-collector.ts';
import { written } from './encoded-files.ts';

function row(rest: Partial<Account> = {}): Account {
  return { ...account(7), ...rest };
}

async function encode(
  accounts: readonly Account[],
  exact = false,
  format = 'csv',
): Promise<{ text: string; guarded: number }> {
  const { bytes, remarks } = await written(format, accounts, { exact });
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), guarded: remarks.guarded };
}

describe('a CSV file', () => {
  it('begins with a byte order mark and the columns in order', async () => {
    const { text } = await encode([]);
    expect(text).toBe(
      '\uFEFFposition,id,handle,name,bio,location,website,followers,following,posts,likes,listed,verified,verified_type,private,created_at,language,region,profile_url,avatar_url,platform,source_handle,source_id,relation,provider,collected_at,followed_after,followed_before\r\n',
    );
  });

  it('contains IDs digit for digit, times in ISO 8601 UTC, and empty cells for unknown values', async () => {
    const { text } = await encode([row({ createdAt: Date.UTC(2017, 10, 27, 12, 36, 52), verified: false })]);
    expect(text.split('\r\n')[1]).toBe(
      '1,1000000000000000007,h7,Name 7,,,,7,,,,,false,,,2017-11-27T12:36:52.000Z,,,https://x.com/h7,,x,someone,44196397,followers,bench,2026-11-14T15:04:05.000Z,2026-11-11T15:04:05.000Z,',
    );
  });

  it.each(['=cmd|calc', '+1', '-1', '@name', '\tx', '\rx'])(
    'guards %j, and leaves it unchanged in exact mode',
    async (bio) => {
      const read = async (exact: boolean) => {
        const { text, guarded } = await encode([row({ bio })], exact);
        const records = parse<Record<string, string>>(text, {
          bom: true,
          columns: true,
          record_delimiter: '\r\n',
        });
        return { bio: records[0]?.['bio'], guarded };
      };
      expect(await read(false)).toEqual({ bio: `'${bio}`, guarded: 1 });
      expect(await read(true)).toEqual({ bio, guarded: 0 });
    },
  );

  it('is read by an independent parser, whatever the texts', async () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', '\r', '\n', 'a', ' ', '😀', 'é', ';', '\u202E', "'"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (bios) => {
        const { text: written } = await encode(
          bios.map((bio) => row({ bio })),
          true,
        );
        const records = parse<Record<string, string>>(written, {
          bom: true,
          columns: true,
          record_delimiter: '\r\n',
        });
        expect(records.map((record) => record['bio'])).toEqual(bios);
      }),
    );
  });
});

/** The characters by which spreadsheets and people split lines, whatever the file uses. */
const SEPARATORS = [',', ';', '\t', '|'] as const;

/** The cells of a file split by a separator, as two programs do it. */
function cellsBy(
  text: string,
  separator: string,
  ownValue: boolean,
): readonly (readonly [reader: string, cells: string[]])[] {
  const plain = text.replace(/^\uFEFF/, '');
  // One parser respects quotes at the start of a cell; the other ignores quotes.
  const papa = Papa.parse<string[]>(plain, { delimiter: separator }).data;
  const idsOnly = parse(plain, {
    delimiter: separator,
    quote: null,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  return [
    ['Papa Parse', papa.flat()],
    // Even if quotes don't group anything, a spreadsheet may still remove them.
    ['csv-parse', idsOnly.flat().map((cell) => (ownValue ? cell : cell.replace(/^"+/, '')))],
  ];
}

const FORMATS = ['csv', 'csv-semicolon'] as const;

describe.each(FORMATS)('formulas in %s', (format) => {
  const ownValue = format === 'csv' ? ',' : ';';

  it.each([
    ['hi;=1+1', `hi;'=1+1`],
    ['a\t=1+1', `a\t'=1+1`],
    ['a|@SUM(1)', `a|'@SUM(1)`],
    ['a,-2', `a,'-2`],
    ['two\n=lines', `two\n'=lines`],
    ['two\r\n+lines', `two\r\n'+lines`],
    ['a;"=1+1"', `a;'"=1+1"`],
    [';=1;=2', `;'=1;'=2`],
    ['=a;=b', `'=a;'=b`],
  ])('%j is guarded wherever a cell could begin, and counted once', async (bio, expected) => {
    const read = async (exact: boolean) => {
      const { text, guarded } = await encode([row({ bio })], exact, format);
      const [record] = parse<Record<string, string>>(text, {
        bom: true,
        columns: true,
        delimiter: ownValue,
        record_delimiter: '\r\n',
      });
      return { bio: record?.['bio'], guarded };
    };
    expect(await read(false)).toEqual({ bio: expected, guarded: 1 });
    expect(await read(true)).toEqual({ bio, guarded: 0 });
  });

  it.each(['a; b', 'a - b', 'NYC, @work', '5|=', 'x;y'.repeat(3000), 'a=b+c-d@e'])(
    '%j starts no formula, and is unchanged',
    async (bio) => {
      const { text, guarded } = await encode([row({ bio: bio.replace('|=', '|') })], false, format);
      expect(guarded).toBe(0);
      expect(text).not.toContain("'");
    },
  );

  it('start no cell, whatever separator a line is split by', async () => {
    const unit = fc.constantFrom(...Array.from('=+-@ax1 \'"'), ...SEPARATORS, '\r', '\n', '\r\n');
    const short = fc.string({ unit, maxLength: 12 });
    const text = fc.oneof(
      { arbitrary: short, weight: 9 },
      { arbitrary: short.map((rest) => 'x'.repeat(8190) + rest), weight: 1 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: text, bio: text, location: text }), { minLength: 1 }),
        async (texts) => {
          const file = await encode(texts.map(row), false, format);
          for (const separator of SEPARATORS) {
            for (const [reader, cells] of cellsBy(file.text, separator, separator === ownValue)) {
              const formulas = cells.filter((cell) => /^[=+\-@]/.test(cell));
              expect(formulas, `${reader}, by ${JSON.stringify(separator)}`).toEqual([]);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it("doesn't split a field for readers that use several separators but respect quotes", async () => {
    const { text } = await encode(
      [row({ bio: 'a;b', location: 'c\td', name: 'e|f', website: 'g,h' })],
      true,
      format,
    );
    for (const field of ['a;b', 'c\td', 'e|f', 'g,h']) expect(text).toContain(`"${field}"`);
  });
});

describe('CSV for Excel', () => {
  it('is separated by semicolons, with a byte order mark and without a separator line', async () => {
    const { text } = await encode([row({ bio: 'a,b' })], false, 'csv-semicolon');
    expect(text).toMatch(/^\uFEFFposition;id;handle;name;bio;/);
    const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
      header: true,
      delimiter: ';',
      newline: '\r\n',
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ position: '1', bio: 'a,b', source_handle: 'someone' });
    expect(formatById('csv-semicolon')).toMatchObject({ extension: 'csv', name: 'CSV for Excel (;)' });
  });

  it.each([
    ['de-DE', true],
    ['fr', true],
    ['pt-BR', true],
    ['ru', true],
    ['en-US', false],
    ['en-GB', false],
    ['ja', false],
    ['de-CH', false],
  ])('is offered in %s: %s', (language, offered) => {
    const names = formatsFor(language).map(({ name }) => name);
    expect(names.includes('CSV for Excel (;)')).toBe(offered);
    expect(names.filter((name) => name !== 'CSV for Excel (;)')).toEqual([
      'Excel',
      'CSV',
      'JSON',
      'NDJSON',
      'Parquet',
    ]);
  });
});

describe('handles that spreadsheets misinterpret', () => {
  it('are unchanged: they are keys, and the Excel file stores them as text', async () => {
    const handles = ['1e10', 'MAR1', '00123', 'TRUE', '1_000'];
    const { text, guarded } = await encode(handles.map((handle) => row({ handle })));
    const records = parse<Record<string, string>>(text, {
      bom: true,
      columns: true,
      record_delimiter: '\r\n',
    });
    expect(records.map((record) => record['handle'])).toEqual(handles);
    expect(guarded).toBe(0);
  });
});

describe('the file’s name', () => {
  async function named(change: (snapshot: Snapshot) => Snapshot, filtered = false): Promise<string> {
    const snapshot = await createTestCollector({ followers: 5 }).run();
    return fileName(change(snapshot), { extension: 'csv', filtered });
  }

  it('states its contents', async () => {
    expect(await named((s) => s)).toBe('followledger_x_someone_followers_2026-11-21.csv');
    expect(await named((s) => s, true)).toBe('followledger_x_someone_followers_2026-11-21_filtered.csv');
  });

  it('states that the list is partial', async () => {
    const stopped = (s: Snapshot): Snapshot => ({
      ...s,
      state: { kind: 'ended', outcome: { kind: 'stopped' } },
    });
    expect(await named(stopped)).toBe('followledger_x_someone_followers_2026-11-21_partial.csv');
    expect(await named(stopped, true)).toBe(
      'followledger_x_someone_followers_2026-11-21_partial_filtered.csv',
    );
  });
});
