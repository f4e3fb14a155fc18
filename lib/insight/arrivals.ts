/**
 * Counts arrivals per day, week, or month. An account counts in the middle of the times between which it followed, and
 * only if these are no further apart than the unit; others are not known that precisely. Pure.
 */
import type { LoadedSegment } from '../lists/loaded.ts';
import type { FacetResult } from './answers.ts';
import { dayOf, dayRange, firstDayOfWeek, monthOf, monthRange, weekOf } from './bins.ts';
import type { Counter, CounterContext } from './counters.ts';
import type { ArrivalUnit, FacetName } from './facets.ts';
import { numberReader } from './readers.ts';
import { increase, inOrder } from './sparse.ts';

const DAY = 86_400_000;

interface Unit {
  /** The longest time between the two bounds, milliseconds. */
  readonly precision: number;
  readonly binOf: (time: number) => number;
  readonly range: (bin: number) => { readonly from: number; readonly to: number };
}

const UNITS: Readonly<Record<ArrivalUnit, Unit>> = {
  day: { precision: DAY, binOf: dayOf, range: (day) => dayRange(day, 1) },
  week: {
    precision: 7 * DAY,
    binOf: (time) => weekOf(dayOf(time)),
    range: (week) => dayRange(firstDayOfWeek(week), 7),
  },
  month: { precision: 28 * DAY, binOf: (time) => monthOf(dayOf(time)), range: monthRange },
};

/** A counter of arrivals. Without follow times nothing is known. */
export function arrivals(name: FacetName, { arrivals: unit }: Pick<CounterContext, 'arrivals'>): Counter {
  const { precision, binOf, range } = UNITS[unit];
  const bins = new Map<number, number>();
  let total = 0;
  let known = 0;
  return {
    add(segment: LoadedSegment, rows) {
      total += rows.length;
      const after = numberReader(segment.values('followedAfter'));
      const before = numberReader(segment.values('followedBefore'));
      for (const at of rows) {
        const [from, to] = [after(at), before(at)];
        // Comparisons with NaN are false.
        if (!(to - from <= precision)) continue;
        known += 1;
        increase(bins, binOf((from + to) / 2));
      }
    },
    results: (): readonly FacetResult[] => [
      {
        name,
        total,
        known,
        distinct: null,
        bars: inOrder(bins).map(([bin, count]) => {
          const { from, to } = range(bin);
          return { key: String(from), spelled: String(from), from, to, count };
        }),
      },
    ],
  };
}
