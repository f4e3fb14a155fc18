/**
 * Answers that were paid for and cannot be written yet: they are held in memory and tried again for as long as the
 * background lives. Only when it dies do they become "may have been charged".
 */
import type { StorageTrouble } from '../model/error.ts';
import { mayPass, storageTroubleOf } from '../store/storage-error.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

export interface KeepingOptions {
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** What stands in the way of the database as a whole, if it is known. */
  readonly standing: () => StorageTrouble | null;
  /** Lets the database be opened once more. */
  readonly openAgain: () => void;
  /** Told when something cannot be written, and with `null` when it could be. */
  readonly tell: (trouble: StorageTrouble | null) => void;
}

export type Keeping = ReturnType<typeof createKeeping>;

export function createKeeping({ sleep, standing, openAgain, tell }: KeepingOptions) {
  const nudges = new Set<() => void>();

  /**
   * Writes what came of a request, again and again until it is written.
   * @param isKept whether a try that failed did write it after all: a connection can break after the commit
   * @param kept what the write gives, where a try did write it after all
   * @throws what the write throws, where trying again cannot help
   */
  async function keep<T>(
    write: () => Promise<T>,
    isKept: () => Promise<boolean>,
    kept: () => Promise<T>,
  ): Promise<T> {
    for (let wait = FIRST_WAIT, failed = false; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        const result = failed && (await isKept()) ? await kept() : await write();
        if (failed) tell(null);
        return result;
      } catch (error) {
        const trouble = standing() ?? storageTroubleOf(error);
        if (trouble === null || !mayPass(trouble)) throw error;
        failed = true;
        tell(trouble);
        await nap(wait);
        openAgain();
      }
    }
  }

  async function nap(wait: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = (): void => {
      resolve(undefined);
    };
    nudges.add(wake);
    await Promise.race([sleep(wait), promise]);
    nudges.delete(wake);
  }

  return {
    keep,
    /** Tries at once what waits to be written. */
    nudge: (): void => {
      for (const wake of nudges) wake();
    },
  };
}
