import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../lib/providers/json.ts';

describe('JSON that keeps every digit of whole numbers', () => {
  it.each([
    ['{"id":935125269261766657}', { id: '935125269261766657' }],
    ['[ 947576438684872705 ,1]', ['947576438684872705', 1]],
    ['[-9223372036854775808]', ['-9223372036854775808']],
    ['935125269261766657', '935125269261766657'],
    ['{"a":{"b":[18446744073709551615]}}', { a: { b: ['18446744073709551615'] } }],
    ['[9007199254740991]', [9007199254740991]],
    ['[9007199254740992]', ['9007199254740992']],
    ['{"text":"see 12345678901234567890"}', { text: 'see 12345678901234567890' }],
    ['[1.5,1e3,0.1234567890123456789]', [1.5, 1000, 0.12345678901234568]],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it('equals JSON.parse if no digits are at stake', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify([value, 935125269261766657n.toString()]).replace(
          '"935125269261766657"',
          '935125269261766657',
        );
        const [parsed, id] = parseJson(text) as [unknown, unknown];
        expect(id).toBe('935125269261766657');
        // Whole numbers that a JavaScript number only approximates become text; everything else is unchanged.
        const stores = (_: string, item: unknown) =>
          typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item) ? null : item;
        const digits = (_: string, item: unknown) =>
          typeof item === 'string' && /^-?\d{16,}$/.test(item) ? null : item;
        expect(JSON.stringify(parsed, (k, v: unknown) => digits(k, stores(k, v)))).toBe(
          JSON.stringify(JSON.parse(JSON.stringify(value)), (k, v: unknown) => digits(k, stores(k, v))),
        );
      }),
    );
  });

  it('does not change Object.prototype', () => {
    parseJson('{"__proto__":{"polluted":935125269261766657}}');
    expect({}).not.toHaveProperty('polluted');
  });

  it.each(['', '<html>', '{', '[935125269261766657', 'undefined'])('throws a SyntaxError for %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('throws only a SyntaxError for depths that exhaust the stack', () => {
    const depth = 200_000;
    expect(() => parseJson(`${'['.repeat(depth)}935125269261766657${']'.repeat(depth)}`)).toThrow(
      SyntaxError,
    );
  });
});
