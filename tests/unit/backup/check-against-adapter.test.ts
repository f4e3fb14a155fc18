/**
 * Checks a restored list against its provider's adapter: data in a file can't make a run spend money or use up a
 * limit.
 */
import { describe, expect, it } from 'vitest';
import { accountIdSchema, providerIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import type { LedgerEntry } from '../../../lib/model/ledger.ts';
import type { Snapshot, State } from '../../../lib/model/snapshot.ts';
import { monthOf } from '../../../lib/store/spending.ts';
import { archiveOf } from '../../../lib/store/archive.ts';
import { Store } from '../../../lib/store/index.ts';
import { createTestCollector, PROVIDER } from '../collector/test-collector.ts';
import { freshDatabases, LIST, listOf, NOW, restore, save } from './backup-files.ts';

freshDatabases();

/** The list of a backup with these fields, after it is restored. */
async function restored(
  change: Partial<Snapshot>,
  target = new Store('target'),
): Promise<Snapshot | undefined> {
  const source = await listOf(`source ${crypto.randomUUID()}`, 3);
  await source.snapshots.change(LIST, (now) => ({ ...now, ...change }));
  await restore(target, await save(source));
  source.close();
  return target.snapshots.get(LIST);
}

describe('an unfinished list', () => {
  it.each([
    ['running', { state: { kind: 'running' } }],
    ['waiting', { state: { kind: 'waiting', until: 1, attempt: 1, trouble: { kind: 'offline' } } }],
    ['confirming', { state: { kind: 'confirming' } }],
    ['started by a page button', { state: { kind: 'running' }, startedFrom: 'page', confirmed: false }],
    ['with a large cap', { cap: 5_000_003, confirmed: true }],
  ] as const)('that was %s is paused, and needs approval to spend anything', async (_, change) => {
    expect(await restored(change)).toMatchObject({
      state: { kind: 'paused' },
      confirmed: false,
      startedFrom: 'own',
      charged: 3,
      cap: 3,
    });
  });

  it('of an unknown provider is kept and blocked', async () => {
    const provider = providerIdSchema.parse('nobody');
    expect(await restored({ provider, cap: 9_000 })).toMatchObject({
      state: { kind: 'blocked', trouble: { kind: 'unknown-provider' } },
      cap: 3,
      rows: 30,
    });
  });

  it('of a platform that its provider does not support is kept and blocked', async () => {
    const provider = providerIdSchema.parse('x-v1.1');
    expect(await restored({ provider, platform: 'tiktok' })).toMatchObject({
      state: { kind: 'blocked', trouble: { kind: 'unknown-provider' } },
    });
  });

  it('gets the unit and the prices of its adapter', async () => {
    const back = await restored({
      unit: 'usd',
      cap: 5_000_003,
      charged: 5_000_000,
      expected: 95,
      estimate: { rows: 95, requests: 1, amount: 1, seconds: 1 },
    });
    // The test provider charges a credit per ten accounts and one per lookup; at most a hundred times that is
    // accepted for three requests.
    expect(back).toMatchObject({ unit: 'credits', charged: 300, cap: 300 });
    expect(back?.estimate).toMatchObject({ rows: 95, requests: 11, amount: 11 });
  });
});

describe('the requests in a file', () => {
  function entry(id: string, change: Partial<LedgerEntry>): LedgerEntry {
    return {
      id,
      snapshotId: null,
      provider: PROVIDER,
      purpose: 'key-check',
      unit: 'credits',
      sentAt: NOW,
      settledAt: NOW,
      status: 'charged',
      reserved: 1,
      amount: 1,
      listed: 1,
      ...change,
    } as LedgerEntry;
  }

  async function restoredRows(rows: readonly LedgerEntry[]): Promise<Store> {
    const source = new Store('source');
    // The data of a file is written where only a file could have put it.
    archiveOf(source).entriesAfter = (after) => Promise.resolve(after === null ? [...rows] : []);
    const target = new Store('target');
    await restore(target, await save(source));
    return target;
  }

  it('cannot exhaust a limit with an absurd cost', async () => {
    const target = await restoredRows([
      entry('one', { amount: 9e15, reserved: 9e15, listed: 9e15 }),
      entry('two', { amount: 9e15, reserved: 9e15, listed: null, status: 'maybe' }),
      entry('three', { reserved: 9e15, amount: 0, status: 'sent', settledAt: null }),
      entry('four', { unit: 'usd', amount: 5_000_000 }),
    ]);
    // A hundred times the highest price of the test provider's list, each.
    expect(await target.money.spentSince(PROVIDER, monthOf(NOW), NOW)).toBe(400);
    expect(await target.ledger.byMonth()).toMatchObject([
      { unit: 'credits', charged: 200, maybeCharged: 200 },
    ]);
  });

  it('cannot count in future months', async () => {
    const target = await restoredRows([entry('one', { sentAt: Date.UTC(9000, 0, 1) })]);
    expect(await target.money.spentSince(PROVIDER, NOW + 1, NOW + 2)).toBe(0);
    expect(await target.money.spentSince(PROVIDER, monthOf(NOW), NOW)).toBe(1);
  });
});

describe('the profile’s ID in a file', () => {
  const theirs = accountIdSchema.parse('666');
  // The test provider looks up every handle to this one.
  const real = accountIdSchema.parse('1');

  /** A test collector with a restored list of 30 out of 95 accounts, stopped or paused. */
  async function onBench(profileId: typeof real, state: State) {
    const source = createTestCollector({ followers: 95 });
    const { id } = await source.run({ howMany: 30 });
    await source.store.snapshots.change(id, (now) => ({
      ...now,
      profileId,
      howMany: null,
      ending: null,
      state,
    }));
    const file = await save(source.store);
    const tested = createTestCollector({ followers: 95, idsAfter: 1_000 });
    await tested.saveKey();
    await restore(tested.store, file);
    const back = await tested.store.snapshots.get(id);
    expect(back).toMatchObject({ profileId, idFromBackup: profileId, rows: 30, charged: 4 });
    expect(back?.resolvedAt).not.toBeNull();
    return { ...tested, id, collector: tested.startBackground().collector };
  }

  const purposes = async (store: Store, id: SnapshotId): Promise<string[]> =>
    (await store.ledger.ofSnapshot(id)).slice(4).map(({ purpose }) => purpose);

  it('is not sent until a lookup confirmed it and the user approved the price', async () => {
    const { collector, store, environment, id, list } = await onBench(real, { kind: 'paused' });
    await collector.resume(id);
    await collector.wakeAll();
    expect(environment.requests).toBe(0);
    expect(await store.snapshots.get(id)).toMatchObject({ state: { kind: 'confirming' }, profileId: null });
    await collector.confirm(id, null, 50);
    await collector.wakeAll();
    const after = await store.snapshots.get(id);
    expect(after).toMatchObject({ state: { kind: 'ended', outcome: { kind: 'complete' } }, profileId: real });
    expect(after).not.toHaveProperty('idFromBackup');
    expect(new Set(await list(id)).size).toBe(95);
    expect(await purposes(store, id)).toEqual(['resolve', ...Array.from({ length: 7 }, () => 'page')]);
  });

  it.each([
    ['paused', { kind: 'paused' }],
    ['stopped', { kind: 'ended', outcome: { kind: 'stopped' } }],
  ] as const)('that a lookup contradicts blocks a %s run before any page', async (_, state) => {
    const { collector, store, id } = await onBench(theirs, state);
    if (state.kind === 'paused') {
      await collector.resume(id);
      await collector.wakeAll();
      await collector.confirm(id, null, 50);
    } else await collector.continueList(id, null, 50);
    await collector.wakeAll();
    expect(await store.snapshots.get(id)).toMatchObject({
      state: { kind: 'blocked', trouble: { kind: 'other-profile' } },
      profileId: theirs,
      rows: 30,
    });
    expect(await purposes(store, id)).toEqual(['resolve']);
  });

  it('is kept unchanged if the existing list already had it', async () => {
    const target = await listOf('target', 2);
    const source = await listOf('source', 4);
    await restore(target, await save(source));
    const back = await target.snapshots.get(LIST);
    expect(back).toMatchObject({ rows: 40 });
    expect(back).not.toHaveProperty('idFromBackup');
  });

  it('is unconfirmed in a complete list too, because an update requests it', async () => {
    const back = await restored({
      state: { kind: 'ended', outcome: { kind: 'complete' } },
      profileId: theirs,
    });
    expect(back).toMatchObject({ profileId: theirs });
    expect(back?.resolvedAt).not.toBeNull();
    expect(back).toMatchObject({ idFromBackup: theirs });
  });
});
