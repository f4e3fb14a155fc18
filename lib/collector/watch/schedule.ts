/**
 * When a watched list is due. Pure. Periods are counted from the moment in which the watch was turned on, so that a list
 * that was missed for a month is due once, not thirty times.
 */
import type { Interval, Watch } from '../../model/watch.ts';

const DAY = 86_400_000;

/** The same day and time so many months later; the last day of a month that has no such day. UTC. */
function monthsLater(from: number, months: number): number {
  const date = new Date(from);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

/** When a period begins. Epoch milliseconds. */
export function startOfPeriod({ every, from }: Pick<Watch, 'every' | 'from'>, period: number): number {
  switch (every) {
    case 'day':
      return from + period * DAY;
    case 'week':
      return from + period * 7 * DAY;
    case 'month':
      return monthsLater(from, period);
  }
}

/** The longest that a period can be. Milliseconds. */
const LONGEST: Readonly<Record<Interval, number>> = { day: DAY, week: 7 * DAY, month: 31 * DAY };

/** The period at a time; negative before the watch was turned on. */
export function periodAt(watch: Pick<Watch, 'every' | 'from'>, now: number): number {
  // Never too high: no period is longer than assumed.
  let period = Math.floor((now - watch.from) / LONGEST[watch.every]);
  while (startOfPeriod(watch, period + 1) <= now) period += 1;
  return period;
}

/**
 * - `due`: a period began for which nothing was done.
 * - `early`: the clock was set back to before the last period. It counts as done, so that the next one is due in time.
 */
export function dueness(watch: Watch, now: number): 'due' | 'done' | 'early' {
  const period = periodAt(watch, now);
  if (period === watch.period) return 'done';
  return period > watch.period ? 'due' : 'early';
}

/** When the next period begins. Epoch milliseconds. */
export function nextPeriodStart(watch: Watch): number {
  return startOfPeriod(watch, watch.period + 1);
}
