/**
 * Reads the lines of a backup file. The file may be gzipped, gzipped twice by a server or a mail program, or
 * uncompressed. Lines end with LF or CRLF. Each line is returned as soon as it is complete. The length of lines is
 * limited, because a malicious file could otherwise fill the memory.
 */
import { MAX_RESPONSE } from '../model/raw-response.ts';
import { chunksOf, streamOf } from './streams.ts';
import { BackupError, damaged } from './restore-error.ts';

/** The limit for other lines in bytes: a snapshot with the longest texts, every character escaped. */
const MAX_OTHER_LENGTH = 8 * 1024 * 1024;
/**
 * The limits for lines that contain one response. In a page, an invalid UTF-8 byte becomes a character of three bytes,
 * and a text may be used for two fields. A raw response is in base64. Field names come on top.
 */
const MAX_LENGTHS: readonly (readonly [string, number])[] = [
  ['{"page":', 6 * MAX_RESPONSE + MAX_OTHER_LENGTH],
  ['{"fill":', 6 * MAX_RESPONSE + MAX_OTHER_LENGTH],
  ['{"raw":', Math.ceil((4 / 3) * MAX_RESPONSE) + MAX_OTHER_LENGTH],
];

/** Programs that pass a backup on may compress it all. More layers than this don't occur in practice. */
const MAX_LAYERS = 3;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = '\uFEFF';

export interface LineSource {
  readonly size: number;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface Line {
  readonly text: string;
  /** Starts at 1. */
  readonly number: number;
  /** Approximately how many bytes of the file have been read. */
  readonly read: number;
}

function maxLengthOf(parts: readonly Uint8Array[]): number {
  const [start] = parts;
  const text = start === undefined ? '' : String.fromCharCode(...start.subarray(0, 16));
  return MAX_LENGTHS.find(([prefix]) => text.startsWith(prefix))?.[1] ?? MAX_OTHER_LENGTH;
}

/** Splits chunks into lines. */
class Splitter {
  #parts: Uint8Array[] = [];
  #size = 0;

  *add(chunk: Uint8Array): Generator<Uint8Array> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      yield this.#line(chunk.subarray(from, at));
      from = at + 1;
    }
    if (from < chunk.length) {
      this.#parts.push(chunk.slice(from));
      this.#size += chunk.length - from;
      if (this.#size > MAX_OTHER_LENGTH && this.#size > maxLengthOf(this.#parts)) {
        throw new BackupError('too-large', 'A line is too long.');
      }
    }
  }

  /** The last line, if no line feed ended it. */
  *rest(): Generator<Uint8Array> {
    if (this.#size > 0) yield this.#line(new Uint8Array());
  }

  #line(end: Uint8Array): Uint8Array {
    let line = end;
    if (this.#size > 0) {
      line = new Uint8Array(this.#size + end.length);
      let at = 0;
      for (const part of [...this.#parts, end]) {
        line.set(part, at);
        at += part.length;
      }
      this.#parts = [];
      this.#size = 0;
    }
    return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
  }
}

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, undefined>;

/** Whether bytes start like gzip (RFC 1952 § 2.3.1). */
function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** Reads at least two bytes ahead. @returns these bytes, and all chunks including them */
async function peek(chunks: Chunks): Promise<{ readonly start: Uint8Array; readonly chunks: Chunks }> {
  let start: Uint8Array<ArrayBuffer> = new Uint8Array();
  while (start.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    const joined = new Uint8Array(start.length + next.value.length);
    joined.set(start);
    joined.set(next.value, start.length);
    start = joined;
  }
  async function* all(): Chunks {
    try {
      if (start.length > 0) yield start;
      yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
    return undefined;
  }
  return { start, chunks: all() };
}

/** Decompresses all layers of gzip. */
async function decompressed(file: Chunks): Promise<Chunks> {
  let { start, chunks } = await peek(file);
  for (let layer = 0; isGzip(start); layer += 1) {
    if (layer === MAX_LAYERS) throw new BackupError('not-a-backup', 'Too many layers of gzip.');
    ({ start, chunks } = await peek(chunksOf(streamOf(chunks).pipeThrough(new DecompressionStream('gzip')))));
  }
  return chunks;
}

/**
 * Reads the lines of a file.
 * @throws BackupError `not-a-backup` if not even the first line is text, `damaged` if a later line isn't, `too-large` if
 *   a line is longer than a backup's lines can be; errors of reading the file
 */
export async function* readLines(file: LineSource, signal: AbortSignal): AsyncGenerator<Line> {
  let read = 0;
  let number = 0;
  async function* counted(): Chunks {
    for await (const chunk of chunksOf(file.stream())) {
      signal.throwIfAborted();
      read += chunk.length;
      yield chunk;
    }
    return undefined;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** If the first line could not be read, the file is not a backup, and no line number is reported. */
  const broken = (fault: 'bad-gzip' | 'not-utf8', detail: string, cause: unknown): BackupError => {
    if (number === 0) return new BackupError('not-a-backup', detail, { cause });
    const error = damaged(fault, detail, cause);
    error.line = number + 1;
    return error;
  };
  const lines = new Splitter();
  function* texts(bytes: Iterable<Uint8Array>): Generator<Line> {
    for (const line of bytes) {
      let text: string;
      try {
        text = decoder.decode(line);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        throw broken('not-utf8', 'The file is not UTF-8 text.', error);
      }
      number += 1;
      if (number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
      yield { text, number, read };
    }
  }
  try {
    for await (const chunk of await decompressed(counted())) {
      signal.throwIfAborted();
      yield* texts(lines.add(chunk));
    }
    yield* texts(lines.rest());
  } catch (error) {
    // Browsers throw a TypeError if gzip data is incomplete or its checksum is wrong.
    if (error instanceof TypeError)
      throw broken('bad-gzip', 'The gzip data is incomplete or damaged.', error);
    throw error;
  }
}
