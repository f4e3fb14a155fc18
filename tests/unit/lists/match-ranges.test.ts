import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../lib/lists/fold.ts';
import { matchRanges } from '../../../lib/lists/match-ranges.ts';

function marked(text: string, search: string): string[] {
  return matchRanges(text, foldText(search)).map(({ start, end }) => text.slice(start, end));
}

describe('matches of a search', () => {
  it.each([
    ['Ada Lovelace', 'love', ['Love']],
    ['banana', 'an', ['an', 'an']],
    ['Zażółć gęślą', 'zolc', ['żółć']],
    ['e\u0301cole E\u0301COLE', 'ecole', ['e\u0301cole', 'E\u0301COLE']],
    ['Straße', 'strasse', ['Straße']],
    ['Straße', 'as', ['aß']],
    ['مـحـمـد', 'محمد', ['مـحـمـد']],
    ['one   two', 'one two', ['one   two']],
    ['é  b', 'e b', ['é  b']],
    ['𝓐da ☕', 'ada', ['𝓐da']],
    ['👩‍💻 codes', 'codes', ['codes']],
    ['한국어', '국', ['국']],
    ['plain', '', []],
    ['plain', 'x', []],
  ])('in “%s” of “%s”', (text, search, expected) => {
    expect(marked(text, search)).toEqual(expected);
  });

  it('are in order, do not overlap, and fold to something that contains the search', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(30), fc.nat(8), (whole, from, length) => {
        const needle = foldText(whole.slice(from, from + length));
        let last = 0;
        for (const { start, end } of matchRanges(whole, needle)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
          expect(foldText(whole.slice(start, end))).toContain(needle);
        }
      }),
    );
  });
});
