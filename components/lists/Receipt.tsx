import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Statement } from '../../lib/store/ledger.ts';
import type { Spent } from '../../lib/store/spending.ts';
import { receiptLines, receiptSummary } from '../../lib/words/receipt.ts';
import { store } from '../hooks/store.ts';
import { useNow } from '../hooks/useNow.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { nameOfProvider } from '../runs/provider.ts';
import { DeleteList } from './DeleteList.tsx';

const WIDE = new Set(['reason', 'own', 'differs']);

/** Runs a task when the page is idle. @returns a function that cancels it */
function whenIdle(task: () => void): () => void {
  const waiting = requestIdleCallback(task);
  return () => {
    cancelIdleCallback(waiting);
  };
}

/**
 * The ledger's totals for a list. They are read when the list is shown, when the receipt is opened, and when the run
 * changes state. Later payments of the run are added, because list and ledger grow together. Requests are counted with
 * each visible change, so that the count matches the other figures.
 */
function useSpent(snapshot: Snapshot, open: boolean): Spent | null {
  const { id, state } = snapshot;
  const [statement, setStatement] = useState<Statement | null>(null);
  const [requests, setRequests] = useState<number | null>(null);
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
  }, [id, open, state.kind]);
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
  if (statement?.snapshot.id !== id) return null;
  const { snapshot: then, spent } = statement;
  return {
    charged: spent.charged + snapshot.charged - then.charged,
    maybeCharged: spent.maybeCharged + snapshot.maybeCharged - then.maybeCharged,
    listed: spent.listed,
    requests: requests ?? spent.requests,
  };
}

/** What was requested, what was received, and what it cost. */
export function Receipt({ snapshot }: { readonly snapshot: Snapshot }) {
  const now = useNow(60_000);
  const [open, setOpen] = useState(false);
  const creditPrice = useCreditPrice(snapshot.provider);
  const spent = useSpent(snapshot, open);
  const lines = receiptLines(snapshot, nameOfProvider(snapshot.provider), now, { creditPrice, spent });
  return (
    <details
      className="receipt"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        {i18n.t('receipt.title')}{' '}
        <span className="meta">· {receiptSummary(snapshot, { creditPrice, spent })}</span>
      </summary>
      <dl tabIndex={0} aria-label={i18n.t('receipt.title')}>
        {lines.map(({ key, label, value }) => (
          <div key={key} className={WIDE.has(key) ? 'wide' : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <DeleteList snapshot={snapshot} />
    </details>
  );
}
