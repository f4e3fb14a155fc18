/**
 * When the runs of a batch may start. What is wrong with one profile must not stop the others, and what is wrong with the
 * provider, the key, or the connection must not be tried with every profile. Pure.
 */
import type { RunErrorKind } from '../model/error.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Errors that every other run of the provider would meet, too. */
const NOT_OF_PROFILE: ReadonlySet<RunErrorKind> = new Set([
  'no-key',
  'locked',
  'no-permission',
  'bad-key',
  'no-credit',
  'not-allowed',
  'redirect-refused',
  'offline',
  'unknown-provider',
  'storage',
]);

/** How many profiles may fail in a row before the next one has to wait. */
const FAILURES_WITHOUT_WAIT = 3;
/** How many runs may be blocked in a row. Then the provider most likely fails, and the user decides. */
const BLOCKED_IN_A_ROW = 10;
const FIRST_WAIT = 4_000;
const LONGEST_WAIT = 15 * 60_000;
/** After so many rate limits in a row for one profile, others go first: it may be the profile's own. */
const RATE_LIMITS_OF_ONE = 3;

/**
 * When the next profile of a batch may be started, epoch milliseconds: `Infinity` if a run needs the user first. While
 * one profile after the other fails, the time until the next one is tried doubles.
 * @param runs the unfinished runs of the batch
 * @param workedAt when the provider last returned a useful response
 */
export function mayStartAt(runs: readonly Snapshot[], workedAt: number): number {
  const troubled = runs.flatMap(({ state, updatedAt }) =>
    state.kind === 'blocked' || state.kind === 'waiting'
      ? [{ updatedAt, kind: state.kind, runError: state.trouble.kind }]
      : [],
  );
  if (troubled.some(({ runError }) => NOT_OF_PROFILE.has(runError))) return Infinity;
  const failing = troubled.filter(({ updatedAt }) => updatedAt > workedAt);
  if (failing.filter(({ kind }) => kind === 'blocked').length >= BLOCKED_IN_A_ROW) return Infinity;
  const excess = failing.length - FAILURES_WITHOUT_WAIT;
  if (excess < 0) return -Infinity;
  const last = Math.max(...failing.map(({ updatedAt }) => updatedAt));
  return last + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** excess);
}

/** Whether other runs go first, because a rate limit that seemed to be the provider's may be this profile's own. */
function isSetBack({ batch, state }: Snapshot): boolean {
  return (
    batch !== undefined &&
    state.kind === 'waiting' &&
    state.trouble.kind === 'too-fast' &&
    state.attempt >= RATE_LIMITS_OF_ONE
  );
}

/** Of runs that can continue, those with the lowest rank go first: what has begun before what has not. */
export function rankOf(run: Snapshot): number {
  if (isSetBack(run)) return 2;
  return run.batch !== undefined && run.state.kind === 'queued' ? 1 : 0;
}

/**
 * When each queued run of a batch may start, by its batch.
 * @param runs the unfinished runs of a provider
 */
export function starts(runs: readonly Snapshot[], workedAt: number): (run: Snapshot) => number {
  const batches = Map.groupBy(runs, ({ batch }) => batch);
  const times = new Map(Array.from(batches, ([batch, own]) => [batch, mayStartAt(own, workedAt)]));
  return ({ batch, state }) =>
    batch === undefined || state.kind !== 'queued' ? -Infinity : (times.get(batch) ?? -Infinity);
}
