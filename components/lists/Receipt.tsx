import { useState } from 'react';
import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { receiptLines, receiptSummary } from '../../lib/words/receipt.ts';
import { useFollowBasis } from '../hooks/useFollowTimes.ts';
import { useNow } from '../hooks/useNow.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { useSpent } from '../hooks/useSpent.ts';
import { nameOfProvider } from '../runs/provider.ts';
import { DeleteList } from './DeleteList.tsx';

const WIDE = new Set(['reason', 'own', 'differs', 'follow', 'created', 'started', 'ended']);

/** What was requested, what was received, and what it cost, as a list of terms and values. */
function ReceiptLines({ snapshot }: { readonly snapshot: Snapshot }) {
  const now = useNow(60_000);
  const creditPrice = useCreditPrice(snapshot.provider);
  const spent = useSpent(snapshot, true)?.spent ?? null;
  const follow = useFollowBasis(snapshot, true);
  const extras = { creditPrice, spent, follow };
  const lines = receiptLines(snapshot, nameOfProvider(snapshot.provider), now, extras);
  return (
    <dl tabIndex={0} aria-label={i18n.t('receipt.title')}>
      {lines.map(({ key, label, value }) => (
        <div key={key} className={WIDE.has(key) ? 'wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The receipt, folded below its summary. */
export function Receipt({ snapshot }: { readonly snapshot: Snapshot }) {
  const [open, setOpen] = useState(false);
  const creditPrice = useCreditPrice(snapshot.provider);
  const spent = useSpent(snapshot, open)?.spent ?? null;
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
      {open && <ReceiptLines snapshot={snapshot} />}
      <DeleteList snapshot={snapshot} />
    </details>
  );
}
