/** Writes lines of bytes from columns. Parts that are the same in all lines of a batch are encoded only once. */
import type { Batch } from '../rows/batch.ts';
import type { Column, ExportSource, Values } from '../rows/columns.ts';
import { MIN_BUFFER, Output } from './byte-buffer.ts';

/** A part of each line: either constant bytes or a function that writes it. */
export type LinePart = Uint8Array<ArrayBuffer> | ((line: number) => void);

/** Writes values, by type. For `null`, the bytes of `nothing` are written. */
export interface ValueWriters {
  readonly nothing: Uint8Array<ArrayBuffer>;
  readonly text: (output: Output, value: string) => void;
  readonly count: (output: Output, value: number) => void;
  readonly flag: (output: Output, value: boolean) => void;
  readonly time: (output: Output, value: number) => void;
}

const encoder = new TextEncoder();

/** Encodes a constant part of each line. */
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

/** The bytes that a function writes. */
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

/** Returns a function that creates the line parts of columns. Values that all accounts share are encoded only once. */
export function createPartWriter(
  output: Output,
  source: ExportSource,
  writers: ValueWriters,
): (column: Column, batch: Batch) => LinePart {
  const known = new Map<string, { readonly value: unknown; readonly bytes: Uint8Array<ArrayBuffer> }>();

  function partOf<T>(name: string, values: Values<T>, write: (output: Output, value: T) => void): LinePart {
    const { nothing } = writers;
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
        return partOf(column.name, column.values(batch, source), writers.text);
      case 'count':
        return partOf(column.name, column.values(batch, source), writers.count);
      case 'flag':
        return partOf(column.name, column.values(batch, source), writers.flag);
      case 'time':
        return partOf(column.name, column.values(batch, source), writers.time);
    }
  };
}

/** Writes `count` lines, each consisting of the parts in order. */
export function writeLines(output: Output, count: number, parts: readonly LinePart[]): void {
  const merged: LinePart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part !== 'function' && last !== undefined && typeof last !== 'function') {
      merged[merged.length - 1] = joined([last, part]);
    } else merged.push(part);
  }
  for (let line = 0; line < count; line += 1) {
    for (const part of merged) {
      if (typeof part === 'function') part(line);
      else output.bytes(part);
    }
  }
}
