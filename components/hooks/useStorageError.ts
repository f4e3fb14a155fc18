import { useEffect, useState, useSyncExternalStore } from 'react';
import type { StorageTrouble } from '../../lib/model/error.ts';
import { readStorageTrouble, watchStorageTrouble } from '../../lib/settings/storage-error.ts';
import { store } from './store.ts';

const watchOwn = (changed: () => void): (() => void) => store.onTrouble(changed);
const readOwn = (): StorageTrouble | null => store.trouble;

/** What stands between this page and the database; `null` where it opens. */
export function usePageStorageError(): StorageTrouble | null {
  return useSyncExternalStore(watchOwn, readOwn);
}

/** What the background suffers from: it may be unable to write what this page can still read. */
export function useBackgroundStorageError(): StorageTrouble | null {
  const [trouble, setTrouble] = useState<StorageTrouble | null>(null);
  useEffect(() => {
    let told = false;
    const stop = watchStorageTrouble((changed) => {
      told = true;
      setTrouble(changed);
    });
    readStorageTrouble()
      .then((found) => {
        if (!told) setTrouble(found);
      })
      .catch(console.error);
    return stop;
  }, []);
  return trouble;
}
