/** Released table definitions are promises to existing databases: they are never edited. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import {
  TABLES_ADDED_IN_VERSION_2,
  TABLES_CHANGED_IN_VERSION_4,
  TABLES_OF_VERSION_1,
} from '../../lib/store/database.ts';
import { storedDatabase } from '../harness/stored-database.ts';

test('version 1 is unchanged since its release', () => {
  expect(TABLES_OF_VERSION_1).toEqual({
    snapshots: 'id, [platform+handleKey+relation], createdAt, state.kind',
    pages: '[snapshotId+seq], [snapshotId+first]',
    ids: '[snapshotId+seq]',
    fills: '[snapshotId+seq+part]',
    raw: '[snapshotId+seq]',
    ledger: 'id, snapshotId, [provider+sentAt], [provider+status]',
    keys: 'provider',
  });
});

test('version 2 is unchanged since its release', () => {
  expect(TABLES_ADDED_IN_VERSION_2).toEqual({ derived: '[snapshotId+column+segment]', staged: 'key' });
});

test('version 4 keeps the indexes of version 1', () => {
  expect(TABLES_CHANGED_IN_VERSION_4.snapshots.startsWith(`${TABLES_OF_VERSION_1.snapshots}, `)).toBe(true);
});

test.each([1, 2] as const)(
  'version %i creates the tables and indexes of the database that was stored with it',
  async (version) => {
    const stored = await storedDatabase(version);
    const database = new Dexie('stored', { indexedDB: new IDBFactory(), IDBKeyRange });
    database.version(1).stores(TABLES_OF_VERSION_1);
    if (version === 2) database.version(2).stores(TABLES_ADDED_IN_VERSION_2);
    await database.open();
    const native = database.backendDB();
    expect(native.version).toBe(stored.version);
    const names = [...native.objectStoreNames];
    const transaction = native.transaction(names);
    const made = names.map((name) => {
      const { keyPath, autoIncrement, indexNames } = transaction.objectStore(name);
      const indexes = Array.from(indexNames, (index) => transaction.objectStore(name).index(index)).map(
        ({ name: index, keyPath: path, unique, multiEntry }) => ({
          name: index,
          keyPath: path,
          unique,
          multiEntry,
        }),
      );
      return { name, keyPath, autoIncrement, indexes };
    });
    expect(made).toEqual(stored.stores.map(({ rows: _, ...shape }) => shape));
    database.close();
  },
);
