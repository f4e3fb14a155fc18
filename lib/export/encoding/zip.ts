/**
 * A ZIP archive (APPNOTE 6.3.10), written from front to end: each entry is deflated by the browser's own compressor and
 * followed by its checksum and sizes. The archive may pass 4 GB (Zip64); an entry may not.
 */
import { Output } from './byte-buffer.ts';
import { compressHere, type Compress } from '../files/compression.ts';

const MOST = 0xffff_ffff;
/** What an entry may hold before it is compressed: readers take the sizes after an entry to be of four bytes. */
export const MAX_ENTRY_SIZE = 4_000_000_000;

interface Written {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly at: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
}

/** Little-endian numbers one after the other: each as [bytes, value]. */
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

/** What headers in both places say alike: version, flags (UTF-8 names, sizes follow), deflate, 1980-01-01. */
function common(version: number) {
  return [
    [2, version],
    [2, 0x0808],
    [2, 8],
    [2, 0],
    [2, 0x0021],
  ] as const;
}

function centralHeader({ at, crc, size, packed, name }: Written): Uint8Array<ArrayBuffer>[] {
  const far = at >= MOST;
  const extra = far ? fields([2, 0x0001], [2, 8], [8, at]) : fields();
  const version = far ? 45 : 20;
  return [
    fields(
      [4, 0x02014b50],
      [2, version],
      ...common(version),
      [4, crc],
      [4, packed],
      [4, size],
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, far ? MOST : at],
    ),
    name,
    extra,
  ];
}

/** An entry while it is written. */
export interface ZipEntry {
  /** Where what it holds goes, before compression. */
  readonly output: Output;
  /** Waits until what was written is compressed, but for a little. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const GZIP_HEAD = 10;
const GZIP_TAIL = 8;

export class Zip {
  readonly #output: Output;
  readonly #written: Written[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Begins an entry. The one before must be closed. */
  entry(path: string, pack: Compress = compressHere): ZipEntry {
    const output = this.#output;
    const written = this.#written;
    const name = new TextEncoder().encode(path);
    const at = output.size;
    output.bytes(fields([4, 0x04034b50], ...common(20), [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]));
    output.bytes(name);

    // Gzip is deflate between a head of ten bytes and a tail with the checksum that a ZIP wants too.
    const body = new GzipBody(output);
    const packing = pack((packed) => {
      body.add(packed);
    });
    const plain = new Output({
      write: (bytes) => {
        packing.add(bytes);
      },
      buffer: () => packing.buffer(),
    });
    return {
      output: plain,
      drain: () => packing.ready(),
      close: async () => {
        plain.flush();
        await packing.end();
        const { size: packed } = body;
        const { size } = plain;
        const crc = body.checksum();
        if (size >= MOST || packed >= MOST) throw new RangeError(`${path} is too large for an archive.`);
        output.bytes(fields([4, 0x08074b50], [4, crc], [4, packed], [4, size]));
        written.push({ name, at, crc, size, packed });
      },
    };
  }

  /** Writes the directory. */
  close(): void {
    const output = this.#output;
    const start = output.size;
    for (const entry of this.#written) for (const part of centralHeader(entry)) output.bytes(part);
    const size = output.size - start;
    const count = this.#written.length;
    if (start >= MOST || size >= MOST) {
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
        [4, Math.min(size, MOST)],
        [4, Math.min(start, MOST)],
        [2, 0],
      ),
    );
  }
}

/** What a gzip stream packs, written without its head and tail. */
class GzipBody {
  readonly #output: Output;
  #skip = GZIP_HEAD;
  #tail = new Uint8Array(0);
  /** Bytes written. */
  size = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  add(packed: Uint8Array<ArrayBuffer>): void {
    const body = packed.subarray(Math.min(this.#skip, packed.length));
    this.#skip -= packed.length - body.length;
    // The last eight bytes so far may be the tail.
    const tail = this.#tail;
    const keep = Math.max(0, tail.length + body.length - GZIP_TAIL);
    const ofTail = Math.min(tail.length, keep);
    this.#output.bytes(tail.subarray(0, ofTail));
    this.#output.bytes(body.subarray(0, keep - ofTail));
    this.size += keep;
    const rest = new Uint8Array(tail.length + body.length - keep);
    rest.set(tail.subarray(ofTail));
    rest.set(body.subarray(keep - ofTail), tail.length - ofTail);
    this.#tail = rest;
  }

  /** Of everything that was packed, once it all was. */
  checksum(): number {
    return new DataView(this.#tail.buffer).getUint32(0, true);
  }
}
