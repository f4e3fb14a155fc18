/**
 * When a provider allows the next request, by its own headers and clock. `Retry-After` is RFC 9110 § 10.2.3. The others
 * are X's, in epoch seconds: `x-rate-limit-*` for a window of 15 minutes, `x-user-limit-24hour-*` and
 * `x-app-limit-24hour-*` for a day. X sends them with every response, so a reset is ignored if requests remain.
 */
import type { ReceivedResponse } from './http.ts';

const HOUR = 3600_000;
/** Longer waits are ignored as errors. */
const MAX_WAIT = 24 * HOUR;
/** A day's window begins with its first request, and clocks differ. */
const MAX_DAY_WAIT = 25 * HOUR;

function epochMilliseconds(value: number): number {
  // Some gateways send milliseconds although seconds are documented. As seconds, this would be the year 5138.
  return value > 100_000_000_000 ? value : value * 1000;
}

const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;
const INTEGER = /^\d+$/;
const ZERO = /^0+$/;

/** The prefixes of X's headers for daily limits. */
const DAY_LIMITS = ['x-user-limit-24hour', 'x-app-limit-24hour'];

/** Milliseconds to wait after the response; `null` if the headers state no future time or an implausible one. */
export function retryAfter(
  response: Pick<ReceivedResponse, 'headers' | 'date' | 'receivedAt'>,
): number | null {
  const providerNow = response.date ?? response.receivedAt;
  const header = (name: string) => response.headers.get(name)?.trim() ?? '';
  const untilReset = (name: string) => {
    const reset = header(name);
    return INTEGER.test(reset) ? epochMilliseconds(Number(reset)) - providerNow : 0;
  };
  const after = header('retry-after');
  const waits: number[] = [];
  if (INTEGER.test(after)) waits.push(Number(after) * 1000);
  if (HTTP_DATE.test(after)) waits.push(Date.parse(after) - providerNow);
  if (!/^[1-9]/.test(header('x-rate-limit-remaining'))) waits.push(untilReset('x-rate-limit-reset'));
  const shortWait = waits.find((wait) => wait > 0 && wait <= MAX_WAIT) ?? null;
  // An exhausted daily limit overrides shorter waits.
  const dayWaits = DAY_LIMITS.filter((name) => ZERO.test(header(`${name}-remaining`)))
    .map((name) => untilReset(`${name}-reset`))
    .filter((wait) => wait > 0 && wait <= MAX_DAY_WAIT);
  return dayWaits.length === 0 ? shortWait : Math.max(...dayWaits, shortWait ?? 0);
}
