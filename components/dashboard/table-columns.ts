/** The table's columns: their order and their widths. Pure. */
import type { Field } from '../lists/fields.ts';

/** Widths of the columns that every table begins with, in pixels: the checkbox and the position. */
export const SELECT = 36;
const POSITION = 64;

/** The narrowest and widest column, and the step of the keys, in pixels. */
const NARROWEST = 56;
const WIDEST = 800;
export const STEP = 16;

export type Widths = Readonly<Record<string, number>>;

/** A width that a column can have. Stored widths may be any number. */
export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, NARROWEST), WIDEST));
}

/** The chosen width of a column; `null` if it has its default. */
export function chosenWidth(key: string, widths: Widths): number | null {
  const width = Object.hasOwn(widths, key) ? widths[key] : undefined;
  return width === undefined || Number.isNaN(width) ? null : clampWidth(width);
}

export function withWidth(widths: Widths, key: string, width: number | null): Record<string, number> {
  const others = Object.entries(widths).filter(([name]) => name !== key);
  return Object.fromEntries(width === null ? others : [...others, [key, clampWidth(width)]]);
}

/** The columns as a CSS grid template, and the table's least width in pixels. Chosen widths don't grow. */
export function gridOf(
  fields: readonly Field[],
  widths: Widths,
): { readonly columns: string; readonly least: number } {
  const tracks = fields.map(({ key, width, grows }) => {
    const chosen = chosenWidth(key, widths);
    if (chosen !== null) return { least: chosen, track: `${String(chosen)}px` };
    const track = grows === 0 ? `${String(width)}px` : `minmax(${String(width)}px, ${String(grows)}fr)`;
    return { least: width, track };
  });
  return {
    columns: [`${String(SELECT)}px`, `${String(POSITION)}px`, ...tracks.map(({ track }) => track)].join(' '),
    least: tracks.reduce((sum, { least }) => sum + least, SELECT + POSITION),
  };
}

/** The columns with one at another place; the same ones if it is there already. */
export function moveColumn(keys: readonly string[], key: string, to: number): readonly string[] {
  const from = keys.indexOf(key);
  const at = Math.min(Math.max(0, to), keys.length - 1);
  if (from < 0 || from === at) return keys;
  const others = keys.filter((one) => one !== key);
  return [...others.slice(0, at), key, ...others.slice(at)];
}

/** The boxes of headers, as far as dragging needs them. */
export interface HeaderBox {
  readonly key: string;
  readonly left: number;
  readonly right: number;
}

/**
 * Where a dragged column goes: the column under the pointer, or the nearest one.
 * @returns its index among the boxes; -1 without boxes
 */
export function dropIndex(boxes: readonly HeaderBox[], x: number): number {
  const distance = ({ left, right }: HeaderBox): number => Math.max(left - x, x - right, 0);
  return boxes.reduce(
    (best, box, at) => (best < 0 || distance(box) < distance(boxes[best] ?? box) ? at : best),
    -1,
  );
}
