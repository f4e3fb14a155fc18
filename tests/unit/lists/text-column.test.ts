import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eachMatch,
  encodeNeedle,
  textAt,
  TextBuilder,
  type TextValues,
} from '../../../lib/lists/text-column.ts';

const unit = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    ' ',
    '\u007F',
    '\u0080',
    '\u01FF',
    '\u0200',
    '\u3FFF',
    '\u4000',
    '\uD7A3',
    '\uFFFD',
  ),
  fc.constantFrom('\u{7FFFF}', '\u{80000}', '\u{10FFFF}', '👩', '東', 'é'),
);
const text = fc
  .oneof(fc.string({ unit, maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 6 }))
  .map((some) => some.toWellFormed());

function valuesOf(texts: readonly (string | null)[]): TextValues {
  const builder = new TextBuilder();
  for (const one of texts) builder.add(one);
  return builder.values();
}

describe('texts stored in one string', () => {
  it('are found if they contain the search text, and not otherwise', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text, { nil: null })), text.filter(Boolean), (texts, wanted) => {
        const found: number[] = [];
        eachMatch(valuesOf(texts), encodeNeedle(wanted), (index) => found.push(index));
        const expected = texts.flatMap((one, index) => (one?.includes(wanted) === true ? [index] : []));
        expect(found).toEqual(expected);
      }),
    );
  });

  it('are distinct, sorted by code point, and stored with one byte per character if possible', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text, { nil: null })), (texts) => {
        const values = valuesOf(texts);
        expect(values.text).toMatch(/^[\p{ASCII}\u00A0-\u00FF]*$/u);
        const written = texts.map((_, index) => textAt(values, index));
        expect(written).toEqual(texts.map((one) => (one === null ? null : encodeNeedle(one))));
        const points = (one: string) =>
          Array.from(one, (letter) => String(letter.codePointAt(0)).padStart(8, '0'));
        const known = texts.filter((one) => one !== null);
        const byPoints = known
          .toSorted((a, b) => (points(a).join() < points(b).join() ? -1 : 1))
          .map(encodeNeedle);
        expect(known.map(encodeNeedle).sort()).toEqual(byPoints);
      }),
    );
  });
});
