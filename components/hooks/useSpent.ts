import { useEffect, useState } from 'react';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Statement } from '../../lib/store/ledger.ts';
import { spendingAsOf, type ShownSpending } from './shown-spending.ts';
import { store } from './store.ts';

/** Up to this many requests of a list are read again with each visible change: more would take noticeable time. */
const MOST_READ = 5_000;

/** Runs a task when the page is idle. @returns a function that cancels it */
function whenIdle(task: () => void): () => void {
  const waiting = requestIdleCallback(task);
  return () => {
    cancelIdleCallback(waiting);
  };
}

/**
 * The ledger's totals for a list, as of the list as it is shown. They are read when the list is shown, when the run changes
 * state, and while the receipt is open with each visible change, unless there are very many requests: then later payments
 * are added, because list and ledger grow together. `null` until they are read.
 */
export function useSpent(snapshot: Snapshot, open: boolean): ShownSpending | null {
  const { id, state } = snapshot;
  const [statement, setStatement] = useState<Statement | null>(null);
  const [requests, setRequests] = useState<number | null>(null);
  const followed = open && (requests ?? 0) <= MOST_READ ? snapshot : null;
  useEffect(() => {
    let isCancelled = false;
    const read = (): void => {
      store.ledger
        .statementOf(id)
        .then((found) => {
          if (!isCancelled) setStatement(found ?? null);
        })
        .catch(console.error);
    };
    const callOff = open ? null : whenIdle(read);
    if (open) read();
    return () => {
      isCancelled = true;
      callOff?.();
    };
  }, [id, open, state.kind, followed]);
  useEffect(() => {
    if (!open) return undefined;
    let isCancelled = false;
    store.ledger
      .requestsOn(snapshot.id)
      .then((count) => {
        if (!isCancelled) setRequests(count);
      })
      .catch(console.error);
    return () => {
      isCancelled = true;
    };
  }, [snapshot, open]);
  return statement?.snapshot.id === id ? spendingAsOf(snapshot, statement, requests) : null;
}
