/**
 * Streams a ZIP archive (APPNOTE 6.3.10). Each entry is deflated by the browser's own compressor and followed by its
 * checksum and sizes. The archive may be larger than 4 GB (Zip64), but no entry may be.
 */
import { Output } from './byte-buffer.ts';
import { compressHere, type Compress } from '../files/compression.ts';

const MAX_UINT32 = 0xffff_ffff;
/** The largest uncompressed size of an entry, because readers expect 32-bit sizes after it. */
export const MAX_ENTRY_SIZE = 4_000_000_000;

interface Written {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly at: number;
  readonly crc: number;
  readonly size: number;
  readonly compressed: number;
}

/** Encodes little-endian numbers, each given as [width in bytes, value]. */
function fields(...parts: readonly (readonly [2 | 4 | 8, number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of parts) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

/** The fields that local and central headers share: version, flags (UTF-8 names, sizes follow), deflate, 1980-01-01. */
function sharedFields(version: number) {
  return [
    [2, version],
    [2, 0x0808],
    [2, 8],
    [2, 0],
    [2, 0x0021],
  ] as const;
}

function centralHeader({ at, crc, size, compressed, name }: Written): Uint8Array<ArrayBuffer>[] {
  const isZip64 = at >= MAX_UINT32;
  const extra = isZip64 ? fields([2, 0x0001], [2, 8], [8, at]) : fields();
  const version = isZip64 ? 45 : 20;
  return [
    fields(
      [4, 0x02014b50],
      [2, version],
      ...sharedFields(version),
      [4, crc],
      [4, compressed],
      [4, size],
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, isZip64 ? MAX_UINT32 : at],
    ),
    name,
    extra,
  ];
}

/** An entry that is being written. */
export interface ZipEntry {
  /** Receives the uncompressed content. */
  readonly output: Output;
  /** Waits until nearly everything that was written is compressed. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const GZIP_HEADER = 10;
const GZIP_TRAILER = 8;

export class Zip {
  readonly #output: Output;
  readonly #written: Written[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Starts an entry. The previous one must be closed. */
  entry(path: string, compress: Compress = compressHere): ZipEntry {
    const output = this.#output;
    const written = this.#written;
    const name = new TextEncoder().encode(path);
    const at = output.size;
    output.bytes(
      fields([4, 0x04034b50], ...sharedFields(20), [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    );
    output.bytes(name);

    // Gzip is deflate between a header of ten bytes and a trailer with the checksum, which a ZIP needs, too.
    const body = new GzipBody(output);
    const compression = compress((bytes) => {
      body.add(bytes);
    });
    const content = new Output({
      write: (bytes) => {
        compression.add(bytes);
      },
      buffer: () => compression.buffer(),
    });
    return {
      output: content,
      drain: () => compression.ready(),
      close: async () => {
        content.flush();
        await compression.end();
        const { size: compressed } = body;
        const { size } = content;
        const crc = body.checksum();
        if (size >= MAX_UINT32 || compressed >= MAX_UINT32)
          throw new RangeError(`${path} is too large for an archive.`);
        output.bytes(fields([4, 0x08074b50], [4, crc], [4, compressed], [4, size]));
        written.push({ name, at, crc, size, compressed });
      },
    };
  }

  /** Writes the central directory. */
  close(): void {
    const output = this.#output;
    const start = output.size;
    for (const entry of this.#written) for (const part of centralHeader(entry)) output.bytes(part);
    const size = output.size - start;
    const count = this.#written.length;
    if (start >= MAX_UINT32 || size >= MAX_UINT32) {
      const end = output.size;
      output.bytes(
        fields(
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
          [8, size],
          [8, start],
        ),
      );
      output.bytes(fields([4, 0x07064b50], [4, 0], [8, end], [4, 1]));
    }
    output.bytes(
      fields(
        [4, 0x06054b50],
        [2, 0],
        [2, 0],
        [2, count],
        [2, count],
        [4, Math.min(size, MAX_UINT32)],
        [4, Math.min(start, MAX_UINT32)],
        [2, 0],
      ),
    );
  }
}

/** Writes the content of a gzip stream, without its header and trailer. */
class GzipBody {
  readonly #output: Output;
  #skip = GZIP_HEADER;
  #tail = new Uint8Array(0);
  /** Bytes written. */
  size = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    const body = bytes.subarray(Math.min(this.#skip, bytes.length));
    this.#skip -= bytes.length - body.length;
    // The last eight bytes received so far may be the trailer.
    const tail = this.#tail;
    const keep = Math.max(0, tail.length + body.length - GZIP_TRAILER);
    const ofTail = Math.min(tail.length, keep);
    this.#output.bytes(tail.subarray(0, ofTail));
    this.#output.bytes(body.subarray(0, keep - ofTail));
    this.size += keep;
    const rest = new Uint8Array(tail.length + body.length - keep);
    rest.set(tail.subarray(ofTail));
    rest.set(body.subarray(keep - ofTail), tail.length - ofTail);
    this.#tail = rest;
  }

  /** The CRC-32 of the content. To be called when the stream has ended. */
  checksum(): number {
    return new DataView(this.#tail.buffer).getUint32(0, true);
  }
}
