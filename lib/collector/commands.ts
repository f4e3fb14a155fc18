/** What the user and the browser's events make the collector do. */
import { type ProviderId, type SnapshotId, snapshotIdSchema } from '../model/ids.ts';
import { type Estimate, type Snapshot, countedSpending, neededFor } from '../model/snapshot.ts';
import type { Started } from '../store/snapshots.ts';
import { ALLOWANCE_TIME, startOneClick } from './allowance.ts';
import type { Context } from './context.ts';
import { estimateOf, estimateRest } from './estimate.ts';
import type { Event } from './machine/events.ts';
import { KnownAccounts } from './known-accounts.ts';
import { isOneClick, needsApproval } from './machine/state.ts';
import { chooseAdapter, newSnapshot, type NewRun } from './new-run.ts';
import { newUpdate } from './new-update.ts';
import { reread } from './reread.ts';
import { RESTART_AFTER, waitsForKey } from './scheduling.ts';
import { Seen } from './seen-accounts.ts';
import { canBeUpdated, offerUpdate } from './update-offer.ts';

export type StartResult = Started | { readonly kind: 'no-key' };

interface Waking extends Context {
  readonly wake: () => void;
}

async function applyAndWake(
  { apply, wake }: Waking,
  id: SnapshotId,
  event: Event | ((snapshot: Snapshot) => Event),
): Promise<void> {
  if ((await apply(id, event)) !== undefined) wake();
}

function estimated({ adapterOf }: Context, snapshot: Snapshot, howMany: number | null): Estimate {
  // What an update costs does not depend on the number of accounts.
  if (snapshot.update !== undefined && snapshot.estimate !== null) return snapshot.estimate;
  const adapter = adapterOf(snapshot.provider);
  return adapter === undefined
    ? { rows: null, requests: null, amount: null, seconds: null }
    : estimateOf(adapter, { ...snapshot, howMany });
}

/** Starts a run, joins the one in progress, or returns the finished list if there is one. */
async function start(context: Waking, run: NewRun): Promise<StartResult> {
  const { options, environment } = context;
  const { store, adapters, now, preferences } = options;
  const current = await preferences();
  const withKey = new Set((await store.keys.infos()).map((info) => info.provider));
  const adapter = chooseAdapter(run, adapters, current, withKey);
  if (adapter === undefined) return { kind: 'no-key' };
  const at = now();
  const unapproved = await environment.spendableUnapproved({
    provider: adapter.id,
    unit: adapter.price.unit,
    startedFrom: run.startedFrom,
  });
  const id = snapshotIdSchema.parse(options.newId());
  const { snapshot: fresh, estimate } = newSnapshot(run, adapter, { id, at, unapproved });
  const isTooMuch = estimate !== null && needsApproval(fresh, estimate, 0);
  const started = await store.snapshots.start(fresh, run.again, {
    since: at - ALLOWANCE_TIME,
    change: (snapshot, recent) =>
      isOneClick(snapshot)
        ? startOneClick(snapshot, estimate, { most: unapproved, recent })
        : { ...snapshot, estimate, state: { kind: isTooMuch ? 'confirming' : 'queued' } },
  });
  if (started.kind === 'started') await announce(context, started.snapshot);
  return started;
}

export type UpdateResult = StartResult | { readonly kind: 'gone' };

/**
 * Brings a list up to date: collects newest first until the known accounts begin. Joins the run that collects the same
 * list already, if there is one.
 * @param cap the most that it may spend, in the provider's unit; `null` asks for approval above the threshold
 */
async function update(context: Waking, base: SnapshotId, cap: number | null): Promise<UpdateResult> {
  const { options, environment } = context;
  const { store, adapters, now } = options;
  const list = await store.snapshots.get(base);
  if (list === undefined || !canBeUpdated(list)) return { kind: 'gone' };
  const preferences = await options.preferences();
  const withKey = new Set((await store.keys.infos()).map((info) => info.provider));
  const at = now();
  const offer = await offerUpdate(store.pages, list, { adapters, preferences, withKey, now: at });
  if (offer === null) return { kind: 'no-key' };
  const { id: provider, price } = offer.adapter;
  const run = { provider, unit: price.unit, startedFrom: 'own' } as const;
  const unapproved = await environment.spendableUnapproved(run);
  const id = snapshotIdSchema.parse(options.newId());
  const fresh = newUpdate(list, offer, { id, at, cap, unapproved });
  const isTooMuch = needsApproval(fresh, offer.estimate, 0);
  const started = await store.snapshots.startUpdate(
    isTooMuch ? { ...fresh, state: { kind: 'confirming' } } : fresh,
    base,
  );
  if (started === undefined) return { kind: 'gone' };
  if (started.kind === 'started') await announce(context, started.snapshot);
  return started;
}

/** Passes on that a run was started, and wakes its loop. */
async function announce({ options, wake }: Waking, snapshot: Snapshot): Promise<void> {
  options.changed(snapshot);
  // Set before the first request is even planned, so that a termination in between loses nothing.
  await options.setAlarm(options.now() + RESTART_AFTER);
  wake();
}

interface Approval {
  readonly howMany: number | null;
  /** The most that the run may spend in all, in its unit. */
  readonly cap: number;
  /** Whether only the request that states the count is approved. */
  readonly check: boolean;
}

/** The user approves a price: how many accounts, and the most that they may cost. */
function confirm(context: Waking, id: SnapshotId, { howMany, cap, check }: Approval): Promise<void> {
  const { adapterOf } = context;
  return applyAndWake(context, id, (snapshot) => ({
    kind: 'confirm',
    howMany,
    cap,
    estimate: estimated(context, snapshot, howMany),
    lookUp: snapshot.resolvedAt === null ? (adapterOf(snapshot.provider)?.price.resolve ?? 0) : 0,
    check,
  }));
}

/**
 * Continues a list that ended before its end. Without a cap, the amount that needs no approval is added once; if the
 * rest costs more, the user has to approve it first.
 */
async function continueList(
  context: Waking,
  id: SnapshotId,
  howMany: number | null,
  cap: number | null,
): Promise<void> {
  const { options, adapterOf } = context;
  const { askAbove } = await options.preferences();
  await applyAndWake(context, id, (snapshot) => {
    const unapproved = askAbove[snapshot.unit];
    const adapter = adapterOf(snapshot.provider);
    const isUpdate = snapshot.update !== undefined;
    const rest =
      adapter === undefined || isUpdate ? null : neededFor(estimateRest(adapter, snapshot, howMany));
    return {
      kind: 'continue',
      howMany,
      cap: cap ?? countedSpending(snapshot) + unapproved,
      estimate: estimated(context, snapshot, howMany),
      needsApproval: cap === null && rest !== null && rest > unapproved,
    };
  });
}

/**
 * Parses a response again that could not be parsed when it was received. Nothing is sent.
 * @returns whether it could be parsed; if so, the run continues after it
 */
async function readAgain(context: Waking, id: SnapshotId): Promise<boolean> {
  const { options, environment, adapterOf, wake } = context;
  const { store } = options;
  const snapshot = await store.snapshots.get(id);
  const adapter = snapshot === undefined ? undefined : adapterOf(snapshot.provider);
  if (snapshot === undefined || adapter === undefined) return false;
  if (snapshot.state.kind !== 'blocked' || snapshot.state.trouble.kind !== 'unreadable') return false;
  const after = await reread(environment, {
    snapshot,
    adapter,
    seen: () => Seen.of(store.pages, id),
    known: () => (snapshot.update === undefined ? Promise.resolve(null) : KnownAccounts.of(store.pages, id)),
  });
  if (after === null) return false;
  options.changed(after);
  wake();
  return true;
}

/** A key was saved, replaced, or unlocked: runs that were blocked without it continue. */
async function keyChanged(context: Waking, provider: ProviderId): Promise<void> {
  for (const { id, state } of await context.runsOf(provider)) {
    if (waitsForKey(state)) await applyAndWake(context, id, { kind: 'resume' });
  }
}

/** The browser permitted requests to more hosts: runs that were blocked without that continue. */
async function permissionGranted(context: Waking): Promise<void> {
  const { mayReach, store } = context.options;
  for (const { id, state, provider } of await store.snapshots.unfinished()) {
    if (state.kind !== 'blocked' || state.trouble.kind !== 'no-permission') continue;
    const key = await store.keys.get(provider);
    if (key !== undefined && (await mayReach(key.baseUrl))) {
      await applyAndWake(context, id, { kind: 'permitted' });
    }
  }
}

/** @param wake continues everything that is unfinished */
export function createCommands(shared: Context, wake: () => void) {
  const { storage } = shared;
  const context: Waking = { ...shared, wake };
  return {
    start: (run: NewRun) => start(context, run),
    update: (base: SnapshotId, cap: number | null) => update(context, base, cap),
    confirm: (id: SnapshotId, howMany: number | null, cap: number, check = false) =>
      confirm(context, id, { howMany, cap, check }),
    continueList: (id: SnapshotId, howMany: number | null, cap: number | null) =>
      continueList(context, id, howMany, cap),
    readAgain: (id: SnapshotId) => readAgain(context, id),
    keyChanged: (provider: ProviderId) => keyChanged(context, provider),
    permissionGranted: () => permissionGranted(context),
    pause: (id: SnapshotId) => applyAndWake(context, id, { kind: 'pause' }),
    resume: (id: SnapshotId) => {
      storage.unsaved.retryNow();
      return applyAndWake(context, id, { kind: 'resume' });
    },
    stop: (id: SnapshotId) => applyAndWake(context, id, { kind: 'stop' }),
    /** The user says that the storage was repaired: retries what it refused. */
    retryStorage: (): void => {
      storage.retryNow();
      wake();
    },
  };
}
