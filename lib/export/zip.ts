/**
 * A ZIP archive (APPNOTE 6.3.10), written from front to end: each entry is deflated by the browser's own compressor and
 * followed by its checksum and sizes. The archive may pass 4 GB (Zip64); an entry may not.
 */
import type { Output } from './output.ts';

const MOST = 0xffff_ffff;
/** What an entry may hold before it is compressed: readers take the sizes after an entry to be of four bytes. */
export const MOST_IN_ENTRY = 4_000_000_000;
/** Text is gathered to about so many characters before it is compressed. */
const CHUNK = 1 << 18;

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
  /** Bytes so far, before compression, but for what is being gathered. */
  readonly size: number;
  text(text: string): void;
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
  entry(path: string): ZipEntry {
    const output = this.#output;
    const written = this.#written;
    const name = new TextEncoder().encode(path);
    const at = output.size;
    output.bytes(fields([4, 0x04034b50], ...common(20), [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]));
    output.bytes(name);

    // Gzip is deflate between a head of ten bytes and a tail with the checksum that a ZIP wants too.
    const stream = new CompressionStream('gzip');
    const writer = stream.writable.getWriter();
    const packing = packInto(stream.readable, output);
    // Whoever closes the entry hears of a failure; until then it is not unheard.
    packing.catch(() => undefined);
    const encoder = new TextEncoder();
    let size = 0;
    let waiting: string[] = [];
    let length = 0;
    let chunks: Uint8Array<ArrayBuffer>[] = [];
    const take = (): void => {
      if (length === 0) return;
      const bytes = encoder.encode(waiting.join(''));
      size += bytes.length;
      chunks.push(bytes);
      waiting = [];
      length = 0;
    };
    const drain = async (): Promise<void> => {
      const ready = chunks;
      chunks = [];
      for (const chunk of ready) await writer.write(chunk);
    };
    return {
      get size() {
        return size;
      },
      text: (text) => {
        waiting.push(text);
        length += text.length;
        if (length >= CHUNK) take();
      },
      drain,
      close: async () => {
        take();
        await drain();
        await writer.close();
        const { crc, packed } = await packing;
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

/** Writes what a gzip stream packs, without its head and tail. @returns the checksum, and the bytes written */
async function packInto(
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
  output: Output,
): Promise<{ readonly crc: number; readonly packed: number }> {
  let skip = GZIP_HEAD;
  let tail = new Uint8Array(0);
  let size = 0;
  for (let reader = packed.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    const body = value.subarray(Math.min(skip, value.length));
    skip -= value.length - body.length;
    // The last eight bytes so far may be the tail.
    const all = new Uint8Array(tail.length + body.length);
    all.set(tail);
    all.set(body, tail.length);
    const keep = Math.max(0, all.length - GZIP_TAIL);
    output.bytes(all.subarray(0, keep));
    size += keep;
    tail = all.slice(keep);
  }
  return { crc: new DataView(tail.buffer).getUint32(0, true), packed: size };
}
