import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, isBase64, toBase64 } from '../../../lib/backup/base64.ts';

it('matches other implementations in both directions, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const given = new Uint8Array(bytes);
      const text = toBase64(given);
      expect(text).toBe(Buffer.from(given).toString('base64'));
      expect(isBase64(text)).toBe(true);
      expect(fromBase64(text)).toEqual(given);
    }),
  );
});

it('is distinguished from every other text', () => {
  for (const text of [
    'A',
    'AA',
    'AAA',
    'AA=A',
    '====',
    'A===',
    'AAA\n',
    'AA A',
    'AAA-',
    'AAA_',
    'ÀAAA',
    'AAA\0',
  ]) {
    expect(isBase64(text)).toBe(false);
  }
  expect(isBase64('')).toBe(true);
});

it('works for any length', () => {
  const text = 'QUJD'.repeat(7_000_000);
  expect(isBase64(text)).toBe(true);
  const bytes = fromBase64(text);
  expect(bytes.length).toBe(21_000_000);
  expect(toBase64(bytes)).toBe(text);
});
