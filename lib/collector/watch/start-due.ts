/** What a watched list needs now, and why it can't have it. Nothing is sent here. */
import { newSnapshot } from '../new-run.ts';
import { newUpdate } from '../new-update.ts';
import { estimateRun } from '../estimate.ts';
import { canBeUpdated, offerUpdate } from '../update-offer.ts';
import type { Budget } from '../../model/budget.ts';
import { snapshotIdSchema } from '../../model/ids.ts';
import { hasEnded, type Snapshot } from '../../model/snapshot.ts';
import type { Obstacle, Watch, WatchAction } from '../../model/watch.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { monthlyLimitOf, type Preferences } from '../../settings/preferences.ts';
import { leftOf } from '../../store/budgets.ts';
import type { Store } from '../../store/index.ts';
import { monthOf } from '../../store/spending.ts';
import { watchesOf } from '../../store/watches.ts';
import type { OpenKey } from '../environment.ts';
import type { KeyRow } from '../../store/database.ts';

export interface WatchEnvironment {
  readonly store: Store;
  readonly adapters: readonly Adapter[];
  readonly now: () => number;
  readonly newId: () => string;
  readonly preferences: () => Promise<Preferences>;
  readonly readSecret: (row: KeyRow) => Promise<OpenKey['key'] | null>;
}

type UpdateAction = Extract<WatchAction, { readonly kind: 'update' }>;

/** A run that may start now. */
export interface DueRun {
  readonly fresh: Snapshot;
  /** The list to be updated; `null` collects in full. */
  readonly base: Snapshot | null;
}

/** The list to bring up to date: the newest one that is whole, else the newest. */
function listToUpdate(lists: readonly Snapshot[]): Snapshot | undefined {
  const able = lists.filter(canBeUpdated);
  const isWhole = ({ state }: Snapshot): boolean =>
    hasEnded(state) && ['complete', 'ended-early', 'updated'].includes(state.outcome.kind);
  return able.find(isWhole) ?? able[0];
}

/** What both limits leave this month, in the provider's unit; the obstacle if one is missing. */
async function leftThisMonth(
  { store, preferences, now }: WatchEnvironment,
  { provider }: UpdateAction,
  budget: Budget,
): Promise<{ readonly monthly: number; readonly own: number } | 'no-limit'> {
  const limit = monthlyLimitOf(await preferences(), provider);
  if (limit === null) return 'no-limit';
  const at = now();
  return {
    monthly: limit - (await store.money.spentSince(provider, monthOf(at), at)),
    own: leftOf(budget, at),
  };
}

/** The run of a due period, or why it can't start. Never one that the limits could not pay the least of. */
export async function dueRun(
  environment: WatchEnvironment,
  watch: Watch,
  action: UpdateAction,
): Promise<DueRun | Obstacle> {
  const { store, adapters, newId, now } = environment;
  const { platform, handleKey, relation } = watch;
  const { provider, fullEvery } = action;
  const adapter = adapters.find(({ id }) => id === provider);
  const key = await store.keys.get(provider);
  if (adapter === undefined || key === undefined) return 'no-key';
  if ((await environment.readSecret(key)) === null) return 'locked';
  const budget = await watchesOf(store).budget(action.budget);
  if (budget === undefined) return 'allowance';
  const left = await leftThisMonth(environment, action, budget);
  if (left === 'no-limit') return left;
  const base = listToUpdate(await store.snapshots.ofProfile(platform, handleKey, relation));
  if (base === undefined) return 'no-list';
  const at = now();
  const id = snapshotIdSchema.parse(newId());
  const shared = { budget: budget.id, confirmed: true, cap: budget.limit } as const;
  const affords = (amount: number): boolean => amount <= left.own && amount <= left.monthly;

  const full = fullPrice(adapter, base);
  if (fullEvery !== null && watch.updates >= fullEvery && full !== null && affords(full)) {
    const { handle } = base;
    const run = {
      platform,
      handle,
      relation,
      provider,
      howMany: null,
      cap: budget.limit,
      again: true,
    } as const;
    const own = { id, at, unapproved: 0 };
    const { snapshot } = newSnapshot({ ...run, startedFrom: 'own', hint: null }, adapter, own);
    return { fresh: { ...snapshot, ...shared }, base: null };
  }
  const withKey = new Set([provider]);
  const preferences = await environment.preferences();
  const offer = await offerUpdate(store.pages, base, { adapters: [adapter], preferences, withKey, now: at });
  if (offer === null) return 'no-list';
  if (offer.price.from > left.own) return 'allowance';
  if (offer.price.from > left.monthly) return 'monthly';
  const fresh = newUpdate(base, offer, { id, at, cap: budget.limit, unapproved: 0 });
  return { fresh: { ...fresh, ...shared }, base };
}

/** What a full collection is expected to cost, in the provider's unit; `null` if that is unknown. */
export function fullPrice(
  adapter: Adapter,
  { platform, expected, rows }: Pick<Snapshot, 'platform' | 'expected' | 'rows'>,
): number | null {
  const all = Math.max(expected ?? 0, rows);
  return estimateRun(adapter, { platform, rows: all, listed: all, resolved: false }).amount;
}
