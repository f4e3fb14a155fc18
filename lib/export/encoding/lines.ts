/** Lines of bytes out of columns: what is the same in all lines of a batch is put together once. */
import type { Batch } from '../rows/batch.ts';
import type { Column, ExportSource, Values } from '../rows/columns.ts';
import { MIN_BUFFER, Output } from './byte-buffer.ts';

/** A part of each line: the same bytes for all of them, or what writes it. */
export type LinePart = Uint8Array<ArrayBuffer> | ((line: number) => void);

/** How values are written, by type. None is asked about `null`, which is `nothing`. */
export interface ValueWriters {
  readonly nothing: Uint8Array<ArrayBuffer>;
  readonly text: (output: Output, value: string) => void;
  readonly count: (output: Output, value: number) => void;
  readonly flag: (output: Output, value: boolean) => void;
  readonly time: (output: Output, value: number) => void;
}

const encoder = new TextEncoder();

/** A part of each line that is known from the start. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The bytes that something writes. */
function bytesOf(write: (output: Output) => void): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const output = new Output({
    write: (bytes) => parts.push(bytes),
    buffer: () => new Uint8Array(MIN_BUFFER),
  });
  write(output);
  output.flush();
  return joined(parts);
}

/** Makes the pieces of columns. What all accounts of a list share is put into bytes once. */
export function createPartWriter(
  output: Output,
  source: ExportSource,
  script: ValueWriters,
): (column: Column, batch: Batch) => LinePart {
  const known = new Map<string, { readonly value: unknown; readonly bytes: Uint8Array<ArrayBuffer> }>();

  function piece<T>(name: string, values: Values<T>, write: (output: Output, value: T) => void): LinePart {
    const { nothing } = script;
    if (values.kind === 'each') {
      const each = values.values;
      return (line) => {
        const value = each[line];
        if (value === null || value === undefined) output.bytes(nothing);
        else write(output, value);
      };
    }
    const { value } = values;
    if (value === null) return nothing;
    const before = known.get(name);
    if (before?.value === value) return before.bytes;
    const bytes = bytesOf((into) => {
      write(into, value);
    });
    known.set(name, { value, bytes });
    return bytes;
  }

  return (column, batch) => {
    switch (column.type) {
      case 'text':
        return piece(column.name, column.values(batch, source), script.text);
      case 'count':
        return piece(column.name, column.values(batch, source), script.count);
      case 'flag':
        return piece(column.name, column.values(batch, source), script.flag);
      case 'time':
        return piece(column.name, column.values(batch, source), script.time);
    }
  };
}

/** Writes `count` lines, each made of its pieces in order. */
export function writeLines(output: Output, count: number, pieces: readonly LinePart[]): void {
  const merged: LinePart[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece !== 'function' && last !== undefined && typeof last !== 'function') {
      merged[merged.length - 1] = joined([last, piece]);
    } else merged.push(piece);
  }
  for (let line = 0; line < count; line += 1) {
    for (const piece of merged) {
      if (typeof piece === 'function') piece(line);
      else output.bytes(piece);
    }
  }
}
