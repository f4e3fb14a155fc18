import { i18n } from '#i18n';
import type { Batch } from '../../../lib/model/batch.ts';
import { useNow } from '../../hooks/useNow.ts';
import { nameOfProvider } from '../../runs/provider.ts';
import { batchTitle } from './batch-title.ts';

interface BatchListProps {
  /** Newest first. */
  readonly batches: readonly Batch[];
  readonly onBatch: (batch: Batch) => void;
}

/** The batches so far. */
export function BatchList({ batches, onBatch }: BatchListProps) {
  const now = useNow(60_000);
  if (batches.length === 0) return null;
  return (
    <section className="many-batches" aria-labelledby="batches">
      <h2 id="batches">{i18n.t('many.batches')}</h2>
      <ul>
        {batches.map((batch) => (
          <li key={batch.id}>
            <a
              href={`dashboard.html?view=many&for=${batch.id}`}
              onClick={(event) => {
                // With a modifier, the browser opens a tab.
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onBatch(batch);
              }}
            >
              {batchTitle(batch, now)}
            </a>{' '}
            <span className="meta">{nameOfProvider(batch.provider)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
