import { useEffect, useMemo, useState } from 'react';
import type { Reader } from '../../lib/lists/reader.ts';
import { openReader } from '../../lib/lists/reader.ts';
import type { FollowAnswer, FollowBasis, FollowTimes } from '../../lib/model/follow-times.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { store } from './store.ts';
import type { OpenedReader } from './useReader.ts';

const UNKNOWN: FollowTimes = { followedAfter: null, followedBefore: null };

interface Known extends FollowAnswer {
  readonly reader: Reader;
  readonly position: number;
}

/** When the account at a list position followed; `null` while it is being read. Read again with another `version`. */
export function useFollowTimes(reader: Reader, position: number, version: number): FollowTimes | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    let removed = false;
    reader
      .followTimes([position])
      .then((answer) => {
        if (!removed) setKnown({ ...answer, reader, position });
      })
      .catch(console.error);
    return () => {
      removed = true;
    };
  }, [reader, position, version]);
  return known?.reader === reader && known.position === position ? (known.times[0] ?? null) : null;
}

/** The times of some accounts of a list, as it was when they were read. */
interface Column {
  readonly list: unknown;
  readonly times: ReadonlyMap<number, FollowTimes>;
}

/** The cache size, in accounts: enough for scrolling back and forth. */
const KEPT = 2000;

/**
 * When the accounts at the given list positions followed, for columns of the table. They are computed in the list's
 * worker, so nothing is read, and no worker is started, unless they are `wanted`. Times from before the list last changed
 * are shown until they are read again.
 *
 * @returns a lookup that gives `null` for what is unknown or still being read
 */
export function useFollowColumns(
  { reader, count, version }: Pick<OpenedReader, 'reader' | 'count' | 'version'>,
  positions: readonly number[],
  wanted: boolean,
): (position: number) => FollowTimes | null {
  // One more page can discard the times of all accounts, and one more look-up can narrow them.
  const list = useMemo(() => ({ reader, count, version }), [reader, count, version]);
  const [column, setColumn] = useState<Column>({ list: null, times: new Map() });
  const missing = wanted
    ? positions.filter((position) => column.list !== list || !column.times.has(position)).join(',')
    : '';
  useEffect(() => {
    if (missing === '') return undefined;
    let isOutdated = false;
    const read = missing.split(',').map(Number);
    reader
      .followTimes(read)
      .then(({ times }) => {
        if (isOutdated) return;
        setColumn((last) => {
          const known = last.list === list && last.times.size < KEPT ? last.times : null;
          const added = read.map((position, at) => [position, times[at] ?? UNKNOWN] as const);
          return { list, times: new Map([...(known ?? []), ...added]) };
        });
      })
      .catch(console.error);
    return () => {
      isOutdated = true;
    };
  }, [reader, list, missing]);
  return (position) => (wanted ? (column.times.get(position) ?? null) : null);
}

/** What the follow times of a list are based on, read when the receipt is open; `null` until then. */
export function useFollowBasis(
  { id, pages }: Pick<Snapshot, 'id' | 'pages'>,
  open: boolean,
): FollowBasis | null {
  const [known, setKnown] = useState<{ readonly id: string; readonly basis: FollowBasis } | null>(null);
  useEffect(() => {
    if (!open) return undefined;
    const reader = openReader(store, id);
    let removed = false;
    reader
      .refresh()
      .then(() => reader.followTimes([]))
      .then(({ basis }) => {
        if (!removed) setKnown({ id, basis });
      })
      .catch(console.error)
      .finally(() => {
        reader.close();
      });
    return () => {
      removed = true;
      reader.close();
    };
  }, [id, pages, open]);
  return known?.id === id ? known.basis : null;
}
