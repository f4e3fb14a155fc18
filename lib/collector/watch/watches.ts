/**
 * Keeps watched lists up to date while the browser runs. Every start of the background checks them, and an alarm starts it
 * when the next one is due. Several missed periods lead to one update.
 */
import type { SnapshotId } from '../../model/ids.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Watch, WatchId } from '../../model/watch.ts';
import { watchesOf } from '../../store/watches.ts';
import { dueness, nextPeriodStart, periodAt } from './schedule.ts';
import { saveSetting } from './save-setting.ts';
import type { WatchSetting } from './setting.ts';
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

/** Does what a watch needs now. */
async function checkOne(options: WatchOptions, watch: Watch): Promise<void> {
  const { store, now } = options;
  const watches = watchesOf(store);
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

/** When the background has to start for the watched lists; `null` if there are none. */
async function nextAlarm({ store, now }: WatchOptions): Promise<number | null> {
  const all = await watchesOf(store).all();
  if (all.length === 0) return null;
  const at = now();
  const times = all.map((watch) => (dueness(watch, at) === 'due' ? at + RETRY : nextPeriodStart(watch)));
  return Math.min(Math.max(Math.min(...times), at + SOONEST_ALARM), at + LATEST_ALARM);
}

export type WatchedLists = ReturnType<typeof createWatches>;

export function createWatches(options: WatchOptions) {
  const watches = watchesOf(options.store);
  /** One check after another: each reads what the previous one wrote. */
  let last: Promise<unknown> = Promise.resolve();

  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  /** Starts what is due, and sets the alarm for what is next. */
  async function check(): Promise<void> {
    for (const watch of await watches.all()) {
      try {
        await checkOne(options, watch);
      } catch (error) {
        // The others are not affected. It stays due, and the next check tries again.
        console.warn('A watched list could not be checked.', error instanceof Error ? error.name : '');
      }
    }
    await options.setAlarm(await nextAlarm(options));
    options.wake();
  }

  return {
    check: () => enqueue(check),
    set: (list: SnapshotId, setting: WatchSetting) =>
      enqueue(async () => {
        const result = await saveSetting(options, list, setting);
        await options.setAlarm(await nextAlarm(options));
        return result;
      }),
    off: (id: WatchId) =>
      enqueue(async () => {
        await watches.delete(id);
        await options.setAlarm(await nextAlarm(options));
      }),
  };
}
