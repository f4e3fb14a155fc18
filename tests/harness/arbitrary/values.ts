/** Values of every kind that a response, a page, or a file can contain, most of them unexpected. */
import type { Random } from './random.ts';

/** A placeholder for a JSON number that JavaScript can't represent. */
const UNQUOTED = /"unquoted:(-?\d+)"/g;
function unquoted(digits: string): string {
  return `unquoted:${digits}`;
}

/** JSON, including unquoted large numbers. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replace(UNQUOTED, '$1');
}

const NOTABLE = [
  '',
  ' ',
  '\u0000',
  'ab\u0000\u00004',
  '\u000B',
  '\u0014\u001F',
  '\uD800',
  'half \uDC00 a pair',
  '\uDBFF\uDBFF',
  '\uFFFE\uFFFF',
  '\u0085\u2028\u2029',
  '\uFEFFmarked',
  '\u202Eright to left\u202C',
  'שלום \u200Fעולם',
  '👩‍👩‍👧‍👦🇧🇷',
  '\u{10FFFF}\u{1F600}',
  'e\u0301\u0301\u0301',
  '\r\n',
  '\r',
  '\t=1+1',
  "=cmd|' /C calc'!A0",
  '@SUM(1)',
  '"quoted", \'too\'; |',
  ']]>&amp;<b>&#0;',
  '_x0000_ _xD800_',
  '\\u0000 \\',
  '__proto__',
  'null',
  '1e999',
  '9223372036854775808',
  '{"page":{}}',
] as const;

/** Texts: all of UTF-16, including unpaired surrogates and control characters, and sometimes a long one. */
export function anyText(random: Random): string {
  if (random.chance(0.3)) return random.pick(NOTABLE);
  if (random.chance(0.0005)) return random.pick(['x', '€', '\u{1F600}', '\u0001', '\uD800']).repeat(40_000);
  const length = random.below(random.chance(0.1) ? 200 : 16);
  const most = random.pick([0x80, 0x100, 0x3000, 0x10000, 0x10000]);
  return String.fromCharCode(...Array.from({ length }, () => random.below(most)));
}

const NO_TEXT = [null, 0, 17, true, [], {}, ['text'], { text: 'text' }] as const;

/** Values where a text is expected. */
export function textLike(random: Random): unknown {
  return random.chance(0.08) ? random.pick(NO_TEXT) : anyText(random);
}

const NUMBERS = [
  0,
  -0,
  -1,
  1,
  1.5,
  1e-7,
  4_294_967_295,
  9_007_199_254_740_991,
  -9_007_199_254_740_991,
  1e300,
  unquoted('9007199254740993'),
  unquoted('9223372036854775807'),
  unquoted('9223372036854775808'),
  unquoted('-9223372036854775808'),
  unquoted('99999999999999999999999999999999'),
  '12',
  '9007199254740993',
  '-3',
  '',
  null,
  true,
  [],
  {},
] as const;

/** Values where a number is expected, from below 0 to beyond 2^63. */
export function numberLike(random: Random): unknown {
  return random.chance(0.4) ? random.below(2 ** 31) : random.pick(NUMBERS);
}

const TIMES = [
  0,
  -1,
  1,
  1_550_594_547_000,
  '1550594547000',
  253_402_300_800,
  8_640_000_000_000,
  8_640_000_000_001,
  'Thu Jan 01 00:00:00 +0000 1970',
  'Mon Nov 27 12:36:52 +0000 2017',
  'Wed Feb 31 99:99:99 +0000 9999',
  '+055841-02-03T00:00:00.000Z',
  '0000-00-00T00:00:00Z',
  '2011-04-05T06:07:08.000Z',
  '2011-04-05',
  '9999-12-31T23:59:59.999Z',
  'yesterday',
] as const;

/** Values where a time is expected: seconds, milliseconds, dates in words, years that no date has. */
export function timeLike(random: Random): unknown {
  if (random.chance(0.3)) return numberLike(random);
  return random.chance(0.5) ? 1_400_000_000 + random.below(300_000_000) : random.pick(TIMES);
}

export function flagLike(random: Random): unknown {
  return random.pick([true, false, true, false, null, 0, 1, 'true', 2, {}]);
}

/** A valid ID, or sometimes an invalid one: too long, too large, not well-formed, missing. */
export function idLike(random: Random, good: bigint): unknown {
  const digits = String(good);
  if (random.chance(0.94)) return digits;
  return random.pick([
    unquoted(digits),
    Number(good % 2n ** 53n),
    String(good + 2n ** 64n),
    `00${digits}`,
    `${digits}\u0000`,
    '\uD800',
    '9'.repeat(80),
    unquoted('9223372036854775807'),
    -5,
    '',
    null,
    {},
  ]);
}
