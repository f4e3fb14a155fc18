import { useEffect, useRef, useState } from 'react';
import type { Reader } from '../../lib/lists/reader.ts';
import type { ListedAccount } from '../../lib/lists/rows.ts';

/** The cache size, in accounts: enough for scrolling back and forth. */
const KEPT = 2000;

interface Loaded {
  readonly reader: Reader | null;
  readonly version: number;
  readonly accounts: ReadonlyMap<number, ListedAccount>;
}

function withRows({ accounts }: Loaded, rows: readonly ListedAccount[]): ReadonlyMap<number, ListedAccount> {
  const all = new Map(accounts);
  for (const row of rows) {
    // A Map keeps insertion order, so reinserting marks these accounts as most recently used.
    all.delete(row.position);
    all.set(row.position, row);
  }
  const surplus = all.size - KEPT;
  for (const position of Array.from(all.keys()).slice(0, Math.max(0, surplus))) all.delete(position);
  return all;
}

/** A pending request. */
interface RequestedView {
  readonly reader: Reader;
  readonly version: number;
  /** Whether other positions came into view in the meantime. */
  more: boolean;
}

/**
 * Reads the accounts at the given list positions as they come into view. Accounts read at another `version` of the list
 * are read again, and shown until then. Requests run one at a time: during fast scrolling through a sorted list, each
 * row is on another page, and rows that have left the view by the time of their request are not read.
 *
 * @returns a lookup that gives `undefined` for accounts that are still being read
 */
export function useAccounts(
  reader: Reader | null,
  positions: ArrayLike<number> & Iterable<number>,
  version: number,
): (position: number) => ListedAccount | undefined {
  const [loaded, setLoaded] = useState<Loaded>({ reader: null, version, accounts: new Map() });
  const accounts = loaded.reader === reader ? loaded.accounts : new Map<number, ListedAccount>();
  const isStale = loaded.reader !== reader || loaded.version !== version;
  const missing = Array.from(positions)
    .filter((position) => isStale || !accounts.has(position))
    .join(',');
  const requested = useRef<RequestedView | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (reader === null || missing === '') return;
    const before = requested.current;
    if (before !== null && before.reader === reader && before.version === version) {
      before.more = true;
      return;
    }
    const mine: RequestedView = { reader, version, more: false };
    requested.current = mine;
    /** @returns whether the result is still needed */
    const settle = (): boolean => {
      if (requested.current !== mine) return false;
      requested.current = null;
      if (mine.more) setTurn((now) => now + 1);
      return true;
    };
    reader.rows(missing.split(',').map(Number)).then(
      (rows) => {
        if (!settle()) return;
        setLoaded((now) => {
          const fresh = now.reader === reader && now.version === version;
          return { reader, version, accounts: withRows(fresh ? now : { ...now, accounts: new Map() }, rows) };
        });
      },
      (error: unknown) => {
        console.error(error);
        settle();
      },
    );
  }, [reader, missing, version, turn]);
  useEffect(
    () => () => {
      requested.current = null;
    },
    [],
  );
  return (position) => accounts.get(position);
}
