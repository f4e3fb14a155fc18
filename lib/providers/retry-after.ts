/**
 * When a provider allows the next request, by its own headers and its own clock. `Retry-After` is RFC 9110 § 10.2.3;
 * the others are X's, in epoch seconds: `x-rate-limit-*` for a window of 15 minutes, `x-user-limit-24hour-*` and
 * `x-app-limit-24hour-*` for a day. X sends them with every answer: a reset says something about waiting only unless it
 * says too that requests remain.
 */
import type { Answer } from './http.ts';

const HOUR = 3600_000;
const LONGEST_BELIEVED = 24 * HOUR;
/** A limit of a day is counted from the first request in it, and clocks differ. */
const LONGEST_DAY = 25 * HOUR;

function epochMilliseconds(value: number): number {
  // Some gateways send milliseconds where seconds are documented; no date of ours is that far off.
  return value > 100_000_000_000 ? value : value * 1000;
}

const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;
const WHOLE = /^\d+$/;
const NONE = /^0+$/;

/** The limits of a day that X states, by the start of their headers' names. */
const DAY_LIMITS = ['x-user-limit-24hour', 'x-app-limit-24hour'];

/** Milliseconds to wait from the answer on; `null` when the headers name no time ahead, or an absurd one. */
export function retryAfter(answer: Pick<Answer, 'headers' | 'date' | 'receivedAt'>): number | null {
  const providerNow = answer.date ?? answer.receivedAt;
  const header = (name: string) => answer.headers.get(name)?.trim() ?? '';
  const untilReset = (name: string) => {
    const reset = header(name);
    return WHOLE.test(reset) ? epochMilliseconds(Number(reset)) - providerNow : 0;
  };
  const after = header('retry-after');
  const waits: number[] = [];
  if (WHOLE.test(after)) waits.push(Number(after) * 1000);
  if (HTTP_DATE.test(after)) waits.push(Date.parse(after) - providerNow);
  if (!/^[1-9]/.test(header('x-rate-limit-remaining'))) waits.push(untilReset('x-rate-limit-reset'));
  const usual = waits.find((wait) => wait > 0 && wait <= LONGEST_BELIEVED) ?? null;
  // A day that is used up rules, however soon the others would let us try.
  const days = DAY_LIMITS.filter((name) => NONE.test(header(`${name}-remaining`)))
    .map((name) => untilReset(`${name}-reset`))
    .filter((wait) => wait > 0 && wait <= LONGEST_DAY);
  return days.length === 0 ? usual : Math.max(...days, usual ?? 0);
}
