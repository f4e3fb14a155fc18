import { useEffect, useMemo, useState } from 'react';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { store } from './store.ts';

/** What is stored is counted again at most so often, milliseconds. */
const EVERY = 10_000;

/** Bytes that the browser says the extension takes in all; `null` until it said so, or where it does not. */
export function useTotalStorage(snapshots: readonly Snapshot[] | undefined): number | null {
  const [total, setTotal] = useState<number | null>(null);
  const rows = useMemo(
    () => (snapshots ?? []).reduce((sum, snapshot) => sum + snapshot.rows, 0),
    [snapshots],
  );
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

/** What is known of a list's size. */
interface Counted {
  readonly perAccount: number;
  /** The pages that it had when it was counted: with half as many again, its accounts may be of another kind. */
  readonly pages: number;
}

/**
 * About the bytes of the lists that are drawn, by id; those still being counted are missing. A list's size follows its
 * accounts from one moment to the next. Browsers store less than is counted, since they compress: all lists together
 * are said to take no more than what the browser says of them.
 *
 * @param rows accounts of all lists together
 */
export function useListSizes(
  drawn: readonly Snapshot[],
  rows: number,
  total: number | null,
): ReadonlyMap<string, number> {
  const [counted, setCounted] = useState<ReadonlyMap<string, Counted>>(new Map());
  const due = drawn.filter(({ id, pages, state }) => {
    const known = counted.get(id);
    return known === undefined || (hasEnded(state) ? pages !== known.pages : pages > known.pages * 1.5);
  });
  const wanted = due.map(({ id, pages }) => `${id} ${String(pages)}`).join(',');
  useEffect(() => {
    if (wanted === '' || total === null) return undefined;
    let gone = false;
    Promise.all(
      due.map(async (snapshot) => {
        const perAccount = await store.pages.bytesPerAccount(snapshot);
        return [snapshot.id, { perAccount, pages: snapshot.pages }] as const;
      }),
    ).then(
      (found) => {
        if (!gone) setCounted((before) => new Map([...before, ...found]));
      },
      (error: unknown) => {
        console.warn('The size of a list could not be counted.', error);
      },
    );
    return () => {
      gone = true;
    };
    // What is wanted says everything that matters of what is due.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, total === null]);
  if (total === null) return new Map();
  const sized = drawn.flatMap(({ id, rows: own }) => {
    const known = counted.get(id);
    return known === undefined ? [] : [{ id, own, bytes: known.perAccount * own }];
  });
  const bytes = sized.reduce((sum, each) => sum + each.bytes, 0);
  const accounts = sized.reduce((sum, each) => sum + each.own, 0);
  // What is drawn stands for what is not.
  const all = accounts === 0 ? 0 : (bytes / accounts) * Math.max(accounts, rows);
  const share = all <= total ? 1 : total / all;
  return new Map(sized.map((each) => [each.id, each.bytes * share]));
}
