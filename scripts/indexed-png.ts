/** Converts PNGs with few colors to indexed color without loss, which makes them smaller. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGBA = 6;
const INDEXED = 3;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

function dataOf(chunks: readonly Chunk[], type: string): Buffer {
  return Buffer.concat(chunks.filter((chunk) => chunk.type === type).map(({ data }) => data));
}

/** The predictor of the PNG specification, section 9.4. */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) =>
    Math.abs(left + above - corner - value),
  ) as [number, number, number];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes per pixel. */
  readonly rgba: Buffer;
}

/** The pixels of a PNG with eight bits per channel, RGBA or indexed, not interlaced. @throws Error for other formats */
export function pixelsOf(png: Buffer): Pixels {
  const chunks = chunksOf(png);
  const header = dataOf(chunks, 'IHDR');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, type, , , interlaced] = header.subarray(8);
  if (depth !== 8 || (type !== RGBA && type !== INDEXED) || interlaced !== 0)
    throw new Error('This PNG has an unsupported format.');
  const step = type === RGBA ? 4 : 1;
  const line = width * step;
  const raw = inflateSync(dataOf(chunks, 'IDAT'));
  const bytes = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x++) {
      const at = y * line + x;
      const left = x >= step ? (bytes[at - step] ?? 0) : 0;
      const above = y > 0 ? (bytes[at - line] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (bytes[at - line - step] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      bytes[at] = (raw[y * (line + 1) + 1 + x] ?? 0) + guess;
    }
  }
  if (type === RGBA) return { width, height, rgba: bytes };
  const [colors, alphas] = [dataOf(chunks, 'PLTE'), dataOf(chunks, 'tRNS')];
  const rgba = Buffer.from(
    [...bytes].flatMap((index) => [...colors.subarray(index * 3, index * 3 + 3), alphas[index] ?? 255]),
  );
  return { width, height, rgba };
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Converts a PNG to indexed color. @throws Error if it has more than 256 colors */
export function indexed(png: Buffer): Buffer {
  const { width, height, rgba } = pixelsOf(png);
  const indexes = new Map<number, number>();
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = rgba.readUInt32BE((y * width + x) * 4);
      const index = indexes.get(color) ?? indexes.size;
      indexes.set(color, index);
      lines[y * (width + 1) + 1 + x] = index;
    }
  }
  if (indexes.size > 256) throw new Error(`The picture has ${indexes.size} colors.`);
  const colors = [...indexes.keys()];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colors.flatMap((c) => [c >>> 24, (c >>> 16) & 255, (c >>> 8) & 255]))),
    chunk('tRNS', Buffer.from(colors.map((c) => c & 255))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
