/** The batches: many profiles that are collected together within one limit. */
import { handleKey } from '../model/handles.ts';
import type { Batch, BatchId } from '../model/batch.ts';
import type { Budget, BudgetId } from '../model/budget.ts';
import type { SnapshotId } from '../model/ids.ts';
import { countedAmount, type LedgerEntry } from '../model/ledger.ts';
import { hasEnded, isWorthOpening, turnOf, type Snapshot } from '../model/snapshot.ts';
import { clean } from './clean.ts';
import type { Database } from './database.ts';
import type { Store } from './index.ts';
import { readable } from './readable.ts';
import { changeSnapshot, type SnapshotChange } from './snapshots.ts';

/** A batch, the limit that its runs share, and its own runs, in the order of their turns. */
export interface WholeBatch {
  readonly batch: Batch;
  /** `undefined` if it can't be read. Then nothing may be spent. */
  readonly budget: Budget | undefined;
  /** Its own runs that are still stored. */
  readonly runs: readonly Snapshot[];
}

const known = new WeakMap<Pick<Store, 'part'>, Batches>();

/** The batches of a store. It isn't a property of it, because most pages never need them. */
export function batchesIn(store: Pick<Store, 'part'>): Batches {
  const found = known.get(store) ?? store.part((database) => new Batches(database));
  known.set(store, found);
  return found;
}

export class Batches {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** All batches, newest first. */
  async all(): Promise<Batch[]> {
    return readable(await this.#db.batches.orderBy('createdAt').reverse().toArray());
  }

  async get(id: BatchId): Promise<Batch | undefined> {
    return this.#db.batches.get(id);
  }

  async budget(id: BudgetId): Promise<Budget | undefined> {
    return this.#db.budgets.get(id);
  }

  async budgets(): Promise<Budget[]> {
    return readable(await this.#db.budgets.toArray());
  }

  async addBudgets(budgets: readonly Budget[]): Promise<void> {
    await this.#db.budgets.bulkAdd(budgets.map(clean.budget));
  }

  /** The runs that were started with a batch and are still stored, in the order of their turns. */
  async runsOf(id: BatchId): Promise<Snapshot[]> {
    const found = readable(await this.#db.snapshots.where('batch').equals(id).toArray());
    return found.sort((a, b) => turnOf(a) - turnOf(b));
  }

  /** A batch as it is now; `undefined` if there is none. */
  async whole(id: BatchId): Promise<WholeBatch | undefined> {
    const { batches, budgets, snapshots } = this.#db;
    return this.#db.transaction('r', [batches, budgets, snapshots], async () => {
      const batch = await batches.get(id);
      if (batch === undefined) return undefined;
      return { batch, budget: await budgets.get(batch.budget), runs: await this.runsOf(id) };
    });
  }

  /**
   * Stores a batch with its limit and its runs, all or nothing. A profile whose list is being collected or, unless
   * `again`, was collected to its end gets no run: its line leads to that list.
   * @param runs one for each line of the batch, in their order
   */
  async start(
    batch: Batch,
    budget: Budget,
    { runs, again }: { readonly runs: readonly Snapshot[]; readonly again: boolean },
  ): Promise<WholeBatch> {
    const { batches, budgets, snapshots } = this.#db;
    return this.#db.transaction('rw', [batches, budgets, snapshots], async () => {
      const existing = await this.#listsOf(batch);
      const lists = new Map<SnapshotId, SnapshotId>();
      const fresh = runs.filter(({ id, handleKey: key }) => {
        const others = existing.get(key) ?? [];
        const found =
          others.find(({ state }) => !hasEnded(state)) ?? (again ? undefined : others.find(isWorthOpening));
        if (found !== undefined) lists.set(id, found.id);
        return found === undefined;
      });
      const stored = clean.batch({
        ...batch,
        lines: batch.lines.map((line) => ({ ...line, list: lists.get(line.list) ?? line.list })),
      });
      const rows = fresh.map(clean.snapshot);
      const limit = clean.budget(budget);
      await Promise.all([batches.add(stored), budgets.add(limit), snapshots.bulkAdd(rows)]);
      return { batch: stored, budget: limit, runs: rows };
    });
  }

  /** The lists of the profiles of a batch that are not deleted, newest first, by handle. */
  async #listsOf({ platform, relation, lines }: Batch): Promise<ReadonlyMap<string, readonly Snapshot[]>> {
    const keys = lines.map(({ handle }) => [platform, handleKey(handle), relation]);
    const found = readable(
      await this.#db.snapshots.where('[platform+handleKey+relation]').anyOf(keys).toArray(),
    );
    const shown = found.filter(({ deletedAt }) => deletedAt === undefined);
    return Map.groupBy(
      shown.sort((a, b) => b.createdAt - a.createdAt),
      (one) => one.handleKey,
    );
  }

  /** When a run of these batches last ended without the user's doing; `-Infinity` if none did. Epoch milliseconds. */
  async lastEndOf(ids: readonly BatchId[]): Promise<number> {
    const found = readable(await this.#db.snapshots.where('batch').anyOf(ids).toArray());
    const ends = found.flatMap(({ state, endedAt }) =>
      hasEnded(state) && state.outcome.kind !== 'stopped' && endedAt !== null ? [endedAt] : [],
    );
    return ends.reduce((a, b) => Math.max(a, b), -Infinity);
  }

  /** Changes the runs of a batch as they are now, all or nothing. @returns those that changed */
  async changeRuns(id: BatchId, change: SnapshotChange): Promise<Snapshot[]> {
    const { snapshots } = this.#db;
    return this.#db.transaction('rw', snapshots, async () => this.#change(await this.runsOf(id), change));
  }

  async #change(runs: readonly Snapshot[], change: SnapshotChange): Promise<Snapshot[]> {
    const changed: Snapshot[] = [];
    for (const run of runs) {
      const after = await changeSnapshot(this.#db, run.id, change);
      if (after !== undefined && after.updatedAt !== run.updatedAt) changed.push(after);
    }
    return changed;
  }

  /**
   * Changes the limit of a batch, and its runs with it. If the limit can't be read, what counts is added up again.
   * @returns the runs that changed; `undefined` if there is no such batch
   */
  async changeLimit(
    id: BatchId,
    limit: Pick<Budget, 'limit' | 'unit'>,
    change: SnapshotChange,
  ): Promise<Snapshot[] | undefined> {
    const { batches, budgets, snapshots, ledger } = this.#db;
    return this.#db.transaction('rw', [batches, budgets, snapshots, ledger], async () => {
      const batch = await batches.get(id);
      if (batch === undefined) return undefined;
      const budget = (await budgets.get(batch.budget)) ?? (await this.#countedAgain(batch, limit));
      await budgets.put(clean.budget({ ...budget, limit: limit.limit }));
      return this.#change(await this.runsOf(id), change);
    });
  }

  async #countedAgain({ budget: id, provider, createdAt }: Batch, limit: Pick<Budget, 'limit' | 'unit'>) {
    let counted = 0;
    await this.#db.ledger.each((entry: LedgerEntry | undefined) => {
      if (entry?.snapshotId != null && entry.budget === id) counted += countedAmount(entry);
    });
    const { unit } = limit;
    return { id, kind: 'batch', provider, unit, limit: limit.limit, counted, since: createdAt } as const;
  }

  /** Forgets a batch. Its lists and its spending history stay. */
  async delete(id: BatchId): Promise<void> {
    await this.#db.batches.delete(id);
  }
}
