/** The toolbar badge: the state of the runs in a abbreviated characters. */
import type { RunFacts } from './run-facts.ts';
import { progress } from './run-facts.ts';
import type { Tone } from './names.ts';

export interface Badge {
  readonly text: string;
  readonly tone: Tone;
}

const THOUSAND = 1000;

/** `940`, `1.4k`, `84k`, `1.2m`: at most four characters. */
function abbreviated(n: number): string {
  const scale = (value: number, letter: string): string =>
    `${value < 10 ? (Math.floor(value * 10) / 10).toString() : Math.floor(value).toString()}${letter}`;
  if (n < THOUSAND) return n.toString();
  return n < THOUSAND * THOUSAND ? scale(n / THOUSAND, 'k') : scale(n / (THOUSAND * THOUSAND), 'm');
}

/**
 * @param runs unfinished runs, and finished ones that the user hasn't opened yet
 * @param now epoch milliseconds
 * @returns `null` for no badge
 */
export function badgeFor(runs: readonly RunFacts[], now: number): Badge | null {
  const needsUser = runs.some(
    ({ state }) =>
      state.kind === 'blocked' ||
      state.kind === 'confirming' ||
      (state.kind === 'ended' && state.outcome.kind === 'failed'),
  );
  if (needsUser) return { text: '!', tone: 'error' };
  const unfinished = runs.filter(({ state }) => state.kind !== 'ended');
  if (unfinished.length > 1) return { text: `×${unfinished.length.toString()}`, tone: 'busy' };
  const [run] = unfinished;
  if (run === undefined) return runs.length > 0 ? { text: '✓', tone: 'done' } : null;
  if (run.state.kind === 'waiting') {
    const minutes = Math.max(1, Math.ceil((run.state.until - now) / 60_000));
    return {
      text: minutes < 100 ? `${minutes.toString()}m` : `${Math.ceil(minutes / 60).toString()}h`,
      tone: 'waiting',
    };
  }
  const share = progress(run);
  const text = share === null ? abbreviated(run.rows) : `${Math.floor(share * 100).toString()}%`;
  return { text, tone: run.state.kind === 'paused' ? 'waiting' : 'busy' };
}
