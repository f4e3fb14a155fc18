import { useEffect, useState } from 'react';
import { openList, type List } from '../../lib/lists/list.ts';
import type { Snapshot } from '../../lib/model.ts';
import { store } from './store.ts';

/** A growing list is counted again at most so often. */
const EVERY = 1000;
/** Before the first count: whatever it says, what was read before it is read again. */
const NOT_COUNTED = -1;

export interface OpenedList {
  readonly list: List;
  readonly count: number;
  /** How many accounts were known by id alone when it was last counted: rows read before a change of it are stale. */
  readonly bare: number;
}

/** Opens a snapshot's list for reading and takes in what is collected meanwhile. */
export function useList(snapshot: Pick<Snapshot, 'id' | 'rows' | 'filled'> | null): OpenedList | null {
  const [opened, setOpened] = useState<(OpenedList & { readonly id: string }) | null>(null);
  const id = snapshot?.id ?? null;
  const rows = snapshot?.rows ?? 0;
  const bare = rows - (snapshot?.filled ?? 0);
  useEffect(() => {
    if (id === null) return undefined;
    let gone = false;
    void openList(store, id).then((list) => {
      if (!gone) setOpened({ id, list, count: list.count, bare: NOT_COUNTED });
    });
    return () => {
      gone = true;
    };
  }, [id]);
  useEffect(() => {
    if (opened?.id !== id || (opened.count >= rows && opened.bare === bare)) return undefined;
    const timer = setTimeout(
      () => {
        void opened.list.refresh().then((count) => {
          setOpened((current) => (current?.list === opened.list ? { ...current, count, bare } : current));
        });
      },
      opened.count === 0 ? 0 : EVERY,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [id, opened, rows, bare]);
  return opened?.id === id ? opened : null;
}
