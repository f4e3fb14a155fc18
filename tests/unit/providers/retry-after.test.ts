import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../../lib/providers/retry-after.ts';

/** The provider's clock is years behind the local clock, so that using the wrong one is detected. */
const THEIRS = Date.UTC(2020, 0, 1);
const OURS = Date.UTC(2026, 10, 21);

function wait(headers: Record<string, string>, date: number | null = THEIRS): number | null {
  return retryAfter({ headers: new Headers(headers), date, receivedAt: OURS });
}

const reset = (milliseconds: number, divisor = 1000) => ({
  'x-rate-limit-reset': String(milliseconds / divisor),
});

describe('when the next request is allowed', () => {
  it.each([
    ['seconds', { 'retry-after': '90' }, 90_000],
    ['seconds with white space', { 'retry-after': ' 90 ' }, 90_000],
    ['an HTTP date', { 'retry-after': new Date(THEIRS + 60_000).toUTCString() }, 60_000],
    ['a reset in epoch seconds', reset(THEIRS + 300_000), 300_000],
    ['a reset in epoch milliseconds', reset(THEIRS + 300_000, 1), 300_000],
    ['Retry-After before the reset', { 'retry-after': '5', ...reset(THEIRS + 300_000) }, 5000],
    ['the reset where Retry-After is past', { 'retry-after': '0', ...reset(THEIRS + 300_000) }, 300_000],
    ['the reset where Retry-After is absurd', { 'retry-after': '999999999', ...reset(THEIRS + 9000) }, 9000],
    ['a reset when nothing remains', { 'x-rate-limit-remaining': '0', ...reset(THEIRS + 9000) }, 9000],
    ['a whole day', { 'retry-after': '86400' }, 86_400_000],
  ])('%s', (_, headers, expected) => {
    expect(wait(headers)).toBe(expected);
  });

  it.each([
    ['no header', {}],
    ['a past reset', reset(THEIRS - 1000)],
    ['a past date', { 'retry-after': new Date(THEIRS - 1000).toUTCString() }],
    ['a reset of now', reset(THEIRS)],
    ['more than a day', { 'retry-after': '86401' }],
    ['years', reset(THEIRS + 1000 * 86_400_000)],
    ['no time', { 'retry-after': 'soon', 'x-rate-limit-reset': 'later' }],
    ['a negative number', { 'retry-after': '-5' }],
    ['a fraction that a date parser would take for a year', { 'retry-after': '2001.5' }],
    ['a reset while requests remain', { 'x-rate-limit-remaining': '12', ...reset(THEIRS + 9000) }],
  ])('%s is ignored', (_, headers) => {
    expect(wait(headers)).toBeNull();
  });

  const HOUR = 3600_000;
  const day = (whose: 'user' | 'app', hours: number, remaining = 0) => ({
    [`x-${whose}-limit-24hour-limit`]: '100',
    [`x-${whose}-limit-24hour-remaining`]: String(remaining),
    [`x-${whose}-limit-24hour-reset`]: String((THEIRS + hours * HOUR) / 1000),
  });
  /** What X sends along with it: the window of 15 minutes is far from used up. */
  const plenty = { 'x-rate-limit-remaining': '1199990', ...reset(THEIRS + 900_000) };

  it.each([
    ['of a user', { ...plenty, ...day('user', 20) }, 20 * HOUR],
    ['of an app', { ...plenty, ...day('app', 20) }, 20 * HOUR],
    ['of both, of which the later', { ...plenty, ...day('user', 3), ...day('app', 7) }, 7 * HOUR],
    ['although Retry-After says less', { 'retry-after': '60', ...day('user', 20) }, 20 * HOUR],
    ['although the window ends before', { ...reset(THEIRS + 900_000), ...day('app', 20) }, 20 * HOUR],
    ['unless the window ends later', { 'retry-after': '7200', ...day('app', 1) }, 2 * HOUR],
    ['25 hours ahead', day('user', 25), 25 * HOUR],
    ['further ahead is ignored', { 'retry-after': '60', ...day('user', 25.5) }, 60_000],
    ['that is past', { 'retry-after': '60', ...day('user', -1) }, 60_000],
    ['that is not used up', { 'retry-after': '60', ...day('user', 20, 1) }, 60_000],
  ])('a daily limit %s', (_, headers, expected) => {
    expect(wait(headers)).toBe(expected);
  });

  it('uses the local clock only if the response has no date', () => {
    expect(wait(reset(OURS + 7000), null)).toBe(7000);
    expect(wait(reset(OURS + 7000))).toBeNull();
  });
});
