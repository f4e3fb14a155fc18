/** The bins of plots. Each can be reproduced by one query in any database. Pure. */

const DAY = 86_400_000;
/** 1 January 1970 was a Thursday; weeks begin on Monday, as in ISO 8601. */
const MONDAY_OFFSET = 3;
const WEEK = 7;

/** The first count of each bin: 0, 1, 2, 5, 10, 20, 50, … The last bin has no end. */
export const COUNT_EDGES: readonly number[] = [
  0,
  ...Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat(),
];

/** The bin at which the search for a count with so many leading zeros (of 32 bits) begins. */
const FIRST_OF_BITS = Uint8Array.from({ length: 33 }, (_, zeros) =>
  binByScan(zeros === 32 ? 0 : 2 ** (31 - zeros)),
);

function binByScan(count: number): number {
  let bin = 0;
  while (bin + 1 < COUNT_EDGES.length && count >= (COUNT_EDGES[bin + 1] ?? Infinity)) bin += 1;
  return bin;
}

/** The bin of a count. Negative counts, which no platform states, are in the first. */
export function countBin(count: number): number {
  let bin = FIRST_OF_BITS[Math.clz32(Math.min(2 ** 32 - 1, Math.max(0, count)))] ?? 0;
  while (count >= (COUNT_EDGES[bin + 1] ?? Infinity)) bin += 1;
  return bin;
}

/** The last count of a bin; `null` is no end. */
export function lastOfBin(bin: number): number | null {
  const next = COUNT_EDGES[bin + 1];
  return next === undefined ? null : next - 1;
}

/** The days since 1970, in UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY);
}

export function weekOf(day: number): number {
  return Math.floor((day + MONDAY_OFFSET) / WEEK);
}

/** Up to the end of 2105, months are looked up. */
const LOOKUP_DAYS = 49_673;
/** Made when first needed, because every worker loads this file. */
let months: Uint16Array | null = null;

function monthByDate(day: number): number {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

function lookUpMonths(): Uint16Array {
  return Uint16Array.from({ length: LOOKUP_DAYS }, (_, day) => monthByDate(day));
}

/** The months since January 1970 of a day. */
export function monthOf(day: number): number {
  if (day < 0 || day >= LOOKUP_DAYS) return monthByDate(day);
  months ??= lookUpMonths();
  return months[day] ?? 0;
}

/** The first and last moment of a month, epoch milliseconds. */
export function monthRange(month: number): { readonly from: number; readonly to: number } {
  return { from: Date.UTC(1970, month, 1), to: Date.UTC(1970, month + 1, 1) - 1 };
}

/** The first and last moment of some days or weeks. */
export function dayRange(first: number, days: number): { readonly from: number; readonly to: number } {
  return { from: first * DAY, to: (first + days) * DAY - 1 };
}

/** The first day of a week. */
export function firstDayOfWeek(week: number): number {
  return week * WEEK - MONDAY_OFFSET;
}
