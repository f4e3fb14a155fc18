/** Paints a fingerprint, and summarizes it as a table. */
import type { Fingerprint } from '../../lib/insight/answers.ts';

/** The color of a CSS variable as numbers. */
function colorOf(name: string): readonly [number, number, number] {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const value = /^#[0-9a-f]{6}$/i.test(hex) ? parseInt(hex.slice(1), 16) : 0x808080;
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** The faintest visible point. A single account must be seen beside thousands. */
const LEAST_OPACITY = 0.4;

/** Paints each point with an opacity that grows with the logarithm of its count. */
export function paintDensity(
  canvas: HTMLCanvasElement,
  { columns, rows, density, largest }: Fingerprint,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const picture = context.createImageData(columns, rows);
  const [red, green, blue] = colorOf('--category-1');
  const scale = largest <= 1 ? 0 : (1 - LEAST_OPACITY) / Math.log(largest);
  density.forEach((count, at) => {
    if (count === 0) return;
    const opacity = LEAST_OPACITY + scale * Math.log(count);
    picture.data.set([red, green, blue, Math.round(255 * opacity)], 4 * at);
  });
  context.putImageData(picture, 0, 0);
}

const PARTS = 10;

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface CoarseCounts {
  readonly columns: readonly Span[];
  readonly rows: readonly (Span & { readonly counts: readonly number[] })[];
}

/** The part of a span with this number, from the start. */
function partOf({ from, to }: Span, part: number): Span {
  const size = (to + 1 - from) / PARTS;
  return { from: Math.round(from + part * size), to: Math.round(from + (part + 1) * size) - 1 };
}

/** The counts of a fingerprint in ten by ten fields, the latest creation first. */
export function coarseCounts({ columns, rows, density, across, created }: Fingerprint): CoarseCounts {
  const counts = Array.from({ length: PARTS }, () => new Array<number>(PARTS).fill(0));
  density.forEach((count, at) => {
    if (count === 0) return;
    const row = counts[Math.floor((Math.floor(at / columns) * PARTS) / rows)];
    const column = Math.floor(((at % columns) * PARTS) / columns);
    if (row !== undefined) row[column] = (row[column] ?? 0) + count;
  });
  return {
    columns: Array.from({ length: PARTS }, (_, part) => partOf(across, part)),
    rows: counts.map((row, index) => ({ ...partOf(created, PARTS - 1 - index), counts: row })),
  };
}
