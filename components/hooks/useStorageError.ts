import { useEffect, useState, useSyncExternalStore } from 'react';
import type { StorageError } from '../../lib/model/error.ts';
import { readStorageError, watchStorageError } from '../../lib/settings/storage-error.ts';
import { store } from './store.ts';

const watchOwn = (changed: () => void): (() => void) => store.onStorageError(changed);
const readOwn = (): StorageError | null => store.trouble;

/** What stands between this page and the database; `null` where it opens. */
export function usePageStorageError(): StorageError | null {
  return useSyncExternalStore(watchOwn, readOwn);
}

/** What the background suffers from: it may be unable to write what this page can still read. */
export function useBackgroundStorageError(): StorageError | null {
  const [trouble, setStorageError] = useState<StorageError | null>(null);
  useEffect(() => {
    let told = false;
    const stop = watchStorageError((changed) => {
      told = true;
      setStorageError(changed);
    });
    readStorageError()
      .then((found) => {
        if (!told) setStorageError(found);
      })
      .catch(console.error);
    return stop;
  }, []);
  return trouble;
}
