/** Compares values written byte by byte with the platform's own output for the same values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_BUFFER, Output } from '../../../lib/export/encoding/byte-buffer.ts';
import {
  MAX_BYTES_PER_UNIT,
  escapesOf,
  writeCount,
  writeText,
  createTimeWriter,
} from '../../../lib/export/encoding/write-bytes.ts';

const RUNS = { numRuns: 500 };
const START = 3;

function put(room: number, write: (into: Uint8Array, at: number) => number): string {
  const into = new Uint8Array(START + room);
  const end = write(into, START);
  expect(end).toBeLessThanOrEqual(into.length);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(into.subarray(START, end));
}

/** Of every length in UTF-8, including unpaired surrogates. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'a',
      '"',
      '\\',
      '\n',
      'é',
      '\u07ff',
      '\u0800',
      '\uffff',
      '\ud7ff',
      '\ue000',
      '😀',
      '\u{10ffff}',
    ),
    fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

describe('writing into a buffer', () => {
  it('encodes text like TextEncoder, including unpaired surrogates', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(put(value.length * MAX_BYTES_PER_UNIT, (into, at) => writeText(into, at, value, null))).toBe(
          value.toWellFormed(),
        );
      }),
      RUNS,
    );
  });

  it('escapes the requested characters, and no others', () => {
    const escapes = escapesOf({ '"': '""', '\n': '\\n' });
    fc.assert(
      fc.property(text, (value) => {
        expect(
          put(value.length * MAX_BYTES_PER_UNIT, (into, at) => writeText(into, at, value, escapes)),
        ).toBe(value.toWellFormed().replaceAll('"', '""').replaceAll('\n', '\\n'));
      }),
      RUNS,
    );
  });

  it('writes a number like String', () => {
    const number = fc.oneof(
      fc.nat(),
      fc.maxSafeNat(),
      fc.double(),
      fc.constantFrom(0, -0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 1e21, -5, 0.5),
    );
    fc.assert(
      fc.property(number, (value) => {
        expect(put(32, (into, at) => writeCount(into, at, value))).toBe(String(value));
      }),
      RUNS,
    );
  });

  it('writes a time like toISOString', () => {
    const putTime = createTimeWriter();
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(put(32, (into, at) => putTime(into, at, date.getTime()))).toBe(date.toISOString());
      }),
      RUNS,
    );
    for (const iso of ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z']) {
      expect(put(32, (into, at) => putTime(into, at, Date.parse(iso)))).toBe(iso);
    }
  });
});

describe('the output of a file', () => {
  it('is the same for any length of its parts and any buffer size', () => {
    const long = fc
      .tuple(fc.constantFrom('x', 'é', '€', '😀', '\ud800', 'a😀'), fc.integer({ min: 1, max: 200_000 }))
      .map(([unit, times]) => unit.repeat(times));
    fc.assert(
      fc.property(fc.array(fc.oneof(text, long), { maxLength: 8 }), (texts) => {
        const parts: Uint8Array[] = [];
        const output = new Output({
          write: (bytes) => parts.push(bytes),
          buffer: () => new Uint8Array(MIN_BUFFER),
        });
        const encoder = new TextEncoder();
        texts.forEach((value, index) => {
          if (index % 2 === 0) output.text(value);
          else output.bytes(encoder.encode(value));
        });
        const { size } = output;
        output.flush();
        const written = Buffer.concat(parts);
        expect(size).toBe(written.length);
        expect(written.equals(encoder.encode(texts.map((value) => value.toWellFormed()).join('')))).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });
});
