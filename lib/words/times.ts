/** Formats times in the browser's language. All times are epoch milliseconds. */
import { i18n } from '#i18n';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const monthAndYear = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' });
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const utcDay = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const toTheSecond = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const utcDayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** Formats a time. An invalid one is shown as unknown, because formatting it would throw and break the page. */
function formatted(at: number, format: (date: Date) => string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? i18n.t('amount.unknown') : format(date);
}

/** The time of day, with the date if it isn't today: `14:57`, `15 Nov, 02:10`. */
export function clock(at: number, now: number): string {
  return formatted(at, (date) => {
    const time = clockTime.format(date);
    return date.toDateString() === new Date(now).toDateString()
      ? time
      : `${dayAndMonth.format(date)}, ${time}`;
  });
}

/** The date of a list: `14 Nov`, with the year if it isn't the current one. */
export function day(at: number, now: number): string {
  return formatted(at, (date) => {
    const isThisYear = date.getFullYear() === new Date(now).getFullYear();
    return (isThisYear ? dayAndMonth : dayMonthYear).format(date);
  });
}

/** When a list was collected, so that two lists of one day can be told apart: `14 Nov, 09:31`. */
export function listTime(at: number, now: number): string {
  return formatted(at, (date) => `${day(at, now)}, ${clockTime.format(date)}`);
}

/** A month in the user's time zone: `November 2026`. */
export function month(at: number): string {
  return formatted(at, (date) => monthAndYear.format(date));
}

/** The date on which an account was created, in UTC, so that it is the same for every user. */
export function createdDay(at: number): string {
  return formatted(at, (date) => utcDay.format(date));
}

/** A date with the time of day, in UTC, like {@link createdDay}. */
export function utcMinute(at: number): string {
  return formatted(at, (date) => utcDayAndTime.format(date));
}

/** A time in UTC, regardless of language and time zone: `2026-11-14 09:31:07 UTC`. */
export function utc(at: number): string {
  return formatted(at, (date) =>
    i18n.t('time.utc', { time: date.toISOString().slice(0, 19).replace('T', ' ') }),
  );
}

/** A time as the user's clock showed it, and in UTC, which is the same for everybody who reads it. */
export function localAndUtc(at: number): string {
  return formatted(at, (date) => `${toTheSecond.format(date)} · ${utc(at)}`);
}

/** How long ago: `2 hours ago`, `yesterday`; the date if it is more than a month. */
export function ago(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return i18n.t('time.just_now');
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 31 * DAY) return relative.format(-Math.floor(passed / DAY), 'day');
  return day(at, now);
}

/** How old something is, in its largest unit: `7 years`, `3 months`, `12 days`. */
export function age(at: number, now: number): string {
  const days = Math.max(0, Math.floor((now - at) / DAY));
  const [n, name] =
    days >= 365 ? [days / 365.25, 'year'] : days >= 31 ? [days / 30.44, 'month'] : ([days, 'day'] as const);
  const whole = Math.max(name === 'day' ? 0 : 1, Math.floor(n));
  return new Intl.NumberFormat(undefined, { style: 'unit', unit: name, unitDisplay: 'long' }).format(whole);
}

function unit(n: number, name: 'hour' | 'minute'): string {
  return new Intl.NumberFormat(undefined, { style: 'unit', unit: name, unitDisplay: 'short' }).format(n);
}

/** How long something is expected to take: `about 25 min`, `less than a minute`. */
export function aboutDuration(seconds: number): string {
  return Math.round(seconds / 60) < 1
    ? i18n.t('time.less_than_a_minute')
    : i18n.t('amount.about', { amount: duration(seconds) });
}

/** How long something takes: `25 min`, `3 hr 20 min`. */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return i18n.t('time.less_than_a_minute');
  if (minutes < 60) return unit(minutes, 'minute');
  const hours = unit(Math.floor(minutes / 60), 'hour');
  return minutes % 60 === 0
    ? hours
    : i18n.t('time.pair', { first: hours, second: unit(minutes % 60, 'minute') });
}
