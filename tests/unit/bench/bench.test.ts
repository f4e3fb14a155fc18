import { describe, expect, test } from 'vitest';
import { parseBenchArguments } from '../../../scripts/bench/arguments.ts';
import { withFigures } from '../../../scripts/bench/document.ts';
import { parentIn, pssIn } from '../../../scripts/bench/memory.ts';
import { least, median, most, printed, times, type Line } from '../../../scripts/bench/report.ts';

describe('the options', () => {
  test('measure everything by default, small lists first', () => {
    expect(parseBenchArguments([])).toEqual({
      rows: [10_000, 100_000, 1_000_000],
      pages: [1000, 70],
      only: [
        'button',
        'write',
        'first-rows',
        'page',
        'many-lists',
        'read',
        'audience',
        'sets',
        'overlap',
        'export',
      ],
      formats: ['csv', 'json', 'ndjson', 'parquet', 'xlsx', 'gexf', 'by-name', 'thrice'],
      samples: 20,
      json: null,
      markdown: null,
      profile: null,
    });
    expect(
      parseBenchArguments(['--rows', '500,20', '--only', 'read,write', '--json', 'x.json']),
    ).toMatchObject({
      rows: [20, 500],
      only: ['read', 'write'],
      json: 'x.json',
    });
  });

  test.each([
    [['--rows', 'many'], '--rows: "many" is not a whole number above 0.'],
    [['--rows', '0'], '--rows: "0" is not a whole number above 0.'],
    [['--only', 'wrote'], '--only: "wrote" is unknown.'],
    [['--formats', 'doc'], '--formats: "doc" is unknown.'],
    [['--speed', '9'], '"--speed" is unknown.'],
    [['--json'], '--json lacks its value.'],
  ])('%j is rejected', (args, sentence) => {
    expect(() => parseBenchArguments(args)).toThrow(sentence);
  });
});

describe('memory as reported by the system', () => {
  test('a process’s parent follows its name, whatever the name contains', () => {
    expect(parentIn('4711 (chromium) S 99 4711 4711 0')).toBe(99);
    expect(parentIn('4711 (a ) R 1 (b) S 99 4711 4711 0')).toBe(99);
  });

  test('the proportional size is in kibibytes', () => {
    const rollup = 'Rss:  9000 kB\nPss:               1234 kB\nPss_Dirty:   99 kB\n';
    expect(pssIn(rollup)).toBe(1234 * 1024);
    expect(pssIn('')).toBe(0);
  });
});

describe('the report', () => {
  const line: Line = {
    what: 'sort',
    rows: 1_000_000,
    pageSize: 70,
    unit: 'ms',
    ours: 300,
    baseline: 'did not finish',
    floor: 100,
    promised: [
      most('600 ms', 300, 600),
      most('1.5 × floor', 300, times(100, 1.5)),
      least('30 × baseline', 300, null),
    ],
  };

  test('the median is the middle value', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 9, 5])).toBe(4.5);
    expect(() => median([])).toThrow();
  });

  test('promises are kept, broken, or unknown', () => {
    expect(line.promised.map(({ kept }) => kept)).toEqual([true, false, null]);
    expect(most('x', 'did not finish', 1).kept).toBeNull();
  });

  test('a line shows a figure with its comparison', () => {
    const [, row = ''] = printed([line]).split('\n');
    expect(row.trim().split(/\s{2,}/)).toEqual([
      'sort',
      '1,000,000',
      '70',
      'ms',
      '300',
      'did not finish',
      '100',
      '3 ×',
      '✓ ≤ 600 ms',
      '✗ ≤ 1.5 × floor',
      '? ≥ 30 × baseline',
    ]);
  });
});

test('a document keeps everything except the figures between its markers', () => {
  const [begin, end] = [
    '<!-- figures: made by `npm run bench -- --markdown` -->',
    '<!-- end of the figures -->',
  ];
  expect(withFigures(`before ${begin} old ${end} after`, 'new')).toBe(
    `before ${begin}\n\nnew\n\n${end} after`,
  );
  expect(() => withFigures(`${end} ${begin}`, 'new')).toThrow('are missing');
});
