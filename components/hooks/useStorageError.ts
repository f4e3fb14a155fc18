import { useEffect, useState, useSyncExternalStore } from 'react';
import type { StorageError } from '../../lib/model/error.ts';
import { readStorageError, watchStorageError } from '../../lib/settings/storage-error.ts';
import { store } from './store.ts';

const watchOwn = (changed: () => void): (() => void) => store.onStorageError(changed);
const readOwn = (): StorageError | null => store.error;

/** Why this page cannot open the database; `null` if it can. */
export function usePageStorageError(): StorageError | null {
  return useSyncExternalStore(watchOwn, readOwn);
}

/** The background's storage error. It may be unable to write data that this page can still read. */
export function useBackgroundStorageError(): StorageError | null {
  const [storageError, setStorageError] = useState<StorageError | null>(null);
  useEffect(() => {
    let wasChanged = false;
    const stop = watchStorageError((changed) => {
      wasChanged = true;
      setStorageError(changed);
    });
    readStorageError()
      .then((found) => {
        if (!wasChanged) setStorageError(found);
      })
      .catch(console.error);
    return stop;
  }, []);
  return storageError;
}
