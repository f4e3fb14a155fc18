import { useEffect, useState } from 'react';
import type { Snapshot } from '../../lib/model.ts';
import { store } from './store.ts';

/** What is stored is counted again at most so often, milliseconds. */
const EVERY = 10_000;

/** Bytes that the browser says the extension takes in all; `null` until it said so, or where it does not. */
export function useTotalStorage(snapshots: readonly Snapshot[]): number | null {
  const [total, setTotal] = useState<number | null>(null);
  const rows = snapshots.reduce((sum, snapshot) => sum + snapshot.rows, 0);
  useEffect(() => {
    let gone = false;
    const look = (): void => {
      navigator.storage.estimate().then(
        ({ usage }) => {
          if (!gone) setTotal(usage ?? null);
        },
        (error: unknown) => {
          console.warn('The browser does not report storage usage.', error);
        },
      );
    };
    look();
    const timer = setInterval(look, EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [rows]);
  return total;
}

/**
 * About the bytes of each list, by its id; those that are still being counted are missing. Browsers store less than is
 * counted, since they compress: together the lists are said to take no more than what the browser says of them all.
 */
export function useListSizes(
  snapshots: readonly Snapshot[],
  total: number | null,
): ReadonlyMap<string, number> {
  const [sizes, setSizes] = useState<ReadonlyMap<string, { readonly rows: number; readonly bytes: number }>>(
    new Map(),
  );
  const due = snapshots
    .filter(({ id, rows }) => {
      const known = sizes.get(id);
      // A list that grows is counted again with every tenth of it.
      return known === undefined || rows > known.rows * 1.1;
    })
    .map(({ id }) => id)
    .join(',');
  useEffect(() => {
    if (due === '') return undefined;
    let gone = false;
    const wanted = snapshots.filter(({ id }) => due.split(',').includes(id));
    void Promise.all(
      wanted.map(async ({ id, rows }) => [id, { rows, bytes: (await store.sizeOf(id)) ?? 0 }] as const),
    ).then((counted) => {
      if (!gone) setSizes((before) => new Map([...before, ...counted]));
    });
    return () => {
      gone = true;
    };
    // What is due says everything that matters of the snapshots.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [due]);
  const counted = snapshots.reduce((sum, { id }) => sum + (sizes.get(id)?.bytes ?? 0), 0);
  const share = total === null || counted <= total ? 1 : total / counted;
  return new Map(Array.from(sizes, ([id, { bytes }]) => [id, bytes * share]));
}
