/**
 * When a provider allows the next request, by its own headers and its own clock. `Retry-After` is RFC 9110 § 10.2.3;
 * `x-rate-limit-reset` is X's, in epoch seconds.
 */
import type { Answer } from './http.ts';

const LONGEST_BELIEVED = 24 * 3600_000;

function epochMilliseconds(value: number): number {
  // Some gateways send milliseconds where seconds are documented; no date of ours is that far off.
  return value > 100_000_000_000 ? value : value * 1000;
}

/** Milliseconds to wait from the answer on; `null` when the headers name no time ahead, or an absurd one. */
export function retryAfter(answer: Pick<Answer, 'headers' | 'date' | 'receivedAt'>): number | null {
  const providerNow = answer.date ?? answer.receivedAt;
  const header = answer.headers.get('retry-after')?.trim() ?? '';
  const reset = answer.headers.get('x-rate-limit-reset')?.trim() ?? '';
  let wait: number | null = null;
  if (/^\d+$/.test(header)) wait = Number(header) * 1000;
  else if (header !== '' && !Number.isNaN(Date.parse(header))) wait = Date.parse(header) - providerNow;
  else if (/^\d+$/.test(reset)) wait = epochMilliseconds(Number(reset)) - providerNow;
  return wait !== null && wait > 0 && wait <= LONGEST_BELIEVED ? wait : null;
}
