/** The contents of an Excel file: where texts are stored, and that its XML is valid whatever they contain. */
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { Output } from '../../../lib/export/encoding/byte-buffer.ts';
import { SharedStrings } from '../../../lib/export/encoding/xlsx-shared-strings.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { written } from './encoded-files.ts';

function account(index: number, rest: Partial<Account> = {}): Account {
  return { ...unknownAccount(accountIdSchema.parse(String(10 ** 15 + index))), handle: `h${index}`, ...rest };
}

async function partsOf(accounts: readonly Account[]): Promise<Readonly<Record<string, string>>> {
  const { bytes } = await written('xlsx', accounts);
  const parts = unzipSync(new Uint8Array(bytes));
  return Object.fromEntries(
    Object.entries(parts).map(([path, part]) => [
      path,
      new TextDecoder('utf-8', { fatal: true }).decode(part),
    ]),
  );
}

const SHEET = 'xl/worksheets/sheet1.xml';
const TABLE = 'xl/sharedStrings.xml';

/** Every text element of the table, in order. */
function tableOf(parts: Readonly<Record<string, string>>): string[] {
  return Array.from(
    (parts[TABLE] ?? '').matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g),
    ([, text = '']) => text,
  );
}

describe('texts in an Excel file', () => {
  it('are stored in its table, for programs that show inline texts as blank', async () => {
    const accounts = Array.from({ length: 300 }, (_, index) =>
      account(index, {
        bio: `Bio ${index}`,
        language: 'en',
        location: ['Berlin', 'Oslo'][index % 2] ?? null,
      }),
    );
    const parts = await partsOf(accounts);
    for (const part of Object.values(parts)) expect(part).not.toContain('inlineStr');
    const table = tableOf(parts);
    expect(table).toContain('position');
    expect(table).toContain('profile_bio');
    expect(table).toContain('Bio 299');
    // Repeated texts are stored once.
    for (const text of ['en', 'Berlin', 'Oslo', 'x', 'someone']) {
      expect(table.filter((each) => each === text)).toHaveLength(1);
    }
  });

  it('are counted correctly: how many, and how often cells refer to them', async () => {
    const parts = await partsOf(Array.from({ length: 50 }, (_, index) => account(index, { language: 'en' })));
    const [, count, unique] = /<sst [^>]*count="(\d+)" uniqueCount="(\d+)">/.exec(parts[TABLE] ?? '') ?? [];
    const cells = Object.entries(parts).filter(([path]) => path.startsWith('xl/worksheets/'));
    const uses = cells.flatMap(([, part]) =>
      Array.from(part.matchAll(/t="s"><v>(\d+)<\/v>/g), ([, n]) => Number(n)),
    );
    expect(Number(count)).toBe(uses.length);
    expect(Number(unique)).toBe(tableOf(parts).length);
    expect(Math.max(...uses)).toBe(tableOf(parts).length - 1);
  });

  it(
    'are stored in their cells once the table is full, and are read correctly',
    { timeout: 60_000 },
    async () => {
      const bio = '€'.repeat(32_000);
      const accounts = Array.from({ length: 400 }, (_, index) =>
        account(index, { bio: `${index}${bio}`, language: 'en' }),
      );
      const { bytes } = await written('xlsx', accounts);
      const sheet = new TextDecoder().decode(unzipSync(new Uint8Array(bytes))[SHEET]);
      const inline = sheet.match(/inlineStr/g)?.length ?? 0;
      expect(inline).toBeGreaterThan(50);
      expect(inline).toBeLessThan(400);
      // Texts shared by all accounts, and the receipt after them, always have space.
      const receipt = unzipSync(new Uint8Array(bytes))['xl/worksheets/sheet2.xml'];
      expect(new TextDecoder().decode(receipt)).not.toContain('inlineStr');
      const rows = await readSheet(bytes, 'accounts', { trim: false });
      const at = rows[0]?.indexOf('bio') ?? -1;
      expect(rows.slice(1).map((row) => row[at])).toEqual(accounts.map((each) => each.bio));
    },
  );
});

describe('the table', () => {
  const text = (shared: SharedStrings): string => {
    const parts: Uint8Array[] = [];
    const output = new Output({ write: (bytes) => parts.push(bytes), buffer: () => new Uint8Array(1 << 16) });
    for (const part of shared.parts()) output.bytes(part);
    output.flush();
    return Buffer.concat(parts).toString();
  };

  it('accepts texts up to its limit, then only those that always have space', () => {
    const shared = new SharedStrings(100);
    const given = Array.from({ length: 10 }, (_, index) =>
      shared.index(`text ${index} of some length`, true),
    );
    expect(given).toEqual([0, 1, 2, -1, -1, -1, -1, -1, -1, -1]);
    expect(shared.index('text 1 of some length', true)).toBe(1);
    expect(shared.always('header')).toBe(3);
    expect(shared.always('header', 7)).toBe(3);
    expect([shared.size, shared.uses]).toEqual([4, 12]);
    expect(text(shared)).toMatch(/^(?:<si><t>text \d of some length<\/t><\/si>){3}<si><t>header<\/t><\/si>$/);
  });
});

describe('the XML', () => {
  /** Characters allowed in XML 1.0, and only its predefined references. */
  const CHARACTERS = /^(?:[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]|[\u{10000}-\u{10FFFF}])*$/u;
  const REFERENCES = /&(?!(?:amp|lt|gt|quot|#13);)/;

  it('is valid even for texts that the store would reject: the writer relies on no earlier check', async () => {
    const units = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code));
    const nasty = [
      ...units,
      '\uFFFE',
      '\uFFFF',
      '\uD800',
      '\uDC00',
      '\u007F',
      '&',
      '<',
      '>',
      ']]>',
      '_x0001_',
      '"',
    ];
    const accounts = nasty.map((unit, index) =>
      account(index, {
        handle: `a${unit}b`,
        name: unit,
        bio: `${unit}${unit} `,
        location: `x${unit}`,
        language: unit,
      }),
    );
    const parts = await partsOf(accounts);
    for (const [path, part] of Object.entries(parts)) {
      expect(CHARACTERS.test(part), path).toBe(true);
      expect(REFERENCES.test(part), path).toBe(false);
    }
    const rows = await readSheet((await written('xlsx', accounts)).bytes, 'accounts', { trim: false });
    const at = rows[0]?.indexOf('handle') ?? -1;
    expect(rows.slice(1).map((row) => row[at])).toEqual(
      nasty.map((unit) => {
        const providerMessage = unit
          .toWellFormed()
          // eslint-disable-next-line no-control-regex -- these characters are intended
          .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
        return `a${providerMessage}b`;
      }),
    );
  });
});
