import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkKey } from '../../../lib/collector/key-check.ts';
import type { Price } from '../../../lib/model/money.ts';
import type { KeyCheck } from '../../../lib/providers/adapter.ts';
import { failure, type Result } from '../../../lib/providers/failure.ts';
import type { Connection } from '../../../lib/providers/http.ts';
import { Store } from '../../../lib/store/index.ts';
import { PROVIDER } from './test-collector.ts';

const NOW = Date.UTC(2026, 10, 21);
const PRICED: Price = { unit: 'requests', perRequest: 1, perRow: 0, resolve: 1, perFill: 1, keyCheck: 1 };
const FREE: Price = { unit: 'requests', perRequest: 1, perRow: 0, resolve: 1, perFill: 1 };
const GOOD: Result<KeyCheck> = { ok: true, value: { balance: null, charged: 1 } };

const nowhere: Connection = {
  send: () => Promise.reject(new Error('The adapter of this test sends nothing.')),
  lastResponse: () => null,
  quote: () => null,
  mayBeSentTwice: () => false,
};

let store: Store;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store('key-check');
});

/** Tests keys one after another, and counts the requests to the provider. */
function tester(response: Result<KeyCheck>, price = PRICED, monthlyLimit: number | null = null) {
  let requested = 0;
  const check = () =>
    checkKey({
      money: store.money,
      adapter: {
        id: PROVIDER,
        price,
        checkKey: () => {
          requested += 1;
          return Promise.resolve(response);
        },
      },
      connection: nowhere,
      monthlyLimit,
      now: () => NOW,
      newId: () => `check-${String(requested)}`,
    });
  return { check, requested: () => requested };
}

describe('testing a key', () => {
  it('is recorded in the spending history if it costs something', async () => {
    const { check } = tester(GOOD);
    expect(await check()).toEqual(GOOD);
    expect(await store.ledger.byMonth()).toMatchObject([
      { requests: 1, charged: 1, listed: 1, maybeCharged: 0 },
    ]);
    expect(await store.ledger.entry('check-0')).toMatchObject({ purpose: 'key-check', snapshotId: null });
  });

  it('counts the cost of a rejection, and the possible cost of a lost response', async () => {
    await tester(failure({ kind: 'bad-key', said: null }, { charged: 0 })).check();
    expect(await store.ledger.byMonth()).toMatchObject([{ requests: 1, charged: 0, maybeCharged: 0 }]);
    store.close();
    store = new Store('lost');
    await tester(failure({ kind: 'unreachable' }, { charged: null })).check();
    expect(await store.ledger.byMonth()).toMatchObject([{ requests: 1, charged: 0, maybeCharged: 1 }]);
  });

  it('counts what it may have cost if the provider leaves that open', async () => {
    await tester({ ok: true, value: { balance: 5, charged: null } }).check();
    expect(await store.ledger.byMonth()).toMatchObject([{ requests: 1, charged: 0, maybeCharged: 1 }]);
  });

  it('sends nothing if it could exceed the monthly limit', async () => {
    const { check, requested } = tester(GOOD, PRICED, 2);
    expect(await check()).toEqual(GOOD);
    expect(await check()).toEqual(GOOD);
    expect(await check()).toBeNull();
    expect(requested()).toBe(2);
    expect(await store.money.spentSince(PROVIDER, 0, NOW)).toBe(2);
  });

  it('and another test at the same moment do not exceed the limit together', async () => {
    const { check, requested } = tester(GOOD, PRICED, 1);
    const both = await Promise.all([check(), check()]);
    expect(both.filter((result) => result === null)).toHaveLength(1);
    expect(requested()).toBe(1);
    expect(await store.money.spentSince(PROVIDER, 0, NOW)).toBe(1);
  });

  it('leaves no trace if it is free, and needs no remaining limit', async () => {
    const free: Result<KeyCheck> = { ok: true, value: { balance: 7 } };
    expect(await tester(free, FREE, 0).check()).toEqual(free);
    expect(await store.ledger.byMonth()).toEqual([]);
  });

  it('may have been charged if a termination interrupted it, and affects no list', async () => {
    await store.money.writeKeyCheck({
      id: 'interrupted',
      snapshotId: null,
      purpose: 'key-check',
      provider: PROVIDER,
      unit: 'requests',
      sentAt: NOW,
      settledAt: null,
      status: 'sent',
      reserved: 1,
      amount: 0,
      listed: null,
    });
    await store.money.settleInterrupted(PROVIDER, NOW, () => () => {
      throw new Error('No list sent it.');
    });
    expect(await store.ledger.entry('interrupted')).toMatchObject({
      status: 'maybe',
      amount: 1,
      listed: null,
    });
  });
});

describe('the balance', () => {
  it('stated by a response replaces the calculated one', async () => {
    await store.keys.save({
      provider: PROVIDER,
      key: 'k',
      baseUrl: 'https://a.example',
      savedAt: NOW,
      checkedAt: NOW,
      balance: 50,
    });
    const balance = async () => (await store.keys.infos())[0]?.balance;
    const settle = { entry: 'x', provider: PROVIDER, at: NOW, status: 'charged', listed: 0 } as const;
    await store.money.settleKeyCheck({ ...settle, amount: 4 });
    expect(await balance()).toBe(46);
    await store.money.settleKeyCheck({ ...settle, amount: 0, balance: 3 });
    expect(await balance()).toBe(3);
  });
});
