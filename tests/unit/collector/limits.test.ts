import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { truth } from './disruptions.ts';
import { createTestCollector, PROVIDER } from './test-collector.ts';

describe('limits', () => {
  it('a cap of 3 credits pays for the lookup and two pages', async () => {
    const { run, environment } = createTestCollector({ followers: 95 });
    const snapshot = await run({ cap: 3 });
    expect(snapshot).toMatchObject({
      rows: 20,
      state: { kind: 'ended', outcome: { kind: 'capped', by: 'cap' } },
    });
    expect(environment.charged).toBe(3);
  });

  it('a cap of one dollar at one cent per account buys the profile and 99 accounts', async () => {
    const { run, environment } = createTestCollector({
      followers: 5000,
      pageSize: 1000,
      perRow: 10_000,
      adjustable: true,
    });
    const snapshot = await run({ cap: 1_000_000 });
    expect(snapshot.rows).toBe(99);
    expect(environment.charged).toBe(1_000_000);
  });

  it('the newest 15 with 10 per page are two pages, and no paid account is discarded', async () => {
    const { run } = createTestCollector({ followers: 95 });
    expect(await run({ howMany: 15 })).toMatchObject({
      rows: 20,
      state: { kind: 'ended', outcome: { kind: 'capped', by: 'rows' } },
    });
  });

  it('the monthly limit applies across runs', async () => {
    const { run, environment } = createTestCollector({
      followers: 95,
      preferences: { monthlyLimit: { bench: 4 } },
    });
    expect(await run()).toMatchObject({ rows: 30, state: { outcome: { kind: 'capped', by: 'monthly' } } });
    expect(environment.charged).toBe(4);
  });

  it.each([{ bench: 0 }, { '*': 0 }])(
    'a monthly limit of 0 prevents every request: %j',
    async (monthlyLimit) => {
      const { run, environment } = createTestCollector({ followers: 95, preferences: { monthlyLimit } });
      expect(await run()).toMatchObject({ rows: 0, state: { outcome: { kind: 'capped', by: 'monthly' } } });
      expect(environment.charged).toBe(0);
    },
  );

  it('a key test in the meantime counts before the next request, whenever it happens', async () => {
    for (const limit of [1, 2, 3, 4]) {
      for (const before of [1, 2, 3, 4]) {
        const b = createTestCollector({
          followers: 95,
          preferences: { monthlyLimit: { bench: limit } },
        });
        const { store, environment } = b;
        const test = async (): Promise<void> => {
          const entry = {
            id: 'test',
            snapshotId: null,
            purpose: 'key-check',
            provider: PROVIDER,
            unit: 'credits',
            sentAt: environment.now,
            settledAt: null,
            status: 'sent',
            reserved: 1,
            amount: 0,
            listed: null,
          } as const;
          if (await store.money.writeKeyCheck(entry, { since: 0, limit })) environment.charged += 1;
        };
        // Between the collector's read and its write.
        const spentSince = store.money.spentSince.bind(store.money);
        let requested = 0;
        store.money.spentSince = async (...of) => {
          const spent = await spentSince(...of);
          const writing: unknown = Dexie.currentTransaction;
          if (writing === null && (requested += 1) === before) await test();
          return spent;
        };
        const snapshot = await b.run({ cap: 100 });
        expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'capped', by: 'monthly' } });
        expect(environment.charged).toBe(limit);
      }
    }
  });

  it('an estimate above the approval threshold is confirmed first, with only the lookup paid', async () => {
    const askAbove = { credits: 5, usd: 0, requests: 0 };
    const { run, store, environment, startBackground, list } = createTestCollector({
      followers: 95,
      preferences: { askAbove },
    });
    const snapshot = await run();
    expect(snapshot.state).toEqual({ kind: 'confirming' });
    expect(snapshot.estimate).toMatchObject({ rows: 95, amount: 11 });
    expect(environment.charged).toBe(1);
    const { collector } = startBackground();
    await collector.confirm(snapshot.id, null, 11);
    await collector.wakeAll();
    expect((await store.snapshots.get(snapshot.id))?.state).toEqual({
      kind: 'ended',
      outcome: { kind: 'complete' },
    });
    expect(await list(snapshot.id)).toEqual(truth(95));
  });

  it('with a threshold of zero, each step needs approval: the lookup, then the price based on its result', async () => {
    const askAbove = { credits: 0, usd: 0, requests: 0 };
    const { run, store, environment, startBackground, list } = createTestCollector({
      followers: 95,
      preferences: { askAbove },
    });
    const { id } = await run();
    expect((await store.snapshots.get(id))?.state).toEqual({ kind: 'confirming' });
    expect(environment.requests).toBe(0);
    const { collector } = startBackground();
    await collector.confirm(id, null, 1);
    await collector.wakeAll();
    expect(await store.snapshots.get(id)).toMatchObject({
      state: { kind: 'confirming' },
      estimate: { amount: 11 },
    });
    expect(environment.charged).toBe(1);
    await collector.confirm(id, null, 11);
    await collector.wakeAll();
    expect(await list(id)).toEqual(truth(95));
    expect(environment.charged).toBe(11);
  });

  it('a page of uncertain cost counts toward limits, and is recorded as possibly charged', async () => {
    const { run, store } = createTestCollector({
      followers: 30,
      perRow: 10,
      adjustable: true,
      disruption: (request) =>
        request === 2
          ? {
              kind: 'answer',
              page: (page) => ({ ...page, accounts: [], charged: 0, maybeCharged: 10 }),
            }
          : null,
    });
    const snapshot = await run({ cap: 320, howMany: null });
    expect(snapshot).toMatchObject({ rows: 20, charged: 210, maybeCharged: 10 });
    expect(await store.ledger.byMonth()).toMatchObject([{ charged: 210, maybeCharged: 10 }]);
  });

  it('a failure that cost no more than the minimum counts the minimum, not the whole reserve', async () => {
    const failure = {
      trouble: { kind: 'refused-request', status: 200, said: null },
      charged: null,
      atMost: 15,
      retryable: false,
      retryAfter: null,
    } as const;
    const { run, store } = createTestCollector({
      followers: 30,
      perRow: 10,
      disruption: (request) => (request === 1 ? { kind: 'failure', failure } : null),
    });
    const snapshot = await run({ cap: 1_000 });
    expect(snapshot).toMatchObject({ state: { kind: 'blocked', price: 100 }, charged: 10, maybeCharged: 15 });
    expect(await store.ledger.byMonth()).toMatchObject([{ charged: 10, maybeCharged: 15 }]);
  });

  it('many small starts from pages count together', async () => {
    const askAbove = { credits: 5, usd: 0, requests: 0 };
    const { run } = createTestCollector({ followers: 20, preferences: { askAbove } });
    expect((await run({ startedFrom: 'page' })).state.kind).toBe('ended');
    expect((await run({ startedFrom: 'page', relation: 'following' })).state.kind).toBe('confirming');
  });
});
