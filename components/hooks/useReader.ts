import { useCallback, useEffect, useState } from 'react';
import { openReader, type Reader } from '../../lib/lists/reader.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { store } from './store.ts';

/** From so many accounts on, what makes answers quick is looked after before the first question. */
const WORTH_PREPARING = 10_000;
/** A growing list is taken in at most so often. */
const EVERY = 1000;

interface Taken {
  readonly reader: Reader;
  readonly id: string;
  readonly count: number;
  /** How many accounts were known by id alone: rows read before a change of it are stale. */
  readonly version: number;
}

export interface OpenedReader {
  readonly reader: Reader;
  /** Accounts taken in. */
  readonly count: number;
  /** Changes when rows that were read before are stale. */
  readonly version: number;
  /** Accounts collected since, which wait to be taken in. */
  readonly waiting: number;
  /** Takes in what was collected and completed meanwhile. */
  readonly takeIn: () => void;
}

/**
 * Opens a snapshot's list for reading, and closes it when it is shown no more. `follows` takes in by itself what is
 * collected meanwhile; without it that waits for {@link OpenedReader.takeIn}.
 */
export function useReader(
  { id, rows, filled }: Pick<Snapshot, 'id' | 'rows' | 'filled'>,
  follows: boolean,
): OpenedReader | null {
  const [taken, setTaken] = useState<Taken | null>(null);
  const bare = rows - filled;
  useEffect(() => {
    const reader = openReader(store, id);
    let gone = false;
    reader
      .refresh()
      .then((count) => {
        // Whatever the first count says, what is known by id alone is read again.
        if (!gone) setTaken({ reader, id, count, version: -1 });
      })
      .catch(console.error);
    return () => {
      gone = true;
      reader.close();
    };
  }, [id]);

  const reader = taken?.reader ?? null;
  const takeIn = useCallback(() => {
    if (reader === null) return;
    reader
      .refresh()
      .then((count) => {
        setTaken((now) => (now?.reader === reader ? { ...now, count, version: bare } : now));
      })
      .catch(console.error);
  }, [reader, bare]);

  const isBehind = taken?.id === id && (taken.count < rows || taken.version !== bare);
  const isEmpty = taken?.count === 0;
  const isCounted = taken?.count === rows;
  useEffect(() => {
    // Completing what was known by id alone moves nothing.
    if (!isBehind || !(follows || isEmpty || isCounted)) return undefined;
    const timer = setTimeout(takeIn, isEmpty ? 0 : EVERY);
    return () => {
      clearTimeout(timer);
    };
  }, [isBehind, follows, isEmpty, isCounted, takeIn, rows]);

  const isLarge = (taken?.count ?? 0) >= WORTH_PREPARING;
  useEffect(() => {
    // After the first rows, which must not wait for it.
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
