/**
 * The lines of a backup's file, as it is or unpacked: gzipped, gzipped twice by a server or a mail program, or not at
 * all; ended by a line feed, or by what other systems end lines with. A line is handed over as soon as it is whole, and
 * has a bound: a file may be made to fill memory.
 */
import { MOST_ANSWER } from '../model/raw-response.ts';
import { chunksOf, streamOf } from './streams.ts';
import { BackupError, damaged } from './restore-error.ts';

/** Of a snapshot with the longest texts, each character escaped. Bytes. */
const LONGEST_OTHER = 8 * 1024 * 1024;
/**
 * What the writer can make of one answer. Of a page: a byte that is no UTF-8 becomes a character of three, and a text
 * may stand for two fields. Of an answer as it came: base64. And the names of the fields beside it.
 */
const LONGEST: readonly (readonly [string, number])[] = [
  ['{"page":', 6 * MOST_ANSWER + LONGEST_OTHER],
  ['{"fill":', 6 * MOST_ANSWER + LONGEST_OTHER],
  ['{"raw":', Math.ceil((4 / 3) * MOST_ANSWER) + LONGEST_OTHER],
];

/** A backup that was compressed again by whoever passed it on; nobody does that more often. */
const MOST_LAYERS = 3;

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = '\uFEFF';

export interface LineSource {
  readonly size: number;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Bytes of the file read so far, about. */
  readonly read: number;
}

function longestLike(parts: readonly Uint8Array[]): number {
  const [begin] = parts;
  const text = begin === undefined ? '' : String.fromCharCode(...begin.subarray(0, 16));
  return LONGEST.find(([start]) => text.startsWith(start))?.[1] ?? LONGEST_OTHER;
}

/** Whole lines out of chunks. */
class Splitter {
  #parts: Uint8Array[] = [];
  #size = 0;

  *take(chunk: Uint8Array): Generator<Uint8Array> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      yield this.#line(chunk.subarray(from, at));
      from = at + 1;
    }
    if (from < chunk.length) {
      this.#parts.push(chunk.slice(from));
      this.#size += chunk.length - from;
      if (this.#size > LONGEST_OTHER && this.#size > longestLike(this.#parts)) {
        throw new BackupError('too-large', 'A line is too long.');
      }
    }
  }

  /** What no line feed ended, if anything. */
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
    return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
  }
}

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, undefined>;

/** Whether bytes begin as gzip does (RFC 1952 § 2.3.1). */
function isGzip(begin: Uint8Array): boolean {
  return begin[0] === 0x1f && begin[1] === 0x8b;
}

/** The chunks with the first two bytes looked at. */
async function begun(chunks: Chunks): Promise<{ readonly begin: Uint8Array; readonly chunks: Chunks }> {
  let begin: Uint8Array<ArrayBuffer> = new Uint8Array();
  while (begin.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    const whole = new Uint8Array(begin.length + next.value.length);
    whole.set(begin);
    whole.set(next.value, begin.length);
    begin = whole;
  }
  async function* again(): Chunks {
    try {
      if (begin.length > 0) yield begin;
      yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
    return undefined;
  }
  return { begin, chunks: again() };
}

/** The bytes of the lines, out of however many layers of gzip. */
async function unpacked(file: Chunks): Promise<Chunks> {
  let { begin, chunks } = await begun(file);
  for (let layer = 0; isGzip(begin); layer += 1) {
    if (layer === MOST_LAYERS) throw new BackupError('not-a-backup', 'Too many layers of gzip.');
    ({ begin, chunks } = await begun(
      chunksOf(streamOf(chunks).pipeThrough(new DecompressionStream('gzip'))),
    ));
  }
  return chunks;
}

/**
 * Reads a file of lines.
 * @throws BackupTrouble `not-a-backup` when it is no text from its start, `damaged` when it is broken within,
 *   `too-large` when a line is longer than any that is ever written; what reading the file throws
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
  /** In a file whose first line was none of ours, no line is to blame. */
  const broken = (fault: 'bad-gzip' | 'not-utf8', detail: string, cause: unknown): BackupError => {
    if (number === 0) return new BackupError('not-a-backup', detail, { cause });
    const trouble = damaged(fault, detail, cause);
    trouble.line = number + 1;
    return trouble;
  };
  const lines = new Splitter();
  function* texts(bytes: Iterable<Uint8Array>): Generator<Line> {
    for (const line of bytes) {
      let text: string;
      try {
        text = decoder.decode(line);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        throw broken('not-utf8', 'It is no UTF-8 text.', error);
      }
      number += 1;
      if (number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
      yield { text, number, read };
    }
  }
  try {
    for await (const chunk of await unpacked(counted())) {
      signal.throwIfAborted();
      yield* texts(lines.take(chunk));
    }
    yield* texts(lines.rest());
  } catch (error) {
    // Browsers say with a TypeError that gzip was cut off, or does not match its own check.
    if (error instanceof TypeError) throw broken('bad-gzip', 'It is no whole gzip file.', error);
    throw error;
  }
}
