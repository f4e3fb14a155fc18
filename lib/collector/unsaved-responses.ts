/**
 * Responses that were paid for and cannot be saved yet: they are held in memory and saving is retried for as long as
 * the background lives. Only when it is terminated do they become "may have been charged".
 */
import type { StorageError } from '../model/error.ts';
import { mayPass, storageErrorOf } from '../store/storage-error.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

export interface UnsavedResponsesOptions {
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** What prevents the database from being opened, if that is known. */
  readonly openingError: () => StorageError | null;
  /** Lets the database be opened once more. */
  readonly tryOpeningAgain: () => void;
  /** Called when something cannot be written, and with `null` when it was written after all. */
  readonly report: (storageError: StorageError | null) => void;
}

export type UnsavedResponses = ReturnType<typeof createUnsavedResponses>;

export function createUnsavedResponses({
  sleep,
  openingError,
  tryOpeningAgain,
  report,
}: UnsavedResponsesOptions) {
  const waiting = new Set<() => void>();

  /**
   * Saves the result of a request, and retries until it is saved.
   * @param isSaved whether an attempt that failed did save it: a connection can break after the commit
   * @param readSaved what the write would have returned, if a failed attempt did save it
   * @throws what the write throws, if a retry cannot help
   */
  async function save<T>(
    write: () => Promise<T>,
    isSaved: () => Promise<boolean>,
    readSaved: () => Promise<T>,
  ): Promise<T> {
    for (let wait = FIRST_WAIT, failed = false; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        const result = failed && (await isSaved()) ? await readSaved() : await write();
        if (failed) report(null);
        return result;
      } catch (error) {
        const storageError = openingError() ?? storageErrorOf(error);
        if (storageError === null || !mayPass(storageError)) throw error;
        failed = true;
        report(storageError);
        await pause(wait);
        tryOpeningAgain();
      }
    }
  }

  async function pause(wait: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const retry = (): void => {
      resolve(undefined);
    };
    waiting.add(retry);
    await Promise.race([sleep(wait), promise]);
    waiting.delete(retry);
  }

  return {
    save,
    /** Retries everything that is waiting, now. */
    retryNow: (): void => {
      for (const retry of waiting) retry();
    },
  };
}
