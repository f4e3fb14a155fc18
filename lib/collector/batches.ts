/** What the user does with many profiles at once: start, pause, resume, retry, stop, and change their limit. */
import { batchesIn } from '../store/batches.ts';
import { batchIdSchema, type Batch, type BatchId } from '../model/batch.ts';
import { budgetIdSchema, type Budget } from '../model/budget.ts';
import { snapshotIdSchema, type ProviderId, type SnapshotId } from '../model/ids.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Handle } from '../model/profile.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { idInHandle } from '../model/handles.ts';
import type { QueueMove } from '../store/queue-order.ts';
import type { Context } from './context.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import { newSnapshot } from './new-run.ts';
import { RESTART_AFTER } from './scheduling.ts';

export interface NewBatch {
  readonly platform: Platform;
  readonly relation: Relation;
  readonly provider: ProviderId;
  readonly howMany: number | null;
  /** The most that all runs together may spend, in the provider's unit. */
  readonly limit: number;
  /** Each profile once. */
  readonly handles: readonly Handle[];
  /** Whether profiles whose list was collected to its end are collected again. */
  readonly again: boolean;
}

export type BatchStart =
  | { readonly kind: 'started'; readonly batch: Batch }
  | { readonly kind: 'no-key' }
  /** The provider can't collect these lists, or not all of these profiles. */
  | { readonly kind: 'unsupported' };

interface Waking extends Context {
  readonly wake: () => void;
}

async function start(context: Waking, wanted: NewBatch): Promise<BatchStart> {
  const { options, adapterOf, wake } = context;
  const { store, now } = options;
  const { platform, relation, provider, howMany, limit, handles, again } = wanted;
  const adapter = adapterOf(provider);
  const needsHandle = handles.some((handle) => idInHandle(platform, handle) !== null);
  const isAble = adapter?.supports(platform, relation) === true && (!needsHandle || adapter.listsBy === 'id');
  if (adapter === undefined || !isAble) return { kind: 'unsupported' };
  if ((await store.keys.get(provider)) === undefined) return { kind: 'no-key' };
  const at = now();
  const id = batchIdSchema.parse(options.newId());
  const budget: Budget = {
    id: budgetIdSchema.parse(options.newId()),
    kind: 'batch',
    provider,
    unit: adapter.price.unit,
    limit,
    counted: 0,
    since: at,
  };
  // The user approved the limit that they share, so none of them asks.
  const run = {
    platform,
    relation,
    provider,
    howMany,
    cap: limit,
    again,
    hint: null,
    startedFrom: 'own',
  } as const;
  const runs = handles.map((handle, index): Snapshot => {
    const own = { id: snapshotIdSchema.parse(options.newId()), at, unapproved: 0 };
    const { snapshot } = newSnapshot({ ...run, handle }, adapter, own);
    return { ...snapshot, batch: id, budget: budget.id, turn: at + index };
  });
  const lines = runs.map(({ id: list, handle }) => ({ handle, list }));
  const batch: Batch = {
    id,
    createdAt: at,
    platform,
    relation,
    provider,
    howMany,
    budget: budget.id,
    lines,
  };
  const started = await batchesIn(store).start(batch, budget, { runs, again });
  const [first] = started.runs;
  // One of them is enough to update the badge.
  if (first !== undefined) options.changed(first);
  // Set before the first request is even planned, so that a termination in between loses nothing.
  await options.setAlarm(now() + RESTART_AFTER);
  wake();
  return { kind: 'started', batch: started.batch };
}

/** Applies an event to all runs of a batch at once. */
async function applyToAll(
  { options, wake }: Waking,
  id: BatchId,
  event: (run: Snapshot) => Event | null,
): Promise<void> {
  const changed = await batchesIn(options.store).changeRuns(id, (run) => {
    const of = event(run);
    return of === null ? run : reduce(run, of, options.now());
  });
  report(options, changed);
  if (changed.length > 0) wake();
}

/** Passes on the runs that others show. Of those that only wait in the queue, one is enough. */
function report({ changed: pass }: Context['options'], changed: readonly Snapshot[]): void {
  const isWaiting = ({ startedAt, resolvedAt, rows }: Snapshot): boolean =>
    startedAt === null && resolvedAt === null && rows === 0;
  const [first] = changed.filter(isWaiting);
  for (const run of changed) if (run === first || !isWaiting(run)) pass(run);
}

/** Changes the limit. What ended because of it continues. */
async function changeLimit(
  { options, adapterOf, wake }: Waking,
  id: BatchId,
  limit: number,
): Promise<boolean> {
  const { store, now } = options;
  const at = now();
  const batch = await batchesIn(store).get(id);
  const unit = batch === undefined ? undefined : adapterOf(batch.provider)?.price.unit;
  if (unit === undefined) return false;
  const changed = await batchesIn(store).changeLimit(id, { limit, unit }, (run) =>
    reduce(run, { kind: 'limit-changed', cap: limit }, at),
  );
  if (changed === undefined) return false;
  report(options, changed);
  wake();
  return true;
}

/** @param wake continues everything that is unfinished */
export function createBatchCommands(shared: Context, wake: () => void) {
  const context: Waking = { ...shared, wake };
  return {
    startBatch: (wanted: NewBatch) => start(context, wanted),
    pauseBatch: (id: BatchId) => applyToAll(context, id, () => ({ kind: 'pause' })),
    /** Continues what is paused. */
    resumeBatch: (id: BatchId) =>
      applyToAll(context, id, ({ state }) => (state.kind === 'paused' ? { kind: 'resume' } : null)),
    /** Tries again what failed or needs the user, and what was stopped. */
    retryBatch: async (id: BatchId) => {
      const batch = await batchesIn(context.options.store).get(id);
      const budget =
        batch === undefined ? undefined : await batchesIn(context.options.store).budget(batch.budget);
      if (budget === undefined) return;
      await applyToAll(context, id, () => ({ kind: 'retry', cap: budget.limit }));
    },
    stopBatch: (id: BatchId) => applyToAll(context, id, () => ({ kind: 'stop' })),
    /** Moves a run in the queue. */
    moveInQueue: async (id: SnapshotId, to: QueueMove): Promise<boolean> => {
      const isMoved = await context.options.store.snapshots.move(id, to);
      if (isMoved) wake();
      return isMoved;
    },
    changeBatchLimit: (id: BatchId, limit: number) => changeLimit(context, id, limit),
  };
}
