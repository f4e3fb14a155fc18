/** Direct access to IndexedDB, for the floor and the baseline. */

export function requestResult<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The request failed.'));
    };
  });
}

export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('The transaction was aborted.'));
    };
  });
}

/** Opens a database in its current version, or creates it. */
export function opened(name: string, make?: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => {
    make?.(request.result);
  };
  return requestResult(request);
}

/** Creates the tables of another database in `database`, with their keys and indexes. */
export function copyTables(from: IDBDatabase, database: IDBDatabase, names: readonly string[]): void {
  const transaction = from.transaction(names);
  for (const name of names) {
    const table = transaction.objectStore(name);
    const copy = database.createObjectStore(name, {
      keyPath: table.keyPath,
      autoIncrement: table.autoIncrement,
    });
    for (const index of Array.from(table.indexNames, (indexName) => table.index(indexName))) {
      copy.createIndex(index.name, index.keyPath, { unique: index.unique, multiEntry: index.multiEntry });
    }
  }
}
