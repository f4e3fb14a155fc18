import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Spent } from '../../lib/store/spending.ts';
import { receiptLines, receiptSummary } from '../../lib/words/receipt.ts';
import { store } from '../hooks/store.ts';
import { useNow } from '../hooks/useNow.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { nameOfProvider } from '../runs/provider.ts';
import { DeleteList } from './DeleteList.tsx';

const WIDE = new Set(['reason', 'differs']);

/**
 * What the ledger says of a list: read when the receipt is opened and when the run changes its state. Requests are
 * counted with each change that is shown, so that they belong to the figures beside them.
 */
function useSpent(snapshot: Snapshot, open: boolean): Spent | null {
  const { id, state } = snapshot;
  const [spent, setSpent] = useState<Spent | null>(null);
  const [requests, setRequests] = useState<number | null>(null);
  useEffect(() => {
    if (!open) return undefined;
    let gone = false;
    store.ledger
      .spentOn(id)
      .then((sum) => {
        if (!gone) setSpent(sum);
      })
      .catch(console.error);
    return () => {
      gone = true;
    };
  }, [id, open, state.kind]);
  useEffect(() => {
    if (!open) return undefined;
    let gone = false;
    store.ledger
      .requestsOn(snapshot.id)
      .then((count) => {
        if (!gone) setRequests(count);
      })
      .catch(console.error);
    return () => {
      gone = true;
    };
  }, [snapshot, open]);
  return spent === null ? null : { ...spent, requests: requests ?? spent.requests };
}

/** What was asked, what came, and what it cost. */
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
        {i18n.t('receipt.title')} <span className="meta">· {receiptSummary(snapshot, creditPrice)}</span>
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
