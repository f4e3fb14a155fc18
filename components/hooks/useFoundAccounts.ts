import { useEffect, useState } from 'react';
import { openReader } from '../../lib/lists/reader.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { FoundAccount, WantedAccount } from '../../lib/sets/find-account.ts';
import { store } from './store.ts';

/** What is known about the lists that contain an account. */
export interface FoundAccounts {
  readonly found: readonly FoundAccount[];
  /** How many lists have been read, of how many; 0 of 0 before the first. */
  readonly read: number;
  readonly of: number;
  readonly state: 'reading' | 'done' | { readonly why: string };
}

const AT_START: FoundAccounts = { found: [], read: 0, of: 0, state: 'reading' };

/**
 * Searches all lists for an account, in a worker of its own, which ends with the search.
 * @param any a list to open the reader with; `null` if there is none
 * @param wanted pass the same object for as long as it doesn't change; `null` searches for nothing
 */
export function useFoundAccounts(any: SnapshotId | null, wanted: WantedAccount | null): FoundAccounts {
  const [known, setKnown] = useState<{ readonly wanted: WantedAccount; readonly result: FoundAccounts }>();
  useEffect(() => {
    if (any === null || wanted === null) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const reader = openReader(store, any);
    let result = AT_START;
    const report = (next: FoundAccounts): void => {
      result = next;
      if (!signal.aborted) setKnown({ wanted, result });
    };
    reader
      .find(
        wanted,
        ({ read, of, found }) => {
          report({ ...result, read, of, found: [...result.found, ...found] });
        },
        signal,
      )
      .then(
        () => {
          report({ ...result, state: 'done' });
        },
        (error: unknown) => {
          report({ ...result, state: { why: error instanceof Error ? error.message : String(error) } });
        },
      )
      .finally(() => {
        reader.close();
      });
    return () => {
      controller.abort();
      reader.close();
    };
  }, [any, wanted]);
  return known?.wanted === wanted ? known.result : AT_START;
}
