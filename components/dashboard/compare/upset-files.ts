/** The overlap of lists as an SVG file, and as CSV. Pure. */
import { csvField } from '../../audience/facets-csv.ts';
import {
  cut,
  framedSvg,
  PADDING,
  rect,
  svgText,
  TOP,
  WIDTH,
  type PlotLook,
  type PlotText,
} from '../../audience/plot-svg.ts';
import { degreeOf, listsIn } from '../../../lib/sets/overlap.ts';
import type { Bound, Combination, ComparedList } from './combinations.ts';

const ROW = 20;
const STEP = 14;
const RADIUS = 4;
const GAP = 12;
const COUNTS = 76;

function dot(x: number, y: number, fill: string): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${String(RADIUS)}" fill="${fill}"/>`;
}

interface Drawn {
  readonly lists: readonly ComparedList[];
  readonly combinations: readonly Combination[];
  readonly write: (combination: Combination) => string;
}

/** Draws the combinations, and below them the names of the lists. */
export function upsetSvg({ lists, combinations, write }: Drawn, texts: PlotText, look: PlotLook): string {
  const left = PADDING + lists.length * STEP + GAP;
  const width = WIDTH - PADDING - COUNTS - left;
  const most = combinations.reduce((largest, { count }) => Math.max(largest, count), 1);
  const xOf = (list: number): number => PADDING + (list + 0.5) * STEP;
  const head = lists.map((_, list) =>
    svgText(xOf(list), TOP + 12, look.muted, String(list + 1), { size: 9, anchor: 'middle' }),
  );
  const rows = combinations.map((combination, row) => {
    const y = TOP + (row + 1.5) * ROW;
    const within = listsIn(combination.mask);
    const [first, last] = [xOf(within[0] ?? 0), xOf(within.at(-1) ?? 0)];
    return [
      ...lists.map((_, list) => dot(xOf(list), y, look.divider)),
      rect(first, y - 1, last - first, 2, look.text),
      ...within.map((list) => dot(xOf(list), y, look.text)),
      rect(left, y - 6, (width * combination.count) / most, 12, look.bar),
      svgText(WIDTH - PADDING, y + 4, look.text, write(combination), { anchor: 'end' }),
    ].join('');
  });
  const below = TOP + (combinations.length + 1) * ROW + GAP;
  const names = lists.map(({ title }, list) =>
    svgText(PADDING, below + (list + 1) * ROW - 4, look.muted, cut(`${String(list + 1)}  ${title}`, 90)),
  );
  const height = (combinations.length + 1 + lists.length) * ROW + GAP;
  return framedSvg([...head, ...rows, ...names].join(''), height, texts, look);
}

const HOLDS: Readonly<Record<Bound, string>> = {
  exact: 'exact',
  atLeast: 'at_least',
  collected: 'of_what_was_collected',
};

/**
 * One row per combination, with a column for each list: 1 if the combination has it. UTF-8 with a byte order mark, so that
 * Excel recognizes it.
 * @param parts the combinations, some at a time
 */
export function* overlapCsv(
  lists: readonly ComparedList[],
  parts: Iterable<readonly Combination[]>,
): Generator<string> {
  const header = ['accounts', 'holds', 'lists', ...lists.map(({ title }) => csvField(title))];
  yield `\uFEFF${header.join(',')}\r\n`;
  for (const part of parts) yield part.map((combination) => csvLine(lists, combination)).join('');
}

function csvLine(lists: readonly ComparedList[], { mask, count, bound }: Combination): string {
  const cells = [
    String(count),
    HOLDS[bound],
    String(degreeOf(mask)),
    ...lists.map((_, list) => ((mask & (1 << list)) === 0 ? '0' : '1')),
  ];
  return `${cells.join(',')}\r\n`;
}
