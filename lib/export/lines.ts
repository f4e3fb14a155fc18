/** Lines of text out of columns: what is the same in all lines of a batch is put together once. */
import type { Batch } from './batch.ts';
import type { Column, ExportSource, Values } from './columns.ts';

/** A part of each line: one text for each of them, or one for all. */
export type Piece = readonly string[] | string;

/** How values are written, by type. None is asked about `null`, which is `nothing`. */
export interface Script {
  readonly nothing: string;
  readonly text: (value: string) => string;
  readonly count: (value: number) => string;
  readonly flag: (value: boolean) => string;
  readonly time: (value: number) => string;
}

function written<T>({ nothing }: Script, values: Values<T>, write: (value: T) => string): Piece {
  if (values.kind === 'same') return values.value === null ? nothing : write(values.value);
  return values.values.map((value) => (value === null ? nothing : write(value)));
}

/** A column's values as text. */
export function pieceOf(column: Column, batch: Batch, source: ExportSource, script: Script): Piece {
  switch (column.type) {
    case 'text':
      return written(script, column.values(batch, source), script.text);
    case 'count':
      return written(script, column.values(batch, source), script.count);
    case 'flag':
      return written(script, column.values(batch, source), script.flag);
    case 'time':
      return written(script, column.values(batch, source), script.time);
  }
}

/** So many lines are put together before they are encoded: some hundred kilobytes. */
const TOGETHER = 512;

/** Writes `count` lines, each made of its pieces in order. */
export function writeLines(count: number, pieces: readonly Piece[], write: (text: string) => void): void {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  let text = '';
  for (let line = 0; line < count; line += 1) {
    for (const piece of merged) text += typeof piece === 'string' ? piece : (piece[line] ?? '');
    if (line % TOGETHER === TOGETHER - 1) {
      write(text);
      text = '';
    }
  }
  write(text);
}

/** Epoch milliseconds as ISO 8601 in UTC. The last one is remembered: all accounts of a page share theirs. */
export function isoTimes(): (time: number) => string {
  let last = NaN;
  let text = '';
  return (time) => {
    if (time !== last) {
      text = new Date(time).toISOString();
      last = time;
    }
    return text;
  };
}
