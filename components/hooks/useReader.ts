import { useCallback, useEffect, useRef, useState } from 'react';
import { openReader, type Reader } from '../../lib/lists/reader.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { store } from './store.ts';

/** From this many accounts on, indexes are prepared before the first query. */
const WORTH_PREPARING = 10_000;
/** The shortest time between two updates of a growing list, in milliseconds. */
const EVERY = 1000;

interface Taken {
  readonly reader: Reader;
  readonly id: string;
  readonly count: number;
  /** How many accounts were known by ID only. Rows read before this changes are stale. */
  readonly version: number;
}

export interface OpenedReader {
  readonly reader: Reader;
  /** The number of accounts included so far. */
  readonly count: number;
  /** Changes when rows that were read earlier are stale. */
  readonly version: number;
  /** New accounts that were collected but are not included yet. */
  readonly waiting: number;
  /** Includes the accounts that were collected and completed in the meantime. */
  readonly takeIn: () => void;
}

/**
 * Opens a snapshot's list for reading, and closes it when it is no longer shown. With `follows`, newly collected
 * accounts are included automatically; otherwise, call {@link OpenedReader.takeIn}.
 */
export function useReader(
  { id, rows, filled }: Pick<Snapshot, 'id' | 'rows' | 'filled'>,
  follows: boolean,
): OpenedReader | null {
  const [taken, setTaken] = useState<Taken | null>(null);
  const idsOnly = rows - filled;
  const idsOnlyNow = useRef(idsOnly);
  useEffect(() => {
    idsOnlyNow.current = idsOnly;
  });
  useEffect(() => {
    const reader = openReader(store, id);
    const hasIdsOnly = idsOnlyNow.current > 0;
    let isCancelled = false;
    reader
      .refresh()
      .then((count) => {
        // Rows known by ID only are always read again, whatever the first count is. Where all have details, nothing is read
        // again by itself: accounts that arrive in the meantime wait for the user.
        if (!isCancelled) setTaken({ reader, id, count, version: hasIdsOnly ? -1 : 0 });
      })
      .catch(console.error);
    return () => {
      isCancelled = true;
      reader.close();
    };
  }, [id]);

  const reader = taken?.reader ?? null;
  const takeIn = useCallback(() => {
    if (reader === null) return;
    reader
      .refresh()
      .then((count) => {
        setTaken((now) => (now?.reader === reader ? { ...now, count, version: idsOnly } : now));
      })
      .catch(console.error);
  }, [reader, idsOnly]);

  const isBehind = taken?.id === id && (taken.count < rows || taken.version !== idsOnly);
  const isEmpty = taken?.count === 0;
  const isCounted = taken?.count === rows;
  useEffect(() => {
    // Completing accounts that were known by ID only doesn't change any positions.
    if (!isBehind || !(follows || isEmpty || isCounted)) return undefined;
    const timer = setTimeout(takeIn, isEmpty ? 0 : EVERY);
    return () => {
      clearTimeout(timer);
    };
  }, [isBehind, follows, isEmpty, isCounted, takeIn, rows]);

  const isLarge = (taken?.count ?? 0) >= WORTH_PREPARING;
  useEffect(() => {
    // Runs after the first rows are read, so that it doesn't delay them.
    if (!isLarge || reader === null) return undefined;
    const timer = requestIdleCallback(() => {
      reader.prepare();
    });
    return () => {
      cancelIdleCallback(timer);
    };
  }, [isLarge, reader]);

  if (taken?.id !== id) return null;
  const { count, version } = taken;
  return { reader: taken.reader, count, version, waiting: Math.max(0, rows - count), takeIn };
}
