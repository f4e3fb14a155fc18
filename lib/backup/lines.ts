/**
 * The lines of a gzipped file, with a bound on everything: a file may be made to fill memory. A line is handed over as
 * soon as it is whole.
 */
import { BackupTrouble } from './trouble.ts';

/** A page of the largest answer that is ever accepted takes less. Bytes. */
const LONGEST_LINE = 96 * 1024 * 1024;
/** Lists shrink to a sixth or so. What unfolds to more than this many times its size is made to do harm. */
const MOST_UNFOLDED = 200;
/** Small files may unfold by more. Bytes. */
const ALWAYS_ALLOWED = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;

export interface LineSource {
  readonly size: number;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
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
      if (this.#size > LONGEST_LINE) throw new BackupTrouble('too-large', 'A line is too long.');
    }
  }

  /** Whether something is left that no line feed ended. */
  get hasRest(): boolean {
    return this.#size > 0;
  }

  #line(end: Uint8Array): Uint8Array {
    if (this.#size === 0) return end;
    const whole = new Uint8Array(this.#size + end.length);
    let at = 0;
    for (const part of [...this.#parts, end]) {
      whole.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    this.#size = 0;
    return whole;
  }
}

export interface Line {
  readonly text: string;
  /** Compressed bytes of the file read so far, about. */
  readonly read: number;
}

/**
 * Reads a gzipped file of lines.
 * @throws BackupTrouble `not-a-backup` when it is no gzip or no text from its start, `damaged` when it ends before its
 *   end or is broken within, `too-large` when it unfolds to more than any backup does
 */
export async function* readLines(file: LineSource, signal: AbortSignal): AsyncGenerator<Line> {
  let read = 0;
  let unfolded = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      read += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const reader = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream('gzip')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines = new Splitter();
  const broken = (detail: string, cause?: unknown): BackupTrouble =>
    new BackupTrouble(unfolded === 0 ? 'not-a-backup' : 'damaged', detail, { cause });
  try {
    for (;;) {
      signal.throwIfAborted();
      const chunk = await reader.read().catch((error: unknown) => {
        // Browsers say with a TypeError that it is no gzip, was cut off, or does not match its own check.
        if (error instanceof TypeError) throw broken('It is no whole gzip file.', error);
        throw error;
      });
      if (chunk.done) break;
      unfolded += chunk.value.length;
      if (unfolded > ALWAYS_ALLOWED && unfolded > MOST_UNFOLDED * file.size) {
        throw new BackupTrouble('too-large', 'It unfolds to far more than a backup does.');
      }
      for (const line of lines.take(chunk.value)) {
        let text: string;
        try {
          text = decoder.decode(line);
        } catch (error) {
          if (error instanceof TypeError) throw broken('It is no UTF-8 text.', error);
          throw error;
        }
        yield { text, read };
      }
    }
    if (lines.hasRest || unfolded === 0) throw broken('Its last line has no end.');
  } finally {
    // The rest is not read when somebody had enough.
    await reader.cancel().catch((error: unknown) => {
      console.debug('The rest of the file was broken too.', error instanceof Error ? error.name : '');
    });
  }
}
