/**
 * When a provider allows the next request, by its own headers and its own clock. `Retry-After` is RFC 9110 § 10.2.3;
 * `x-rate-limit-reset` is X's, in epoch seconds. X sends it with every answer: it says something about waiting only
 * unless it says too that requests remain.
 */
import type { Answer } from './http.ts';

const LONGEST_BELIEVED = 24 * 3600_000;

function epochMilliseconds(value: number): number {
  // Some gateways send milliseconds where seconds are documented; no date of ours is that far off.
  return value > 100_000_000_000 ? value : value * 1000;
}

const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;
const WHOLE = /^\d+$/;

/** Milliseconds to wait from the answer on; `null` when the headers name no time ahead, or an absurd one. */
export function retryAfter(answer: Pick<Answer, 'headers' | 'date' | 'receivedAt'>): number | null {
  const providerNow = answer.date ?? answer.receivedAt;
  const header = answer.headers.get('retry-after')?.trim() ?? '';
  const reset = answer.headers.get('x-rate-limit-reset')?.trim() ?? '';
  const mayStillAsk = /^[1-9]/.test(answer.headers.get('x-rate-limit-remaining')?.trim() ?? '');
  const waits: number[] = [];
  if (WHOLE.test(header)) waits.push(Number(header) * 1000);
  if (HTTP_DATE.test(header)) waits.push(Date.parse(header) - providerNow);
  if (!mayStillAsk && WHOLE.test(reset)) waits.push(epochMilliseconds(Number(reset)) - providerNow);
  return waits.find((wait) => wait > 0 && wait <= LONGEST_BELIEVED) ?? null;
}
