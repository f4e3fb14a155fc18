/** Figures, their targets, and how they are printed. */

export type Unit = 'ms' | 's' | 'accounts/s' | 'MB' | 'frames';

/** A figure, or the reason why there is none. */
export type Value = number | string | null;

export interface Promised {
  /** The printed form, such as `≤ 1.5 × floor`. */
  readonly words: string;
  /** Whether the target is met; `null` if that is unknown. */
  readonly kept: boolean | null;
}

/** One line of the table. */
export interface Line {
  readonly what: string;
  /** The size of the list; `null` if there is none. */
  readonly rows: number | null;
  readonly pageSize: number | null;
  readonly unit: Unit;
  readonly ours: Value;
  /** The same with one row per account, read into memory completely. */
  readonly baseline: Value;
  /** The least that the same work can take. */
  readonly floor: Value;
  readonly promised: readonly Promised[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('The median of no values is undefined.');
  return (low + high) / 2;
}

export function most(text: string, ours: Value, limit: Value): Promised {
  const known = typeof ours === 'number' && typeof limit === 'number';
  return { words: `≤ ${text}`, kept: known ? ours <= limit : null };
}

export function least(text: string, ours: Value, limit: Value): Promised {
  const known = typeof ours === 'number' && typeof limit === 'number';
  return { words: `≥ ${text}`, kept: known ? ours >= limit : null };
}

/** `value` times `factor`, plus `plus`, if the value is known. */
export function times(value: Value, factor: number, plus = 0): Value {
  return typeof value === 'number' ? value * factor + plus : value;
}

function formatValue(value: Value): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** `ours` divided by another value, as text. */
function ratio(ours: Value, other: Value): string {
  if (typeof ours !== 'number' || typeof other !== 'number' || other === 0) return '';
  return `${formatValue(ours / other)} ×`;
}

const MARKS = new Map<boolean | null, string>([
  [true, '✓'],
  [false, '✗'],
  [null, '?'],
]);

const HEAD = ['', 'accounts', 'page', '', 'ours', 'baseline', 'ours / b.', 'floor', 'ours / f.', 'target'];

function cells(line: Line): string[] {
  const { what, rows, pageSize, unit, ours, baseline, floor, promised } = line;
  return [
    what,
    rows === null ? '' : rows.toLocaleString('en'),
    pageSize === null ? '' : pageSize.toLocaleString('en'),
    unit,
    formatValue(ours),
    formatValue(baseline),
    ratio(ours, baseline),
    formatValue(floor),
    ratio(ours, floor),
    promised.map(({ words: text, kept }) => `${MARKS.get(kept) ?? '?'} ${text}`).join('  '),
  ];
}

const LEFT = new Set([0, 3, 9]);

/** The table for a terminal. */
export function printed(lines: readonly Line[]): string {
  const table = [HEAD, ...lines.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, at) => (LEFT.has(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table for the documentation. */
export function inMarkdown(lines: readonly Line[]): string {
  const row = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [
    row(HEAD),
    row(HEAD.map((_, at) => (LEFT.has(at) ? '---' : '---:'))),
    ...lines.map((line) => row(cells(line))),
  ].join('\n');
}
