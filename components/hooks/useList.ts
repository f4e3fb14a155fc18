import { useEffect, useState } from 'react';
import { openList, type List } from '../../lib/lists/list.ts';
import type { Snapshot } from '../../lib/model.ts';
import { store } from './store.ts';

/** A growing list is counted again at most so often. */
const EVERY = 1000;

export interface OpenedList {
  readonly list: List;
  readonly count: number;
}

/** Opens a snapshot's list for reading and takes in what is collected meanwhile. */
export function useList(snapshot: Pick<Snapshot, 'id' | 'rows'> | null): OpenedList | null {
  const [opened, setOpened] = useState<(OpenedList & { readonly id: string }) | null>(null);
  const id = snapshot?.id ?? null;
  const rows = snapshot?.rows ?? 0;
  useEffect(() => {
    if (id === null) return undefined;
    let gone = false;
    void openList(store, id).then((list) => {
      if (!gone) setOpened({ id, list, count: list.count });
    });
    return () => {
      gone = true;
    };
  }, [id]);
  useEffect(() => {
    if (opened?.id !== id || opened.count >= rows) return undefined;
    const timer = setTimeout(
      () => {
        void opened.list.refresh().then((count) => {
          setOpened((current) => (current?.list === opened.list ? { ...current, count } : current));
        });
      },
      opened.count === 0 ? 0 : EVERY,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [id, opened, rows]);
  return opened?.id === id ? opened : null;
}
