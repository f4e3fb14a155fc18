/** Prepares bars for plots: fills gaps, and groups months into quarters or years. Pure. */
import type { Bar } from '../../lib/insight/answers.ts';
import { COUNT_EDGES, lastOfBin } from '../../lib/insight/bins.ts';
import { facetOf, type ArrivalUnit, type FacetName } from '../../lib/insight/facets.ts';

const DAY = 86_400_000;
/** More bars than this would be too narrow. */
const MAX_BARS = 96;

function barOf(from: number, to: number | null, count: number): Bar {
  return { key: String(from), spelled: String(from), from, to, count };
}

function withEmptyCounts(bars: readonly Bar[]): readonly Bar[] {
  const counts = new Map(bars.map(({ from, count }) => [from, count]));
  const last = bars.at(-1)?.from ?? 0;
  return COUNT_EDGES.flatMap((edge, bin) =>
    edge > last ? [] : [barOf(edge, lastOfBin(bin), counts.get(edge) ?? 0)],
  );
}

function monthIndex(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Groups bars of months by 1, 3, or 12 months, and fills the gaps. */
function byMonths(bars: readonly Bar[]): readonly Bar[] {
  const months = bars.map(({ from, count }) => ({ month: monthIndex(from ?? 0), count }));
  const first = months[0]?.month ?? 0;
  const last = months.at(-1)?.month ?? first;
  const size = [1, 3, 12].find((one) => (last - first) / one < MAX_BARS) ?? 12;
  const start = Math.floor(first / size);
  const counts = new Map<number, number>();
  for (const { month, count } of months) {
    const group = Math.floor(month / size);
    counts.set(group, (counts.get(group) ?? 0) + count);
  }
  return Array.from({ length: Math.floor(last / size) - start + 1 }, (_, index) => {
    const group = start + index;
    return barOf(utcMonth(group * size), utcMonth((group + 1) * size) - 1, counts.get(group) ?? 0);
  });
}

/** The first moment of a month that is counted from year 0. */
function utcMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}

function byDays(bars: readonly Bar[], days: number): readonly Bar[] {
  const first = bars[0]?.from ?? 0;
  const last = bars.at(-1)?.from ?? first;
  const counts = new Map(bars.map(({ from, count }) => [from, count]));
  const step = days * DAY;
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => {
    const from = first + index * step;
    return barOf(from, from + step - 1, counts.get(from) ?? 0);
  });
}

/** The bars of a plot, without gaps. */
export function plotBars(name: FacetName, bars: readonly Bar[], unit: ArrivalUnit): readonly Bar[] {
  if (bars.length === 0) return bars;
  switch (facetOf(name).kind) {
    case 'counts':
      return withEmptyCounts(bars);
    case 'months':
      return byMonths(bars);
    case 'arrivals':
      return unit === 'month' ? byMonths(bars) : byDays(bars, unit === 'week' ? 7 : 1);
    default:
      return bars;
  }
}

/** Whether a facet is drawn as columns along an axis; others are rows with labels. */
export function isAlongAxis(name: FacetName): boolean {
  return ['counts', 'months', 'arrivals'].includes(facetOf(name).kind);
}
