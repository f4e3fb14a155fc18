/** Databases as older versions left them (`tests/fixtures`), written anew with nothing but the browser's own means. */
import { readFile } from 'node:fs/promises';

interface StoredTable {
  readonly name: string;
  /** `null`: rows are kept under their numbers, as no version of ours does. */
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

/** A database that no upgrade can work on: its ledger has no ids. */
export function damaged(stored: StoredDatabase): StoredDatabase {
  const stores = stored.stores.map((table) =>
    table.name === 'ledger' ? { ...table, keyPath: null, indexes: [] } : table,
  );
  return { ...stored, stores };
}

/**
 * Deletes the database of that name and writes a stored one in its place, before anyone else comes to it. Leaves no
 * connection open, or keeps it as the global `held`. It uses the global `indexedDB` and nothing from around it, so that
 * it can be handed to a page as it is.
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
  // Both at once: what is asked for in between would come first.
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
