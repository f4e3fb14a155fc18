/** Databases as older versions left them (`tests/fixtures`), created again with nothing but the browser's own APIs. */
import { readFile } from 'node:fs/promises';

interface StoredTable {
  readonly name: string;
  /** `null`: rows are stored under generated numbers, as no released version does. */
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
    readonly multiEntry: boolean;
  }[];
  readonly rows: readonly unknown[];
}

export interface StoredDatabase {
  /** The native version. */
  readonly version: number;
  readonly stores: readonly StoredTable[];
}

export async function storedDatabase(version: 1 | 2): Promise<StoredDatabase> {
  const file = new URL(`../fixtures/database-v${version.toString()}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as StoredDatabase;
}

/** A database that no upgrade can handle: its ledger has no IDs. */
export function damaged(stored: StoredDatabase): StoredDatabase {
  const stores = stored.stores.map((table) =>
    table.name === 'ledger' ? { ...table, keyPath: null, indexes: [] } : table,
  );
  return { ...stored, stores };
}

/**
 * Deletes the database of that name and writes a stored one in its place, before anything else opens it. Leaves no
 * connection open, or keeps it as the global `held`. It uses only the global `indexedDB`, so that the function can
 * be passed to a page.
 */
export async function writeDatabase({
  name,
  stored,
  held = false,
}: {
  readonly name: string;
  readonly stored: StoredDatabase;
  readonly held?: boolean;
}): Promise<void> {
  const untag = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(untag);
    if (value === null || typeof value !== 'object') return value;
    if ('$' in value && 'v' in value && Array.isArray(value.v)) {
      const items = value.v as unknown[];
      return value.$ === 'u64'
        ? BigUint64Array.from(items, (item) => BigInt(String(item)))
        : Uint8Array.from(items, Number);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, untag(inner)]));
  };
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('The request failed.'));
      };
    });
  // Both at once: a request between them would come first.
  const deleting = done(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, stored.version);
  opening.onupgradeneeded = () => {
    for (const { name: table, keyPath, autoIncrement, indexes, rows } of stored.stores) {
      const store = opening.result.createObjectStore(table, { keyPath, autoIncrement });
      for (const { name: index, keyPath: path, unique, multiEntry } of indexes) {
        store.createIndex(index, path, { unique, multiEntry });
      }
      rows.forEach((row, number) => {
        if (keyPath === null) store.put(untag(row), number);
        else store.put(untag(row));
      });
    }
  };
  const [database] = await Promise.all([done(opening), deleting]);
  if (held) (globalThis as unknown as { held: IDBDatabase }).held = database;
  else database.close();
}
