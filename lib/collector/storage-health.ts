/** Whether the storage works and has room. Each error is reported once, and what it prevented is retried. */
import type { StorageError } from '../model/error.ts';
import { storageErrorOf } from '../store/storage-error.ts';
import type { CollectorOptions } from './environment.ts';
import { STORAGE_RETRY } from './scheduling.ts';
import { createUnsavedResponses } from './unsaved-responses.ts';

/** Free space that a request needs: more than all but the largest responses take. */
const NEEDED_SPACE = 8 * 1024 * 1024;
/** With so much free space, it is not measured again before every request. */
const PLENTY = 256 * 1024 * 1024;
const PLENTY_LASTS = 10_000;

export function createStorageHealth(
  options: Pick<CollectorOptions, 'store' | 'now' | 'sleep' | 'setAlarm' | 'freeSpace' | 'reportStorage'>,
) {
  const { store, now, setAlarm } = options;
  /** `undefined` before anything was reported. */
  let reported: StorageError | null | undefined;
  let plentyUntil = 0;

  function report(storageError: StorageError | null): void {
    if (reported === storageError) return;
    reported = storageError;
    options.reportStorage(storageError);
  }

  /** The storage's error; `null` if the error is not about the storage. */
  function errorOf(error: unknown): StorageError | null {
    return store.error ?? storageErrorOf(error);
  }

  const unsaved = createUnsavedResponses({
    sleep: options.sleep,
    openingError: () => store.error,
    tryOpeningAgain: () => {
      store.tryOpeningAgain();
    },
    report,
  });

  // Errors of opening are reported immediately: a query may wait for an older tab indefinitely.
  store.onStorageError((storageError) => {
    report(storageError);
    if (storageError !== null) void setAlarm(now() + STORAGE_RETRY);
  });

  return {
    unsaved,
    report,
    errorOf,

    /** Whether there is room for one more response. */
    hasRoom: async (): Promise<boolean> => {
      if (now() < plentyUntil) return true;
      const free = (await options.freeSpace()) ?? PLENTY;
      if (free >= PLENTY) plentyUntil = now() + PLENTY_LASTS;
      return free >= NEEDED_SPACE;
    },

    /** The database cannot even be read: reports that, and retries later. */
    failedToRead: async (error: unknown): Promise<void> => {
      console.error('Storage failed.', error);
      report(errorOf(error) ?? 'broken');
      store.tryOpeningAgain();
      await setAlarm(now() + STORAGE_RETRY);
    },

    /** Retries what the storage refused. */
    retryNow: (): void => {
      plentyUntil = 0;
      store.tryOpeningAgain();
      unsaved.retryNow();
    },
  };
}
