/** Databases of older versions, and obstacles to opening one. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StorageError } from '../../../lib/model/error.ts';
import { providerIdSchema, snapshotIdSchema } from '../../../lib/model/ids.ts';
import { Store } from '../../../lib/store/index.ts';
import {
  damaged,
  storedDatabase,
  writeDatabase,
  type StoredDatabase,
} from '../../harness/stored-database.ts';

const NAME = 'followledger';
const WHOLE = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000a');
const OF_IDS = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000b');
const SOCIAVAULT = providerIdSchema.parse('sociavault');

let factory: IDBFactory;
let stored: StoredDatabase;
beforeEach(async () => {
  factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  Dexie.dependencies.indexedDB = factory;
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  stored = await storedDatabase(1);
  await writeDatabase({ name: NAME, stored });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The request failed.'));
    };
  });
}

/** Everything in the database, bypassing all code of the extension. */
async function everything(): Promise<{ version: number; tables: Record<string, unknown[]> }> {
  const database = await done(factory.open(NAME));
  const tables: Record<string, unknown[]> = {};
  for (const name of database.objectStoreNames) {
    tables[name] = (await done(database.transaction(name).objectStore(name).getAll())) as unknown[];
  }
  database.close();
  return { version: database.version, tables };
}

/** Waits until the store reports this result of opening. */
function received(store: Store, wanted: StorageError | null): Promise<void> {
  if (store.error === wanted) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.onStorageError((runError) => {
      if (runError !== wanted) return;
      stop();
      resolve();
    });
  });
}

describe('a database of version 1', () => {
  it('keeps every row, and only gains fields', async () => {
    const before = await everything();
    const store = new Store(NAME);
    await store.snapshots.all();
    store.close();
    const after = await everything();
    expect(before.version).toBe(10);
    expect(after.version).toBe(40);
    expect(Object.keys(before.tables).sort()).toEqual(stored.stores.map(({ name }) => name).sort());
    for (const [name, rows] of Object.entries(before.tables)) {
      expect(rows.length).toBeGreaterThan(0);
      expect(after.tables[name]).toHaveLength(rows.length);
      expect(after.tables[name]).toMatchObject(rows);
    }
    expect(after.tables['derived']).toEqual([]);
    for (const entry of after.tables['ledger'] ?? []) expect(entry).toMatchObject({ listed: null });
  });

  it('is read unchanged', async () => {
    const store = new Store(NAME);
    expect((await store.snapshots.all()).map(({ id }) => id)).toEqual([OF_IDS, WHOLE]);
    const pages = await store.pages.read(WHOLE, 0, 10);
    const accounts = pages.flatMap((page) => page.accounts);
    expect(accounts.map(({ handle }) => handle)).toEqual(
      Array.from({ length: 7 }, (_, index) => `person_${index.toString()}`),
    );
    expect(accounts[0]).toMatchObject({
      id: '1600000000000000000',
      name: 'Ünïcode 👩‍👩‍👧 0',
      bio: 'line one\nline "two" 0',
      verifiedType: 'blue',
      location: null,
    });
    const filled = (await store.pages.read(OF_IDS, 0, 10)).flatMap((page) => page.accounts);
    expect(filled.map(({ id }) => id)).toEqual(['900', '901', '902', 'MS4wLjABAAAAnot-a-number']);
    expect(filled.map(({ handle }) => handle)).toEqual(['person_50', null, null, null]);
    expect(filled[1]?.unavailable).toBe(true);
    expect(await store.pages.checkpoint(WHOLE)).toEqual({ nextSeq: 3, cursor: null, atEnd: true });
    expect(await store.pages.checkpoint(OF_IDS)).toEqual({ nextSeq: 2, cursor: '78', atEnd: false });
    const [raw] = await store.rawResponses.ofSnapshot(OF_IDS);
    expect(new TextDecoder().decode(raw?.bytes)).toBe('{"new":true}');
    expect((await store.ledger.ofSnapshot(WHOLE)).map(({ status, amount }) => [status, amount])).toEqual([
      ['charged', 1],
      ['maybe', 1],
      ['charged', 1],
      ['charged', 1],
      ['charged', 1],
    ]);
    expect((await store.keys.get(SOCIAVAULT))?.secret).toEqual({
      kind: 'open',
      key: 'sk_live_stored_by_version_one_0001',
    });
    store.close();
  });
});

describe('opening', () => {
  it('waits for an older tab, reports it, and continues when that tab is closed', async () => {
    const olderTab = await done(factory.open(NAME, 10));
    const store = new Store(NAME);
    const lists = store.snapshots.all();
    await received(store, 'older-tab');
    olderTab.close();
    expect(await lists).toHaveLength(2);
    expect(store.error).toBeNull();
    store.close();
  });

  it('refuses a database of a newer version, and leaves it unchanged', async () => {
    const newer = factory.open(NAME, 50);
    newer.onupgradeneeded = () => {
      // What this version would miss, and must not restore.
      newer.result.deleteObjectStore('raw');
    };
    (await done(newer)).close();
    const before = await everything();
    const store = new Store(NAME);
    await expect(store.snapshots.all()).rejects.toThrow();
    expect(store.error).toBe('newer');
    expect(await everything()).toEqual(before);
  });

  it('leaves the database unchanged if an upgrade fails, and can be retried', async () => {
    await writeDatabase({ name: NAME, stored: damaged(stored) });
    const before = await everything();
    const store = new Store(NAME);
    await expect(store.snapshots.all()).rejects.toThrow();
    await received(store, 'upgrade');
    expect(await everything()).toEqual(before);
    await writeDatabase({ name: NAME, stored });
    store.tryOpeningAgain();
    expect(await store.snapshots.all()).toHaveLength(2);
    expect(store.error).toBeNull();
    store.close();
  });
});

describe('an open database', () => {
  it('is closed when a newer version needs it, and does not reopen', async () => {
    const store = new Store(NAME);
    await store.snapshots.all();
    (await done(factory.open(NAME, 50))).close();
    expect(store.error).toBe('outdated');
    await expect(store.snapshots.all()).rejects.toThrow();
    store.tryOpeningAgain();
    await expect(store.snapshots.all()).rejects.toThrow();
    expect((await everything()).version).toBe(50);
  });

  it('is closed when it is deleted, and starts over', async () => {
    const store = new Store(NAME);
    expect(await store.snapshots.all()).toHaveLength(2);
    await done(factory.deleteDatabase(NAME));
    expect(await store.snapshots.all()).toEqual([]);
    store.close();
  });
});
