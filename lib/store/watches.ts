/** The watched lists, and the transaction that starts a run for one. */
import type { Budget, BudgetId } from '../model/budget.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Watch, WatchId } from '../model/watch.ts';
import { clean } from './clean.ts';
import type { Database } from './database.ts';
import type { Store } from './index.ts';
import { readable } from './readable.ts';
import type { Started } from './snapshots.ts';

/** A run for a period of a watch. */
export interface PeriodRun {
  /** For this period, and after nothing else changed the watch. */
  readonly watch: Watch;
  readonly period: number;
  readonly at: number;
  readonly fresh: Snapshot;
  /** The list to be updated; `null` collects in full. */
  readonly base: SnapshotId | null;
}

export class Watches {
  readonly #db: Database;
  readonly #store: Pick<Store, 'snapshots'>;

  constructor(db: Database, store: Pick<Store, 'snapshots'>) {
    this.#db = db;
    this.#store = store;
  }

  async all(): Promise<Watch[]> {
    return readable(await this.#db.watches.toArray());
  }

  async get(id: WatchId): Promise<Watch | undefined> {
    return this.#db.watches.get(id);
  }

  async budget(id: BudgetId): Promise<Budget | undefined> {
    return this.#db.budgets.get(id);
  }

  /**
   * Turns a watch on, or changes it. What counts against an earlier limit stays counted.
   * @param budget the limit of its runs; `null` if it only reminds
   */
  async put(watch: Watch, budget: Budget | null): Promise<void> {
    const { watches, budgets } = this.#db;
    await this.#db.transaction('rw', [watches, budgets], async () => {
      if (budget !== null) {
        const before = await budgets.get(budget.id);
        const counted = before === undefined ? {} : { counted: before.counted, since: before.since };
        await budgets.put(clean.budget({ ...budget, ...counted }));
      }
      await watches.put(clean.watch(watch));
    });
  }

  /** Turns a watch off. Its limit stays: requests in progress still count against it. */
  async delete(id: WatchId): Promise<void> {
    await this.#db.watches.delete(id);
  }

  /** Records that nothing more is to be done in a period, if nothing else changed the watch. @returns whether it was recorded */
  async markDone(watch: Watch, period: number, at: number | null): Promise<boolean> {
    return this.#db.transaction('rw', this.#db.watches, async () => {
      if (!(await this.#isUnchanged(watch))) return false;
      await this.#db.watches.put(clean.watch({ ...watch, period, lastAt: at ?? watch.lastAt }));
      return true;
    });
  }

  /**
   * Starts the run of a period and records the period as done, in one transaction: no restart, and no second window,
   * starts two runs in one period.
   * @returns `undefined` if the watch was changed meanwhile, or the list to be updated is gone
   */
  async start({ watch, period, at, fresh, base }: PeriodRun): Promise<Started | undefined> {
    const { watches, snapshots, parts } = this.#db;
    return this.#db.transaction('rw', [watches, snapshots, parts], async () => {
      if (!(await this.#isUnchanged(watch))) return undefined;
      const started =
        base === null
          ? await this.#store.snapshots.start(fresh, true)
          : await this.#store.snapshots.startUpdate(fresh, base);
      if (started === undefined) return undefined;
      const updates = base === null ? 0 : watch.updates + 1;
      await watches.put(clean.watch({ ...watch, period, lastAt: at, updates }));
      return started;
    });
  }

  async #isUnchanged({ id, from, period }: Watch): Promise<boolean> {
    const now = await this.#db.watches.get(id);
    return now?.from === from && now.period === period;
  }
}

const known = new WeakMap<Store, Watches>();

/** The watched lists of a store. Not a property of it, because few contexts need them. */
export function watchesOf(store: Store): Watches {
  const watches = known.get(store) ?? store.part((database) => new Watches(database, store));
  known.set(store, watches);
  return watches;
}
