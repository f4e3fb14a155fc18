/** Counts one facet over segments. Pure. */
import {
  FLAG_SHIFTS,
  NO,
  NOT_STATED,
  YES,
  type FlagName,
  type NumberColumn,
  type ValueColumn,
} from '../lists/columns.ts';
import type { LoadedSegment } from '../lists/loaded.ts';
import { UNKNOWN_WHOLE } from '../store/derived.ts';
import type { FacetResult } from './answers.ts';
import { arrivals } from './arrivals.ts';
import { COUNT_EDGES, countBin, dayOf, lastOfBin, monthOf, monthRange } from './bins.ts';
import { increase, inOrder } from './sparse.ts';
import { facetOf, type ArrivalUnit, type FacetName } from './facets.ts';
import { handleShapes, shapeIndexOf } from './handle-shape.ts';
import { codeReader, numberReader } from './readers.ts';
import type { RuleContext } from './rules.ts';
import type { TermKind } from './terms.ts';
import { Tally, type Vocabulary } from './vocabulary.ts';

/** How many of the most frequent values a facet has. */
const TOP = 50;

export interface Counter {
  /** @param rows the accounts to count, as places in the segment */
  add(segment: LoadedSegment, rows: Uint16Array): void;
  results(): readonly FacetResult[];
}

/** What counters share. */
export interface CounterContext extends Pick<RuleContext, 'stated'> {
  readonly vocabularyOf: (column: 'terms' | ValueColumn) => Vocabulary;
  readonly arrivals: ArrivalUnit;
}

function bar(
  key: string,
  from: number | null,
  to: number | null,
  count: number,
): FacetResult['bars'][number] {
  return { key, spelled: key, from, to, count };
}

function counts(name: FacetName, column: NumberColumn): Counter {
  const bins = new Uint32Array(COUNT_EDGES.length);
  let total = 0;
  let known = 0;
  return {
    add(segment, rows) {
      total += rows.length;
      const values = segment.values(column);
      if (values.kind !== 'numbers') return;
      const { of } = values;
      const unknown = of instanceof Uint32Array ? UNKNOWN_WHOLE : NaN;
      for (const at of rows) {
        const value = of[at] ?? NaN;
        if (value === unknown || Number.isNaN(value)) continue;
        known += 1;
        const bin = countBin(value);
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
    },
    results: () => [
      {
        name,
        total,
        known,
        distinct: null,
        bars: Array.from(bins, (count, bin) =>
          bar(String(COUNT_EDGES[bin] ?? 0), COUNT_EDGES[bin] ?? 0, lastOfBin(bin), count),
        ).filter(({ count }) => count > 0),
      },
    ],
  };
}

/** Months from 1970 to 2105 are counted in an array. */
const DENSE_MONTHS = 136 * 12;

function months(name: FacetName): Counter {
  const dense = new Uint32Array(DENSE_MONTHS);
  const others = new Map<number, number>();
  let total = 0;
  let known = 0;
  return {
    add(segment, rows) {
      total += rows.length;
      const read = numberReader(segment.values('createdAt'));
      for (const at of rows) {
        const value = read(at);
        if (Number.isNaN(value)) continue;
        known += 1;
        const month = monthOf(dayOf(value));
        if (month >= 0 && month < DENSE_MONTHS) dense[month] = (dense[month] ?? 0) + 1;
        else increase(others, month);
      }
    },
    results: () => {
      dense.forEach((count, month) => {
        if (count > 0) others.set(month, count);
      });
      const bars = inOrder(others).map(([month, count]) => {
        const { from, to } = monthRange(month);
        return bar(String(from), from, to, count);
      });
      return [{ name, total, known, distinct: null, bars }];
    },
  };
}

function yesNo(name: FacetName, codeOf: (segment: LoadedSegment) => (at: number) => number): Counter {
  const codes = new Uint32Array(4);
  let total = 0;
  return {
    add(segment, rows) {
      total += rows.length;
      const read = codeOf(segment);
      for (const at of rows) {
        const code = read(at);
        codes[code] = (codes[code] ?? 0) + 1;
      }
    },
    results: () => {
      const [yes, no] = [codes[YES] ?? 0, codes[NO] ?? 0];
      const bars = [bar('yes', null, null, yes), bar('no', null, null, no)].filter(({ count }) => count > 0);
      return [{ name, total, known: yes + no, distinct: null, bars }];
    },
  };
}

function flag(name: FacetName, of: FlagName, { stated }: Pick<CounterContext, 'stated'>): Counter {
  const isOmittedNo = (of === 'bio' && stated.bio) || (of === 'website' && stated.website);
  return yesNo(name, (segment) => {
    const read = codeReader(segment.values('flags'));
    const shift = FLAG_SHIFTS[of];
    return (at) => {
      const code = (read(at) >>> shift) & 3;
      return code === NOT_STATED && isOmittedNo ? NO : code;
    };
  });
}

function values(name: FacetName, column: ValueColumn, vocabulary: Vocabulary): Counter {
  const tally = new Tally();
  let total = 0;
  let known = 0;
  return {
    add(segment, rows) {
      total += rows.length;
      const stored = segment.values(column);
      if (stored.kind !== 'values') return;
      const { words, of } = stored;
      const local = new Uint32Array(words.count + 1);
      for (const at of rows) {
        const number = of[at] ?? 0;
        local[number] = (local[number] ?? 0) + 1;
      }
      known += rows.length - (local[0] ?? 0);
      tally.add(local.subarray(1), vocabulary.numbersOf(segment.segment, words), vocabulary.size);
    },
    results: () => {
      const all = (): boolean => true;
      const bars = tally
        .top(vocabulary, TOP, all)
        .map(({ key, spelled, count }) => ({ ...bar(key, null, null, count), spelled }));
      return [{ name, total, known, distinct: tally.distinct(all), bars }];
    },
  };
}

/** Counts accounts per term. The facets of all kinds of terms share one pass. */
export function terms(names: Readonly<Record<TermKind, FacetName>>, vocabulary: Vocabulary): Counter {
  const tally = new Tally();
  let total = 0;
  let known = 0;
  return {
    add(segment, rows) {
      total += rows.length;
      const has = codeReader(segment.values('flags'));
      for (const at of rows) if (((has(at) >>> FLAG_SHIFTS.bio) & 3) === YES) known += 1;
      const stored = segment.values('terms');
      if (stored.kind !== 'terms') return;
      const { words, starts, of } = stored;
      const local = new Uint32Array(words.count);
      for (const at of rows) {
        const to = starts[at + 1] ?? 0;
        for (let place = starts[at] ?? 0; place < to; place += 1) {
          const number = of[place] ?? 0;
          local[number] = (local[number] ?? 0) + 1;
        }
      }
      tally.add(local, vocabulary.numbersOf(segment.segment, words), vocabulary.size);
    },
    results: () =>
      (Object.keys(names) as TermKind[]).map((kind) => {
        const accepts = (number: number): boolean => vocabulary.kindOf(number) === kind;
        const bars = tally.top(vocabulary, TOP, accepts).map(({ key, count }) => bar(key, null, null, count));
        return { name: names[kind], total, known, distinct: tally.distinct(accepts), bars };
      }),
  };
}

function shapes(name: FacetName): Counter {
  const bins = new Uint32Array(handleShapes.length + 1);
  let total = 0;
  return {
    add(segment, rows) {
      total += rows.length;
      const read = codeReader(segment.values('handleShape'));
      for (const at of rows) {
        const bin = shapeIndexOf(read(at)) + 1;
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
    },
    results: () => [
      {
        name,
        total,
        known: total - (bins[0] ?? 0),
        distinct: null,
        bars: handleShapes
          .map((shape, at) => bar(shape, null, null, bins[at + 1] ?? 0))
          .filter(({ count }) => count > 0),
      },
    ],
  };
}

/** A counter of one facet; terms have {@link terms}. */
export function counterOf(name: FacetName, context: CounterContext): Counter | null {
  const facet = facetOf(name);
  switch (facet.kind) {
    case 'counts':
      return counts(name, facet.column);
    case 'months':
      return months(name);
    case 'arrivals':
      return arrivals(name, context);
    case 'flag':
      return flag(name, facet.flag, context);
    case 'picture':
      return yesNo(name, (segment) => codeReader(segment.values('picture')));
    case 'values':
      return values(name, `value:${facet.field}`, context.vocabularyOf(`value:${facet.field}`));
    case 'shapes':
      return shapes(name);
    case 'terms':
      return null;
  }
}
