import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../../lib/providers/retry-after.ts';

/** The provider's clock is years behind ours: whoever measures against ours is found out. */
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
  ])('%s says nothing', (_, headers) => {
    expect(wait(headers)).toBeNull();
  });

  it('is measured against our clock only where the answer has none', () => {
    expect(wait(reset(OURS + 7000), null)).toBe(7000);
    expect(wait(reset(OURS + 7000))).toBeNull();
  });
});
