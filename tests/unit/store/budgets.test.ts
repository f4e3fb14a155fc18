import { batchesIn } from '../../../lib/store/batches.ts';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { budgetIdSchema, type Budget, type BudgetId } from '../../../lib/model/budget.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { countedAmount, type RunEntry } from '../../../lib/model/ledger.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { archiveOf } from '../../../lib/store/archive.ts';
import { counting, leftOf } from '../../../lib/store/budgets.ts';
import { Store } from '../../../lib/store/index.ts';
import { monthOf } from '../../../lib/store/spending.ts';
import { FRESH } from '../collector/machine-simulator.ts';
import { PROVIDER } from '../collector/test-collector.ts';

const BUDGET = budgetIdSchema.parse('00000000-0000-4000-8000-000000000001');
const OTHER = budgetIdSchema.parse('00000000-0000-4000-8000-000000000002');
const BUDGETS = [BUDGET, OTHER];
const T0 = Date.UTC(2026, 10, 21);

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
});

function budgetOf(id: BudgetId, limit: number, rest: Partial<Budget> = {}): Budget {
  return { id, kind: 'batch', provider: PROVIDER, unit: 'credits', limit, counted: 0, since: T0, ...rest };
}

function runOf(number: number, budget: BudgetId): Snapshot {
  const id = snapshotIdSchema.parse(`00000000-0000-4000-8000-0000000001${String(number).padStart(2, '0')}`);
  return { ...FRESH, id, provider: PROVIDER, confirmed: true, cap: 1000, budget };
}

function entryOf(run: Snapshot, id: string, reserved: number, sentAt = T0): RunEntry {
  return {
    id,
    snapshotId: run.id,
    provider: run.provider,
    purpose: 'page',
    unit: run.unit,
    sentAt,
    settledAt: null,
    status: 'sent',
    reserved,
    amount: 0,
    listed: null,
    ...(run.budget === undefined ? {} : { budget: run.budget }),
  };
}

type Act =
  | { readonly kind: 'write'; readonly run: number; readonly reserved: number; readonly window: 0 | 1 }
  /** How the oldest open request ends. What it costs is at most its reserve. */
  | { readonly kind: 'settle'; readonly share: number; readonly isLost: boolean; readonly window: 0 | 1 }
  | { readonly kind: 'interrupt'; readonly window: 0 | 1 }
  | { readonly kind: 'delete'; readonly run: number };

const window = fc.constantFrom<0 | 1>(0, 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      run: fc.nat(3),
      reserved: fc.integer({ min: 1, max: 9 }),
      window,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      share: fc.nat(9),
      isLost: fc.boolean(),
      window,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('interrupt' as const), window }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), run: fc.nat(3) }) },
);

let databases = 0;

describe('a limit that runs share', () => {
  it('is never passed and counts every request, whichever windows write at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.nat(40), fc.nat(40)),
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        async (limits, rounds) => {
          const name = `bench ${String((databases += 1))}`;
          const stores = [new Store(name), new Store(name)] as const;
          const [store] = stores;
          await batchesIn(store).addBudgets(BUDGETS.map((id, at) => budgetOf(id, limits[at] ?? 0)));
          const runs = new Map(
            [0, 1, 2, 3].map((number) => [number, runOf(number, number % 2 === 0 ? BUDGET : OTHER)]),
          );
          const runAt = (number: number): Snapshot => runs.get(number) ?? runOf(number, BUDGET);
          for (const run of runs.values()) await store.snapshots.addFinished(run, []);
          const open: RunEntry[] = [];
          let ids = 0;

          async function happens(of: Act): Promise<void> {
            switch (of.kind) {
              case 'write': {
                const run = runAt(of.run);
                const entry = entryOf(run, `request ${String((ids += 1))}`, of.reserved);
                const result = await stores[of.window].money.writeRequest(entry, (now) => ({ ...now }));
                if (result.kind === 'written') open.push(entry);
                return;
              }
              case 'settle': {
                const entry = open.shift();
                if (entry === undefined) return;
                const amount = of.isLost ? entry.reserved : Math.min(entry.reserved, of.share);
                await stores[of.window].money.settle(
                  entry.snapshotId,
                  {
                    entry: entry.id,
                    provider: PROVIDER,
                    at: T0,
                    status: of.isLost ? 'maybe' : 'charged',
                    amount,
                    // A response may claim to cost less than the price list.
                    listed: of.isLost ? null : Math.min(entry.reserved, amount + 1),
                  },
                  (now) => now,
                  null,
                );
                return;
              }
              case 'interrupt':
                open.length = 0;
                await stores[of.window].money.settleInterrupted(PROVIDER, T0, () => (now) => now);
                return;
              case 'delete':
                await store.snapshots.delete(runAt(of.run).id);
            }
          }

          for (const round of rounds) {
            await Promise.all(round.map(happens));
            const entries = await archiveOf(store).entriesAfter(null, 10_000);
            for (const [at, id] of BUDGETS.entries()) {
              const own = entries.filter((entry) => entry.snapshotId !== null && entry.budget === id);
              const counted = own.reduce((sum, entry) => sum + countedAmount(entry), 0);
              const budget = await batchesIn(store).budget(id);
              expect(budget?.counted).toBe(counted);
              expect(counted).toBeLessThanOrEqual(limits[at] ?? 0);
              expect(await store.money.sharedLeft(id, T0)).toBe((limits[at] ?? 0) - counted);
            }
          }
          for (const one of stores) one.close();
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it('allows nothing if it can’t be read', async () => {
    const store = new Store('bench');
    const run = runOf(1, BUDGET);
    await store.snapshots.addFinished(run, []);
    expect(await store.money.sharedLeft(run.budget, T0)).toBe(0);
    const result = await store.money.writeRequest(entryOf(run, 'one', 1), (now) => now);
    expect(result).toEqual({ kind: 'over-limit' });
    expect(await store.ledger.entry('one')).toBeUndefined();
    store.close();
  });

  it('counts a request that the browser resent, although nothing can prevent it', async () => {
    const store = new Store('bench');
    const run = runOf(1, BUDGET);
    await batchesIn(store).addBudgets([budgetOf(BUDGET, 5)]);
    await store.snapshots.addFinished(run, []);
    await store.money.writeRequest(entryOf(run, 'one', 4), (now) => ({ ...now }));
    await store.money.addResent(
      { ...entryOf(run, 'two', 4), status: 'maybe', amount: 4, settledAt: T0 },
      (now) => now,
    );
    expect((await batchesIn(store).budget(BUDGET))?.counted).toBe(8);
    store.close();
  });
});

describe('a limit for each month', () => {
  const month = (at: number): number => monthOf(at);
  const november = Date.UTC(2026, 10, 15);
  const december = Date.UTC(2026, 11, 15);
  const watched = budgetOf(BUDGET, 10, { kind: 'watch', since: month(november) });

  it('begins anew in the next one', () => {
    const spent = counting(watched, november, 8);
    expect(leftOf(spent, november)).toBe(2);
    expect(leftOf(spent, december)).toBe(10);
    expect(counting(spent, december, 3)).toMatchObject({ counted: 3, since: month(december) });
  });

  it('a request of an earlier month returns nothing to the current one', () => {
    const now = counting(counting(watched, november, 8), december, 3);
    expect(counting(now, november, -8)).toEqual(now);
  });

  it('is only stricter if the clock was set back', () => {
    const now = counting(watched, december, 3);
    expect(leftOf(now, november)).toBe(7);
    expect(counting(now, november, 2).counted).toBe(5);
  });

  it('a batch has no months', () => {
    const batch = counting(budgetOf(BUDGET, 10), november, 8);
    expect(leftOf(batch, december)).toBe(2);
    expect(counting(batch, december, -3).counted).toBe(5);
  });
});
