import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isSameQuery } from '../../lib/lists/query-params.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import {
  addressOfList,
  readAddress,
  replacesEntry,
  writeAddress,
  type Address,
  type ListAddress,
} from './address.ts';

/** Browsers limit how often an address may change, so what is typed is written after this much idle time, in milliseconds. */
const SETTLED = 200;

export type ListChange = Partial<Pick<ListAddress, 'tab' | 'query' | 'account' | 'other'>>;

export interface AddressControl {
  /** What to show. It changes when the user goes somewhere, not when the page {@link note}s a change. */
  readonly address: Address;
  /** Goes to an address, which becomes a new entry of the history. */
  readonly go: (address: Address) => void;
  /** Goes to an address in place of the current one. */
  readonly replace: (address: Address) => void;
  /** Goes to a list, with the query that it had when it was last open on this page. */
  readonly openList: (id: SnapshotId) => void;
  /** Records what the open list shows now. */
  readonly note: (change: ListChange) => void;
}

/** Reuses the previous query if it is the same, so that it doesn't run again. */
function withSameQuery(next: Address, before: Address): Address {
  if (next.kind !== 'list' || before.kind !== 'list' || next.id !== before.id) return next;
  return isSameQuery(next.query, before.query) ? { ...next, query: before.query } : next;
}

/** The dashboard's address: what it says now, and how it changes. Back and forward work. */
export function useAddress(): AddressControl {
  const [address, setAddress] = useState(() => readAddress(location.search));
  /** What the page shows now; `address` may be older. */
  const current = useRef(address);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const visited = useRef(new Map<SnapshotId, ListAddress>());

  const flush = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    history.replaceState(null, '', writeAddress(current.current));
  }, []);
  const take = useCallback((next: Address) => {
    current.current = next;
    if (next.kind === 'list') visited.current.set(next.id, next);
  }, []);

  useEffect(() => {
    const onMove = (): void => {
      clearTimeout(timer.current);
      timer.current = undefined;
      const next = withSameQuery(readAddress(location.search), current.current);
      take(next);
      setAddress(next);
    };
    addEventListener('popstate', onMove);
    addEventListener('pagehide', flush);
    return () => {
      removeEventListener('popstate', onMove);
      removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush, take]);

  const go = useCallback(
    (next: Address) => {
      flush();
      history.pushState(null, '', writeAddress(next));
      take(next);
      setAddress(next);
    },
    [flush, take],
  );
  const replace = useCallback(
    (next: Address) => {
      flush();
      history.replaceState(null, '', writeAddress(next));
      take(next);
      setAddress(next);
    },
    [flush, take],
  );
  const openList = useCallback(
    (id: SnapshotId) => {
      go({ ...(visited.current.get(id) ?? addressOfList(id)), tab: null, account: null });
    },
    [go],
  );
  const note = useCallback(
    (change: ListChange) => {
      const before = current.current;
      if (before.kind !== 'list') return;
      const next = { ...before, ...change };
      if (writeAddress(next) === writeAddress(before)) {
        take(next);
        return;
      }
      if (replacesEntry(before, next)) {
        take(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(flush, SETTLED);
      } else {
        flush();
        history.pushState(null, '', writeAddress(next));
        take(next);
      }
      // The tab is drawn by the page itself; the list holds its own query and account.
      if (change.tab !== undefined || change.other !== undefined) setAddress(next);
    },
    [flush, take],
  );
  return useMemo(() => ({ address, go, replace, openList, note }), [address, go, replace, openList, note]);
}
