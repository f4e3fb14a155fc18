/** What the user's setting for a list changes in what is watched. */
import { budgetIdSchema, type Budget } from '../../model/budget.ts';
import type { SnapshotId } from '../../model/ids.ts';
import { MOST_UPDATES, watchIdOf, type Watch } from '../../model/watch.ts';
import { monthlyLimitOf } from '../../settings/preferences.ts';
import { monthOf } from '../../store/spending.ts';
import { watchesOf } from '../../store/watches.ts';
import type { WatchResult, WatchSetting } from './setting.ts';
import type { WatchEnvironment } from './start-due.ts';

/** Saves how a list is watched. Spends nothing: the current period counts as done. */
export async function saveSetting(
  environment: WatchEnvironment,
  listId: SnapshotId,
  setting: WatchSetting,
): Promise<WatchResult> {
  const { store, now } = environment;
  const watches = watchesOf(store);
  const list = await store.snapshots.get(listId);
  if (list === undefined) return 'gone';
  const id = watchIdOf(list);
  if (setting.kind === 'off') {
    await watches.delete(id);
    return 'saved';
  }
  const before = await watches.get(id);
  const { platform, handle, handleKey, relation } = list;
  const at = now();
  // The period in which it is turned on counts as done: the user has a list.
  const fresh = { from: at, period: 0, updates: 0, lastAt: null };
  const kept = before?.every === setting.every ? before : fresh;
  const base = { ...fresh, ...kept, id, platform, handle, handleKey, relation, every: setting.every };
  if (setting.kind === 'remind') {
    await watches.put({ ...base, action: { kind: 'remind' } }, null);
    return 'saved';
  }
  return saveUpdates(environment, { before, base, setting });
}

type UpdateSetting = Extract<WatchSetting, { readonly kind: 'update' }>;

interface Updates {
  readonly before: Watch | undefined;
  readonly base: Omit<Watch, 'action'>;
  readonly setting: UpdateSetting;
}

/** Automatic updates need a monthly limit, so that no mistake can spend more than the user wants. */
async function saveUpdates(
  { store, adapters, newId, now, preferences }: WatchEnvironment,
  { before, base, setting }: Updates,
): Promise<WatchResult> {
  const { platform, relation } = base;
  const at = now();
  const { provider, allowance } = setting;
  const adapter = adapters.find((one) => one.id === provider);
  if (adapter?.supports(platform, relation) !== true) return 'no-provider';
  if (monthlyLimitOf(await preferences(), provider) === null) return 'no-limit';
  const known =
    before?.action.kind === 'update' && before.action.provider === provider ? before.action.budget : null;
  const budget: Budget = {
    id: known ?? budgetIdSchema.parse(newId()),
    kind: 'watch',
    provider,
    unit: adapter.price.unit,
    limit: allowance,
    counted: 0,
    since: monthOf(at),
  };
  const fullEvery = setting.fullEvery === null ? null : Math.min(setting.fullEvery, MOST_UPDATES);
  await watchesOf(store).put(
    { ...base, action: { kind: 'update', provider, budget: budget.id, fullEvery } },
    budget,
  );
  return 'saved';
}
