import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model.ts';
import { receiptLines, receiptSummary } from '../../lib/words/receipt.ts';
import { useNow } from '../hooks/useNow.ts';
import { nameOfProvider } from '../runs/provider.ts';
import { DeleteList } from './DeleteList.tsx';

/** What was asked, what came, and what it cost. */
export function Receipt({ snapshot }: { readonly snapshot: Snapshot }) {
  const now = useNow(60_000);
  return (
    <details className="receipt">
      <summary>
        {i18n.t('receipt.title')} <span className="meta">· {receiptSummary(snapshot)}</span>
      </summary>
      <dl tabIndex={0} aria-label={i18n.t('receipt.title')}>
        {receiptLines(snapshot, nameOfProvider(snapshot.provider), now).map(({ key, label, value }) => (
          <div key={key} className={key === 'reason' ? 'wide' : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <DeleteList snapshot={snapshot} />
    </details>
  );
}
