import { useEffect, useMemo, useState } from 'react';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { listSizes, type StorageReading } from './list-sizes.ts';
import { isMoreThanEmpty, readStorageFigures } from './storage-figures.ts';
import { store } from './store.ts';

/** The shortest time between two readings of the storage used, in milliseconds. */
const EVERY = 10_000;

export interface TotalStorage extends StorageReading {
  /** Whether it is more than an empty database takes. */
  readonly isMoreThanEmpty: boolean;
}

/** The storage used by all of the extension's data; `null` until the browser reports it, or if it doesn't. */
export function useTotalStorage(snapshots: readonly Snapshot[] | undefined): TotalStorage | null {
  const [total, setTotal] = useState<TotalStorage | null>(null);
  const rows = useMemo(
    () => (snapshots ?? []).reduce((sum, snapshot) => sum + snapshot.rows, 0),
    [snapshots],
  );
  useEffect(() => {
    let isCancelled = false;
    const look = (): void => {
      readStorageFigures().then(
        (figures) => {
          if (isCancelled) return;
          setTotal(
            figures === null
              ? null
              : { bytes: figures.data, rows, isMoreThanEmpty: isMoreThanEmpty(figures) },
          );
        },
        (error: unknown) => {
          console.warn('The browser does not report storage usage.', error);
        },
      );
    };
    look();
    const timer = setInterval(look, EVERY);
    return () => {
      isCancelled = true;
      clearInterval(timer);
    };
  }, [rows]);
  return total;
}

/** What is known about a list's size. */
interface Counted {
  readonly perAccount: number;
  /** The list's progress at the time of counting. Once it has grown by half, the average may have changed. */
  readonly pages: number;
  readonly filled: number;
}

/**
 * The approximate size in bytes of each drawn list, by ID; lists that are still being counted are missing. The size
 * follows the number of accounts as it grows.
 */
export function useListSizes(
  drawn: readonly Snapshot[],
  total: StorageReading | null,
): ReadonlyMap<SnapshotId, number> {
  const [counted, setCounted] = useState<ReadonlyMap<SnapshotId, Counted>>(new Map());
  const due = drawn.filter(({ id, pages, filled, state }) => {
    const known = counted.get(id);
    if (known === undefined) return true;
    return hasEnded(state)
      ? pages !== known.pages || filled !== known.filled
      : pages > known.pages * 1.5 || filled > known.filled * 1.5;
  });
  const wanted = due.map(({ id, pages, filled }) => `${id} ${String(pages)} ${String(filled)}`).join(',');
  useEffect(() => {
    if (wanted === '' || total === null) return undefined;
    let isCancelled = false;
    Promise.all(
      due.map(async (snapshot) => {
        const perAccount = await store.pages.bytesPerAccount(snapshot);
        const { id, pages, filled } = snapshot;
        return [id, { perAccount, pages, filled }] as const;
      }),
    ).then(
      (found) => {
        if (!isCancelled) setCounted((before) => new Map([...before, ...found]));
      },
      (error: unknown) => {
        console.warn('The size of a list could not be counted.', error);
      },
    );
    return () => {
      isCancelled = true;
    };
    // `wanted` identifies everything in `due` that matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, total === null]);
  if (total === null) return new Map();
  const lists = drawn.flatMap(({ id, rows }) => {
    const known = counted.get(id);
    return known === undefined ? [] : [{ id, rows, perAccount: known.perAccount }];
  });
  return listSizes(lists, total);
}
