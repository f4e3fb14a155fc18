/**
 * Keeps watched lists up to date while the browser runs. Every start of the background checks them, and an alarm starts it
 * when the next one is due. A period that was missed is made up for once.
 */
import { budgetIdSchema, type Budget } from '../../model/budget.ts';
import type { SnapshotId } from '../../model/ids.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { MOST_UPDATES, watchIdOf, type Watch, type WatchId } from '../../model/watch.ts';
import { monthlyLimitOf } from '../../settings/preferences.ts';
import { monthOf } from '../../store/spending.ts';
import { watchesOf } from '../../store/watches.ts';
import { dueness, nextPeriodStart, periodAt } from './schedule.ts';
import type { WatchResult, WatchSetting } from './setting.ts';
import { dueRun, type WatchEnvironment } from './start-due.ts';

/** When a due list that can't be updated is tried again. Milliseconds. */
const RETRY = 3600_000;
/** However far the next period is, the alarm checks this often, because the clock may be set meanwhile. Milliseconds. */
const LATEST_ALARM = 12 * 3600_000;
/** The shortest time until an alarm. Milliseconds. */
const SOONEST_ALARM = 60_000;

export interface WatchOptions extends WatchEnvironment {
  /** Makes sure that the background starts at this time; `null` if nothing is watched. */
  readonly setAlarm: (at: number | null) => Promise<void>;
  /** Continues the collector, because runs were started. */
  readonly wake: () => void;
  readonly changed: (snapshot: Snapshot) => void;
  /** Reminds the user of a list. */
  readonly remind: (list: Snapshot, at: number) => void;
}

export type WatchedLists = ReturnType<typeof createWatches>;

export function createWatches(options: WatchOptions) {
  const { store, now } = options;
  const watches = watchesOf(store);
  /** One check after another: each reads what the previous one wrote. */
  let last: Promise<unknown> = Promise.resolve();

  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  async function checkOne(watch: Watch): Promise<void> {
    const at = now();
    const period = periodAt(watch, at);
    switch (dueness(watch, at)) {
      case 'done':
        return;
      case 'early':
        await watches.markDone(watch, Math.max(0, period), null);
        return;
      case 'due':
        break;
    }
    if (watch.action.kind === 'remind') {
      const [list] = await store.snapshots.ofProfile(watch.platform, watch.handleKey, watch.relation);
      if ((await watches.markDone(watch, period, at)) && list !== undefined) options.remind(list, at);
      return;
    }
    const due = await dueRun(options, watch, watch.action);
    if (typeof due === 'string') return;
    const started = await watches.start({ watch, period, at, fresh: due.fresh, base: due.base?.id ?? null });
    if (started?.kind === 'started') options.changed(started.snapshot);
  }

  async function nextAlarm(): Promise<number | null> {
    const all = await watches.all();
    if (all.length === 0) return null;
    const at = now();
    const times = all.map((watch) => (dueness(watch, at) === 'due' ? at + RETRY : nextPeriodStart(watch)));
    return Math.min(Math.max(Math.min(...times), at + SOONEST_ALARM), at + LATEST_ALARM);
  }

  /** Starts what is due, and sets the alarm for what is next. */
  async function check(): Promise<void> {
    for (const watch of await watches.all()) {
      try {
        await checkOne(watch);
      } catch (error) {
        // The others are not affected. It stays due, and the next check tries again.
        console.warn('A watched list could not be checked.', error instanceof Error ? error.name : '');
      }
    }
    await options.setAlarm(await nextAlarm());
    options.wake();
  }

  async function set(listId: SnapshotId, setting: WatchSetting): Promise<WatchResult> {
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
    const { provider, allowance } = setting;
    const adapter = options.adapters.find((one) => one.id === provider);
    if (adapter?.supports(platform, relation) !== true) return 'no-provider';
    if (monthlyLimitOf(await options.preferences(), provider) === null) return 'no-limit';
    const known =
      before?.action.kind === 'update' && before.action.provider === provider ? before.action.budget : null;
    const budget: Budget = {
      id: known ?? budgetIdSchema.parse(options.newId()),
      kind: 'watch',
      provider,
      unit: adapter.price.unit,
      limit: allowance,
      counted: 0,
      since: monthOf(at),
    };
    const fullEvery = setting.fullEvery === null ? null : Math.min(setting.fullEvery, MOST_UPDATES);
    await watches.put(
      { ...base, action: { kind: 'update', provider, budget: budget.id, fullEvery } },
      budget,
    );
    return 'saved';
  }

  return {
    check: () => enqueue(check),
    set: (list: SnapshotId, setting: WatchSetting) =>
      enqueue(async () => {
        const result = await set(list, setting);
        await options.setAlarm(await nextAlarm());
        return result;
      }),
    off: (id: WatchId) =>
      enqueue(async () => {
        await watches.delete(id);
        await options.setAlarm(await nextAlarm());
      }),
  };
}
