import { i18n } from '#i18n';
import type { Batch } from '../../../lib/model/batch.ts';
import type { SharedSpending } from '../../../lib/store/spending.ts';
import { useNow } from '../../hooks/useNow.ts';
import { nameOfProvider } from '../../runs/provider.ts';
import { batchTitle } from '../many/batch-title.ts';
import { AmountHeads, Amounts } from './AmountColumns.tsx';

interface BatchSpendingProps {
  readonly shared: readonly SharedSpending[];
  readonly batches: readonly Batch[];
}

/** One row for each batch: what all of its profiles cost together. The rows by list contain the same requests. */
export function BatchSpending({ shared, batches }: BatchSpendingProps) {
  const now = useNow(60_000);
  const rows = shared.flatMap((sum) => {
    const batch = batches.find(({ budget }) => budget === sum.budget);
    return batch === undefined ? [] : [{ batch, sum }];
  });
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="by-batch">
      <h2 id="by-batch" className="spending-heading">
        {i18n.t('many.title')}
      </h2>
      <table aria-labelledby="by-batch">
        <thead>
          <tr>
            <th scope="col">{i18n.t('many.profiles')}</th>
            <th scope="col">{i18n.t('spending.provider')}</th>
            <AmountHeads />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ batch, sum }) => (
            <tr key={batch.id}>
              <td>
                <a href={`dashboard.html?view=many&for=${batch.id}`}>{batchTitle(batch, now)}</a>
              </td>
              <td>{nameOfProvider(sum.provider)}</td>
              <Amounts of={sum} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
