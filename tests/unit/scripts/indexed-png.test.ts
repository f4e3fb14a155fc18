import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { indexed, pixelsOf } from '../../../scripts/indexed-png.ts';

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length);
  bytes.set(named, 4);
  bytes.writeUInt32BE(crc32(named), data.length + 8);
  return bytes;
}

/** A PNG of these RGBA pixels, one line, unfiltered. */
function rgbaPng(pixels: readonly number[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.length / 4, 0);
  header.writeUInt32BE(1, 4);
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, ...pixels]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('an indexed PNG', () => {
  it('contains every pixel unchanged, including half-transparent ones', () => {
    const pixels = [11, 107, 94, 255, 11, 107, 94, 128, 0, 0, 0, 0, 255, 254, 253, 1, 11, 107, 94, 255];
    expect([...pixelsOf(indexed(rgbaPng(pixels))).rgba]).toEqual(pixels);
  });

  it('is rejected for more colors than it can represent', () => {
    const many = Array.from({ length: 257 }, (_, at) => [at & 255, at >> 8, 0, 255]).flat();
    expect(() => indexed(rgbaPng(many))).toThrow('257 colors');
  });

  it.each([16, 32, 48, 128])('is used for the icon of %i pixels', (size) => {
    const png = readFileSync(new URL(`../../../public/icon/${size}.png`, import.meta.url));
    expect(pixelsOf(png)).toMatchObject({ width: size, height: size });
    expect(indexed(png).length).toBeGreaterThanOrEqual(png.length);
  });
});
