import { describe, expect, it } from 'vitest';
import { animatedWebp } from '../../../scripts/animated-webp.ts';

/** A lossless WebP of one white pixel. */
const PIXEL = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
const frame = { webp: PIXEL, x: 0, y: 0, width: 1, height: 1, duration: 400 };

/** The types and lengths of all chunks. */
function chunksOf(file: Buffer): (readonly [type: string, data: Buffer])[] {
  const found: (readonly [string, Buffer])[] = [];
  for (let at = 12; at < file.length;) {
    const length = file.readUInt32LE(at + 4);
    found.push([file.toString('latin1', at, at + 4), file.subarray(at + 8, at + 8 + length)]);
    at += 8 + length + (length % 2);
  }
  return found;
}

describe('an animated WebP', () => {
  it('has a canvas, endless repetition, and each picture with its place and time', () => {
    const file = animatedWebp([
      { ...frame, width: 800, height: 500 },
      { ...frame, x: 20, y: 6, duration: 2_000 },
    ]);
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    const chunks = chunksOf(file);
    expect(chunks.map(([type]) => type)).toEqual(['VP8X', 'ANIM', 'ANMF', 'ANMF']);
    const [canvas, animation, , second] = chunks.map(([, data]) => data);
    expect([canvas?.[0], canvas?.readUIntLE(4, 3), canvas?.readUIntLE(7, 3)]).toEqual([2, 799, 499]);
    expect(animation?.readUInt16LE(4)).toBe(0);
    expect([0, 3, 6, 9, 12].map((at) => second?.readUIntLE(at, 3))).toEqual([10, 3, 0, 0, 2_000]);
    expect(second?.subarray(16)).toEqual(PIXEL.subarray(12));
  });

  it('is made only of WebP pictures', () => {
    expect(() => animatedWebp([{ ...frame, webp: Buffer.from('\x89PNG') }])).toThrow('not a WebP file');
    expect(() => animatedWebp([{ ...frame, webp: PIXEL.subarray(0, 12) }])).toThrow('no picture');
    expect(() => animatedWebp([])).toThrow('needs a frame');
  });
});
