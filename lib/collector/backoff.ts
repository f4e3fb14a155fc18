/** How long to wait if a provider does not say. */

const FIRST = 4_000;
const MOST = 15 * 60_000;

/**
 * Exponential backoff with equal jitter: between half and all of 4 s, 8 s, 16 s … up to 15 minutes.
 * @param attempt how many attempts failed before, from 0
 * @param random a number in [0, 1)
 */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(MOST, FIRST * 2 ** Math.min(attempt, 20));
  return Math.round(full / 2 + (random * full) / 2);
}
