import { useEffect, useState } from 'react';
import type { Reader } from '../../lib/lists/reader.ts';
import type { ListedAccount } from '../../lib/lists/rows.ts';

/** Accounts kept: enough to scroll to and fro. */
const KEPT = 2000;

interface Loaded {
  readonly reader: Reader | null;
  readonly version: number;
  readonly accounts: ReadonlyMap<number, ListedAccount>;
}

function withRows({ accounts }: Loaded, rows: readonly ListedAccount[]): ReadonlyMap<number, ListedAccount> {
  const all = new Map(accounts);
  for (const row of rows) {
    // Put in again they are the youngest: a Map keeps the order in which it was filled.
    all.delete(row.position);
    all.set(row.position, row);
  }
  const surplus = all.size - KEPT;
  for (const position of Array.from(all.keys()).slice(0, Math.max(0, surplus))) all.delete(position);
  return all;
}

/**
 * The accounts at some list positions, read as they come into view. What was read at another `version` of the list is
 * read again, and shown until then.
 * @returns a look-up that gives `undefined` for what is still being read
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
  useEffect(() => {
    if (reader === null || missing === '') return undefined;
    let gone = false;
    reader
      .rows(missing.split(',').map(Number))
      .then((rows) => {
        if (gone) return;
        setLoaded((now) => {
          const fresh = now.reader === reader && now.version === version;
          return { reader, version, accounts: withRows(fresh ? now : { ...now, accounts: new Map() }, rows) };
        });
      })
      .catch(console.error);
    return () => {
      gone = true;
    };
  }, [reader, missing, version]);
  return (position) => accounts.get(position);
}
