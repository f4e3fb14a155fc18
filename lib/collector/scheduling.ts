/** Which run of a provider is next, and when the background has to start again. Pure. */
import type { Snapshot, State } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { asStorageError, mayPass } from '../store/storage-error.ts';
import { rankOf, starts } from './batch-turns.ts';
import { waitsUntil } from './machine/plan.ts';

/** When the background starts again if it is terminated now: the shortest time that browsers allow. Milliseconds. */
export const RESTART_AFTER = 30_000;
/**
 * How often a storage that does not work is tried again. As soon as the background can start again, because the error may
 * come from one that is terminating. Milliseconds.
 */
export const STORAGE_RETRY = 30_000;
/** However long a wait is, the alarm checks this often, because the clock may be set meanwhile. Milliseconds. */
const LATEST_ALARM = 15 * 60_000;

export type NextRun =
  /** `until` is when another run's wait ends; `Infinity` if none waits. */
  | { readonly kind: 'run'; readonly snapshot: Snapshot; readonly until: number }
  | { readonly kind: 'wait'; readonly until: number };

/**
 * The oldest of a provider's runs that can continue, or the time when one can; `null` if none will without an event.
 * If the provider asked to slow down, all of its runs wait, because they share the key.
 * @param runs the provider's unfinished runs, in the order of the queue
 * @param workedAt when the provider last returned a useful response, epoch milliseconds
 */
export function nextRun(runs: readonly Snapshot[], now: number, workedAt = -Infinity): NextRun | null {
  const waits = runs.flatMap((snapshot) => {
    const until = waitsUntil(snapshot, now);
    return until === null ? [] : [until];
  });
  const limitedUntil = rateLimit(runs, now);
  if (limitedUntil !== null) return { kind: 'wait', until: limitedUntil };
  const startOf = starts(runs, workedAt);
  const [ready] = runs
    .filter(
      (snapshot) =>
        (isInProgress(snapshot.state) && startOf(snapshot) <= now) ||
        (snapshot.state.kind === 'waiting' && waitsUntil(snapshot, now) === null),
    )
    .sort((a, b) => rankOf(a) - rankOf(b));
  const until = Math.min(...waits);
  if (ready !== undefined) return { kind: 'run', snapshot: ready, until };
  const next = Math.min(until, ...runs.map(startOf).filter((at) => at > now));
  return next === Infinity ? null : { kind: 'wait', until: next };
}

function isInProgress({ kind }: State): boolean {
  return kind === 'queued' || kind === 'resolving' || kind === 'running';
}

/** Until when all runs of a provider wait, because it asked to slow down; `null` if none does. */
function rateLimit(runs: readonly Snapshot[], now: number): number | null {
  const times = runs.flatMap((run) =>
    run.state.kind === 'waiting' && run.state.trouble.kind === 'too-fast' ? (waitsUntil(run, now) ?? []) : [],
  );
  return times.length === 0 ? null : Math.max(...times);
}

function nextAlarmOf(runs: readonly Snapshot[], now: number): number[] {
  // When the provider last worked is not known here. Without that, runs start later at most.
  const startOf = starts(runs, -Infinity);
  const limitedUntil = rateLimit(runs, now) ?? -Infinity;
  const at = (time: number): number => Math.min(Math.max(time, limitedUntil, now), now + LATEST_ALARM);
  return runs.flatMap((run) => {
    const { state } = run;
    if (state.kind === 'waiting') return [at(state.until)];
    if (waitsForStorage(state)) return [now + STORAGE_RETRY];
    const start = startOf(run);
    if (!isInProgress(state) || start === Infinity) return [];
    return [start <= now && limitedUntil <= now ? now + RESTART_AFTER : at(start)];
  });
}

/** When the background has to start for these runs, even if it is terminated now; `null` if it need not. */
export function nextAlarm(unfinished: readonly Snapshot[], now: number): number | null {
  const providers = Map.groupBy(unfinished, ({ provider }) => provider);
  const times = [...providers.values()].flatMap((runs) => nextAlarmOf(runs, now));
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * Whether an internal error stopped a run that may continue later. This includes errors that are not about the storage:
 * they come from browsers that terminate the background during a run, and do not recur in the next background.
 */
export function waitsForStorage(state: State): boolean {
  if (state.kind !== 'blocked' || state.trouble.kind !== 'storage') return false;
  const storageError = asStorageError(state.trouble.name);
  return storageError === null || mayPass(storageError);
}

/** Whether a key that was saved or unlocked lets a run continue. */
export function waitsForKey(state: State): boolean {
  return (
    state.kind === 'blocked' && ['no-key', 'bad-key', 'no-permission', 'locked'].includes(state.trouble.kind)
  );
}

/** What says whether an adapter can collect a list. */
type CollectingAdapter = Pick<Adapter, 'supports'> & { readonly price: Pick<Adapter['price'], 'unit'> };

/**
 * Whether a run is to be blocked because its provider cannot collect it: a restored list may name a provider that this
 * version does not have, or request what the adapter does not support, at a price in another unit.
 */
export function needsOtherProvider(
  { platform, relation, unit, state }: Snapshot,
  adapter: CollectingAdapter | undefined,
): boolean {
  const isSupported =
    adapter !== undefined && adapter.supports(platform, relation) && adapter.price.unit === unit;
  return !isSupported && !(state.kind === 'blocked' && state.trouble.kind === 'unknown-provider');
}
