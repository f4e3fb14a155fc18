import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LONGEST_TEXT, namesSeveral, platformIn, readLines, type Column } from '../../../lib/batch/lines.ts';
import { MOST_PROFILES } from '../../../lib/model/batch.ts';
import { handleKey } from '../../../lib/model/handles.ts';
import { PLATFORMS, type Platform } from '../../../lib/model/platform.ts';
import { platform } from '../../../lib/platforms/index.ts';
import { readHandleOrLink } from '../../../lib/platforms/field.ts';

/** Each line as a text: its number, and the handle or why there is none. */
function shown(text: string, on: Platform = 'x', column: Column | null = null): string[] {
  return readLines(text, on, column).lines.map(({ line, text: word, result }) => {
    switch (result.kind) {
      case 'understood':
        return `${line} ${result.handle}`;
      case 'repeated':
        return `${line} ${result.handle} as in ${result.line}`;
      case 'refused':
        return `${line} ${word}: ${result.why}`;
    }
  });
}

describe('a list of handles and links', () => {
  it.each([
    [
      'one per line',
      '@ada\ngrace\r\n\r\nhttps://x.com/linus\r@alan',
      ['1 ada', '2 grace', '4 linus', '5 alan'],
    ],
    [
      'several in a line',
      'ada, @grace; linus\talan|@edsger',
      ['1 ada', '1 grace', '1 linus', '1 alan', '1 edsger'],
    ],
    ['Chinese commas', '@ada，grace、linus；alan', ['1 ada', '1 grace', '1 linus', '1 alan']],
    ['handles with @ between spaces', '@ada @grace  @linus', ['1 ada', '1 grace', '1 linus']],
    [
      'a handle among words',
      'Ada Lovelace (@ada)\n- see x.com/grace, please',
      ['1 ada', '2 grace', '2 please'],
    ],
    ['numbers before', '1. @ada\n2. @grace', ['1 ada', '2 grace']],
    ['words alone', 'Ada Lovelace', ['1 Ada Lovelace: not-a-profile']],
    [
      'links of both names',
      'x.com/ada\nhttps://twitter.com/grace/followers\nmobile.twitter.com/@linus?s=20',
      ['1 ada', '2 grace', '3 linus'],
    ],
    ['a byte order mark', '\uFEFF@ada\n@grace', ['1 ada', '2 grace']],
    [
      'the same profile again',
      '@Ada\nhttps://x.com/ada\nADA\n@grace',
      ['1 Ada', '2 ada as in 1', '3 ADA as in 1', '4 grace'],
    ],
    [
      'profiles of another platform',
      'ada.clips\nhttps://www.tiktok.com/@grace\n@linus',
      ['1 ada.clips: other-platform', '2 https://www.tiktok.com/@grace: other-platform', '3 linus'],
    ],
    [
      'no profiles',
      'https://example.com/ada\nada@example.com\nhttps://x.com/home',
      [
        '1 https://example.com/ada: not-a-profile',
        '2 ada@example.com: not-a-profile',
        '3 https://x.com/home: not-a-profile',
      ],
    ],
    ['a link with a comma', 'https://x.com/ada?a=1,2, grace', ['1 ada', '1 grace']],
    ['nothing', ' \n\t\n,;', []],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('reads what can only be a TikTok profile there', () => {
    expect(shown('ada.clips\ntiktok.com/@grace\nhttps://x.com/linus', 'tiktok')).toEqual([
      '1 ada.clips',
      '2 grace',
      '3 https://x.com/linus: other-platform',
    ]);
  });
});

describe('a table', () => {
  it.each([
    ['with headings', 'name,handle,followers\nAda,ada,100\nGrace,grace,200', ['2 ada', '3 grace']],
    [
      'with semicolons',
      'Name;Profile URL\nAda;https://x.com/ada\nGrace;https://x.com/grace',
      ['2 ada', '3 grace'],
    ],
    ['with tabs', 'id\tscreen_name\n12\tada\n13\tgrace', ['2 ada', '3 grace']],
    [
      'with quotes',
      '"name","handle"\n"Lovelace, Ada","@ada"\n"Hopper ""Amazing"" Grace","@grace"',
      ['2 ada', '3 grace'],
    ],
    ['with line breaks in a cell', 'bio,handle\n"one\ntwo",ada\n"three",grace', ['2 ada', '4 grace']],
    ['with quotes that nobody closed', 'bio,handle\n"one,ada\n"two" more,grace', ['2 ada', '3 grace']],
    ['with one column', 'Username\nada\ngrace', ['2 ada', '3 grace']],
    [
      'without headings, with links',
      'Ada,https://x.com/ada\nGrace,https://x.com/grace',
      ['1 ada', '2 grace'],
    ],
    ['without headings, with figures', 'ada,100\ngrace,2000', ['1 ada', '2 grace']],
    ['whose cells are all handles', 'ada,grace\nlinus,alan', ['1 ada', '1 grace', '2 linus', '2 alan']],
    ['with a missing cell', 'handle,name\nada,Ada\n,Nobody\ngrace,Grace', ['2 ada', '4 grace']],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('says which columns there are, and reads another one', () => {
    const text = 'account,manager\nada,@grace\nlinus,@alan';
    expect(readLines(text, 'x').columns).toEqual({ headings: ['account', 'manager'], read: 0 });
    expect(shown(text, 'x', 1)).toEqual(['2 grace', '3 alan']);
    expect(shown(text, 'x', 'all')).toEqual(['2 ada', '2 grace', '3 linus', '3 alan']);
    // A column that the text no longer has.
    expect(shown(text, 'x', 7)).toEqual(['2 ada', '3 linus']);
  });

  it('a first line with a handle is no heading', () => {
    expect(shown('@handle\n@ada')).toEqual(['1 handle', '2 ada']);
    expect(shown('handle')).toEqual(['1 handle']);
  });
});

test('reads 1,000 profiles, and says how many lines follow', () => {
  const profiles = Array.from({ length: MOST_PROFILES + 2 }, (_, index) => `@ada${String(index)}`);
  const { lines, unread } = readLines(`${['no/profile', '@ada0', ...profiles].join('\n')}\n\n`, 'x');
  const kinds = lines.map(({ result }) => result.kind);
  expect(kinds.slice(0, 4)).toEqual(['refused', 'understood', 'repeated', 'understood']);
  expect(kinds.filter((kind) => kind === 'understood')).toHaveLength(MOST_PROFILES);
  expect(unread).toBe(2);
});

test('does not read endlessly what contains no profiles', () => {
  const { lines, unread } = readLines('no/profile\n'.repeat(10_000), 'x');
  expect(lines.length + unread).toBe(10_000);
  expect(lines.length).toBeLessThan(5000);
});

test.each([
  ['ada\ngrace', null],
  ['ada.clips\ngrace', 'tiktok'],
  ['https://x.com/ada\ngrace', 'x'],
  ['https://x.com/ada\nhttps://x.com/grace\ntiktok.com/@linus', 'x'],
  ['', null],
])('%j tells the platform: %s', (text, expected) => {
  expect(platformIn(text)).toBe(expected);
});

test.each([
  ['ada', false],
  ['@ada ', false],
  ['Ada Lovelace', false],
  ['https://x.com/ada?a=1,2', false],
  ['ada, ADA', false],
  ['@ada @grace', true],
  ['ada, grace', true],
  ['ada\ngrace', true],
  ['ada.clips, grace.clips', true],
])('%j names several profiles: %s', (text, expected) => {
  expect(namesSeveral(text)).toBe(expected);
});

const handleOn = {
  x: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{4,14}$/).filter((text) => platform('x').isHandle(text)),
  tiktok: fc.stringMatching(/^[a-z_][a-z0-9_.]{3,12}[a-z0-9_]$/),
};

const forms: Readonly<Record<Platform, readonly ((handle: string) => string)[]>> = {
  x: [
    (handle) => handle,
    (handle) => `@${handle}`,
    (handle) => ` “@${handle}” `,
    (handle) => `https://x.com/${handle}`,
    (handle) => `twitter.com/${handle}/followers?s=20`,
    (handle) => `HTTPS://MOBILE.TWITTER.COM/${handle}/`,
  ],
  tiktok: [
    (handle) => handle,
    (handle) => `@${handle}`,
    (handle) => `https://www.tiktok.com/@${handle}`,
    (handle) => `m.tiktok.com/@${handle}?lang=en`,
    (handle) => `tiktok.com/@${handle}/video/123`,
  ],
};

/** Profiles of one platform, each in one of its forms, with which people share it. */
const profiles = fc.constantFrom(...PLATFORMS).chain((on) =>
  fc.record({
    on: fc.constant(on),
    handles: fc.uniqueArray(handleOn[on], { selector: handleKey, minLength: 2, maxLength: 30 }),
    // One form for each, so that words without a mark do not stand beside those with one.
    form: fc.constantFrom(...forms[on]),
  }),
);

function handlesRead(text: string, on: Platform): string[] {
  return readLines(text, on).lines.map(({ text: word, result }) =>
    result.kind === 'understood' ? result.handle : `${result.kind} ${word}`,
  );
}

const isHeading = (handle: string): boolean =>
  /handle|user|account|profile|twitter|tiktok|name|id/i.test(handle);

test('every profile is read once, in order, however they are separated', () => {
  const separators = fc.constantFrom('\n', '\r\n', '\r', ', ', ',', '; ', '\t', '\n\n', ' ,\n');
  fc.assert(
    fc.property(profiles, separators, ({ on, handles, form }, separator) => {
      fc.pre(!handles.some(isHeading));
      expect(handlesRead(handles.map(form).join(separator), on)).toEqual(handles);
    }),
  );
});

test('a column of a table is read, whatever the other columns contain', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', ';', '"', '\n', '\t', '@', 'x') });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      profiles,
      fc.array(fc.tuple(cell, cell), { minLength: 30, maxLength: 30 }),
      fc.constantFrom(',', ';', '\t'),
      ({ on, handles, form }, others, delimiter) => {
        const rows = handles.map((handle, index) => {
          const [before = '', after = ''] = others[index] ?? [];
          return [quoted(before), quoted(form(handle)), quoted(after)].join(delimiter);
        });
        const text = [['bio', 'Handle', 'note'].join(delimiter), ...rows].join('\r\n');
        expect(handlesRead(text, on)).toEqual(handles);
      },
    ),
  );
});

test('any text is read without an error: every profile once, and each can be read again alone', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('@ada', 'ADA', 'x.com/grace', '"', ',', '\n', 'handle', 'tiktok.com/@linus', 'a.b', '\t'),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.constantFrom(...PLATFORMS), (words, on) => {
      const { lines } = readLines(words.join(''), on);
      const keys = lines.flatMap(({ result }) =>
        result.kind === 'understood' ? [handleKey(result.handle)] : [],
      );
      expect(new Set(keys).size).toBe(keys.length);
      for (const { text, result } of lines) {
        expect(text.trim()).not.toBe('');
        if (result.kind === 'refused') continue;
        expect(readHandleOrLink(text, on)).toEqual({ platform: on, handle: result.handle });
        if (result.kind === 'repeated') expect(keys).toContain(handleKey(result.handle));
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['quotes that are never closed', '""",'],
  ['many handles in a line', '@ada,'],
  ['many columns', 'handle,"ada"\n'],
  ['one word', 'a'],
])('reads the longest text soon: %s', (_, part) => {
  const began = performance.now();
  readLines(part.repeat(Math.ceil(LONGEST_TEXT / part.length)), 'x');
  expect(performance.now() - began).toBeLessThan(5000);
});
