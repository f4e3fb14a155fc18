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

/** So many lines are put together before they are encoded: few, for most lines are in Latin letters, and quick alone. */
const TOGETHER = 8;

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

const DAY = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
/** More days than an account can have been created on; what is older is forgotten then. */
const MOST_DAYS = 20_000;

/** Epoch milliseconds as ISO 8601 in UTC, as `toISOString` says it; days are remembered, which is what takes it long. */
export function isoTimes(): (time: number) => string {
  const days = new Map<number, string>();
  let last = NaN;
  let text = '';
  return (time) => {
    // All accounts of a page share when it was collected.
    if (time === last) return text;
    const day = Math.floor(time / DAY);
    let date = days.get(day);
    if (date === undefined) {
      date = new Date(day * DAY).toISOString().slice(0, -13);
      if (days.size > MOST_DAYS) days.clear();
      days.set(day, date);
    }
    const within = Math.trunc(time - day * DAY);
    const seconds = Math.floor(within / 1000);
    const two = (n: number): string => TWO[n] ?? '';
    last = time;
    text = `${date}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(within % 1000).padStart(3, '0')}Z`;
    return text;
  };
}
