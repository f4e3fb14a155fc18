/** Rows that the extension would never write: each affects nothing but itself. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerIdSchema, snapshotIdSchema } from '../../../lib/model/ids.ts';
import { MAX_CLAIMED } from '../../../lib/model/money.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import type { ReadSnapshots } from '../../../lib/store/snapshot-index.ts';
import { FRESH } from '../collector/machine-simulator.ts';

const NAME = 'damaged';
const PROVIDER = providerIdSchema.parse('sociavault');
const GOOD: Snapshot = {
  ...FRESH,
  id: snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001'),
  provider: PROVIDER,
  createdAt: 1000,
};
const BAD = '00000000-0000-4000-8000-000000000002';
const ENTRY = {
  id: 'entry',
  snapshotId: GOOD.id,
  purpose: 'page',
  provider: PROVIDER,
  unit: 'credits',
  sentAt: 5000,
  settledAt: 6000,
  status: 'charged',
  reserved: 9,
  amount: 3,
  listed: 3,
} as const;

let factory: IDBFactory;
let store: Store;
beforeEach(() => {
  factory = new IDBFactory();
  Dexie.dependencies.indexedDB = factory;
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store(NAME);
});
afterEach(() => {
  store.close();
});

/** Writes rows, bypassing all code of the extension, and removes all others of the table. */
async function write(table: string, ...rows: readonly unknown[]): Promise<void> {
  // The tables are created with the first query.
  await store.keys.infos();
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = factory.open(NAME);
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The database did not open.'));
    };
  });
  await new Promise((resolve, reject) => {
    const transaction = database.transaction(table, 'readwrite');
    transaction.objectStore(table).clear();
    for (const row of rows) transaction.objectStore(table).put(row);
    transaction.oncomplete = resolve;
    transaction.onerror = () => {
      reject(transaction.error ?? new Error('The rows were not written.'));
    };
  });
  database.close();
}

/** A value of a different type than any valid one. */
const junk = fc
  .oneof(
    fc.constantFrom<unknown>(
      undefined,
      Number.NaN,
      Infinity,
      [],
      ['x'],
      {},
      { kind: 'unheard-of' },
      () => null,
    ),
    fc.constantFrom<unknown>('text', -1, true),
  )
  .filter((value) => typeof value !== 'function');

/** Lists as pages read them: in parts. */
async function asPagesRead(): Promise<ReadSnapshots[]> {
  const parts: ReadSnapshots[] = [];
  for await (const part of store.index.parts()) parts.push(part);
  return parts;
}

describe('a damaged list', () => {
  it.each<readonly [string, object]>([
    ['has no field except its ID', { id: BAD }],
    ['has a state of an unknown kind', { ...GOOD, id: BAD, state: { kind: 'unheard-of' } }],
    ['has no state', { ...GOOD, id: BAD, state: null }],
    ['waits without an error', { ...GOOD, id: BAD, state: { kind: 'waiting', until: 1, attempt: 1 } }],
    ['has ended without an outcome', { ...GOOD, id: BAD, state: { kind: 'ended', outcome: 'complete' } }],
    ['has an invalid creation time', { ...GOOD, id: BAD, createdAt: 'yesterday' }],
    ['has texts for counts', { ...GOOD, id: BAD, rows: '12' }],
    ['has an array for facts', { ...GOOD, id: BAD, facts: [1] }],
    ['has an unknown platform', { ...GOOD, id: BAD, platform: 'myspace' }],
  ])('that %s is omitted and counted; all others are read', async (_, bad) => {
    await write('snapshots', GOOD, bad);
    expect(await store.snapshots.all()).toEqual([GOOD]);
    const id = snapshotIdSchema.parse(BAD);
    expect(await store.snapshots.get(id)).toBeUndefined();
    expect(await store.snapshots.unfinished()).toEqual([GOOD]);
    expect(await store.snapshots.ofProfile(GOOD.platform, GOOD.handleKey, GOOD.relation)).toEqual([GOOD]);
    expect(await store.snapshots.deleted()).toEqual([]);
    expect(await store.snapshots.change(id, (now) => ({ ...now, rows: 1 }))).toBeUndefined();
    expect((await store.snapshots.start(GOOD, true)).kind).toBe('joined');
    const read = await asPagesRead();
    expect(read.flatMap(({ snapshots }) => snapshots)).toEqual([GOOD]);
    expect(read.flatMap(({ unreadable }) => unreadable)).toEqual([BAD]);
  });

  it('is either reported as damaged or read, whatever its fields contain; nothing throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(GOOD).filter((key) => key !== 'id')),
        junk,
        async (field, value) => {
          await write('snapshots', GOOD, { ...GOOD, id: BAD, [field]: value });
          const found = await store.snapshots.all();
          const read = await asPagesRead();
          // Pages get the same rows as all other readers.
          expect(read.flatMap(({ snapshots }) => snapshots)).toHaveLength(found.length);
          expect(read.flatMap(({ unreadable }) => unreadable)).toHaveLength(2 - found.length);
          expect(found.filter(({ id }) => id === GOOD.id)).toEqual([GOOD]);
          await store.snapshots.unfinished();
          await store.snapshots.ofProfile(GOOD.platform, GOOD.handleKey, GOOD.relation);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a damaged key', () => {
  const key = {
    provider: PROVIDER,
    baseUrl: 'https://x.example',
    savedAt: 1,
    checkedAt: null,
    balance: null,
  };
  it.each<readonly [string, object]>([
    ['no secret', key],
    ['a secret of another kind', { ...key, secret: { kind: 'written on paper' } }],
    ['a string as its secret', { ...key, secret: 'sk_live' }],
    ['no valid address', { ...key, secret: { kind: 'open', key: 'sk' }, baseUrl: 'nowhere' }],
    ['a lock without a salt', { provider: '@lock', lock: { rounds: 1 } }],
  ])('with %s is omitted and counted, and can be saved again', async (_, bad) => {
    const good = { ...key, provider: 'x-v2', secret: { kind: 'open', key: 'a key that works' } };
    let received = 0;
    store.keys.damage.watch(() => (received += 1));
    await write('keys', good, bad);
    expect((await store.keys.infos()).map(({ provider }) => provider)).toEqual(['x-v2']);
    expect(await store.keys.get(PROVIDER)).toBeUndefined();
    expect(await store.keys.lock()).toBeNull();
    expect([store.keys.damage.rows, received]).toEqual([1, 1]);
    await write('keys', good);
    await store.keys.infos();
    expect([store.keys.damage.rows, received]).toEqual([0, 2]);
  });
});

describe('a damaged entry of the spending history', () => {
  const since = (): Promise<number> => store.money.spentSince(PROVIDER, 0, 100_000);
  it.each<readonly [string, object, number]>([
    ['its cost is a string', { amount: 'nothing' }, 9],
    ['its cost is missing', { amount: undefined }, 9],
    ['its status is unknown', { status: 'free' }, 9],
    ['no part of its cost is a number', { amount: Number.NaN, reserved: null }, MAX_CLAIMED],
    ['its unit is unknown', { unit: 'bananas' }, 9],
  ])('counts as the most that it can have cost if %s', async (_, wrong, most) => {
    await write('ledger', ENTRY, { ...ENTRY, id: 'bad', ...wrong });
    expect(await since()).toBe(3 + most);
    expect((await store.ledger.spentOn(GOOD.id)).maybeCharged).toBe(most);
    expect((await store.ledger.byMonth()).reduce((sum, { maybeCharged }) => sum + maybeCharged, 0)).toBe(
      most,
    );
  });

  it('without a provider affects no sum', async () => {
    await write('ledger', ENTRY, { id: 'bad', snapshotId: GOOD.id });
    expect(await since()).toBe(3);
    expect(await store.ledger.spentOn(GOOD.id)).toMatchObject({ requests: 1, charged: 3 });
    expect(await store.ledger.byMonth()).toHaveLength(1);
    expect(await store.ledger.ofSnapshot(GOOD.id)).toHaveLength(1);
  });
});
