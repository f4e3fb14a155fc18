/** The toolbar badge: a few characters that say how the runs stand. */
import type { RunFacts } from './run-facts.ts';
import { progress } from './run-facts.ts';
import type { Tone } from './names.ts';

export interface Badge {
  readonly text: string;
  readonly tone: Tone;
}

const THOUSAND = 1000;

/** `940`, `1.4k`, `84k`, `1.2m`: at most four characters. */
function few(n: number): string {
  const scale = (value: number, letter: string): string =>
    `${value < 10 ? (Math.floor(value * 10) / 10).toString() : Math.floor(value).toString()}${letter}`;
  if (n < THOUSAND) return n.toString();
  return n < THOUSAND * THOUSAND ? scale(n / THOUSAND, 'k') : scale(n / (THOUSAND * THOUSAND), 'm');
}

/**
 * @param runs unfinished runs, and finished ones that were not opened since
 * @param now epoch milliseconds
 * @returns `null` where there is nothing to say
 */
export function badgeFor(runs: readonly RunFacts[], now: number): Badge | null {
  const asks = runs.some(
    ({ state }) =>
      state.kind === 'blocked' ||
      state.kind === 'confirming' ||
      (state.kind === 'ended' && state.outcome.kind === 'failed'),
  );
  if (asks) return { text: '!', tone: 'error' };
  const going = runs.filter(({ state }) => state.kind !== 'ended');
  if (going.length > 1) return { text: `×${going.length.toString()}`, tone: 'busy' };
  const [run] = going;
  if (run === undefined) return runs.length > 0 ? { text: '✓', tone: 'done' } : null;
  if (run.state.kind === 'waiting') {
    const minutes = Math.max(1, Math.ceil((run.state.until - now) / 60_000));
    return {
      text: minutes < 100 ? `${minutes.toString()}m` : `${Math.ceil(minutes / 60).toString()}h`,
      tone: 'waiting',
    };
  }
  const share = progress(run);
  const text = share === null ? few(run.rows) : `${Math.floor(share * 100).toString()}%`;
  return { text, tone: run.state.kind === 'paused' ? 'waiting' : 'busy' };
}
