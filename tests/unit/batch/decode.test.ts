import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../../../lib/batch/decode.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return bytes;
}

const withMark = (mark: readonly number[], bytes: Uint8Array): Uint8Array =>
  Uint8Array.from([...mark, ...bytes]);

const lines = fc
  .array(
    fc
      .string({ unit: 'binary' })
      // eslint-disable-next-line no-control-regex -- such a text is no text
      .map((text) => text.toWellFormed().replace(/[\u0000-\u0008\u000E-\u001F\uFEFF]/g, '')),
  )
  .map((parts) => parts.join('\r\n'));

test('reads every text in UTF-8 and UTF-16, with a byte order mark or not', () => {
  fc.assert(
    fc.property(lines, (text) => {
      expect(decodeText(utf8(text))).toBe(text);
      expect(decodeText(withMark([0xef, 0xbb, 0xbf], utf8(text)))).toBe(text);
      expect(decodeText(withMark([0xff, 0xfe], utf16(text, true)))).toBe(text);
      expect(decodeText(withMark([0xfe, 0xff], utf16(text, false)))).toBe(text);
    }),
  );
});

test('recognizes UTF-16 without a byte order mark by the zeros between Latin letters', () => {
  const text = 'handle,name\r\n@ada,Ada\r\n';
  expect(decodeText(utf16(text, true))).toBe(text);
  expect(decodeText(utf16(text, false))).toBe(text);
});

test('reads what older programs write on Windows', () => {
  expect(decodeText(Uint8Array.of(0x40, 0x61, 0x64, 0x61, 0x2c, 0xc9, 0x6d, 0x69, 0x6c, 0x65))).toBe(
    '@ada,Émile',
  );
});

test('a workbook or a picture is not text', () => {
  expect(decodeText(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00))).toBeNull();
  expect(decodeText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00))).toBeNull();
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = decodeText(bytes);
      expect(text === null || typeof text === 'string').toBe(true);
    }),
  );
});
