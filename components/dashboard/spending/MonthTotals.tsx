import { i18n } from '#i18n';
import type { MonthlySpending } from '../../../lib/store/spending.ts';
import { differenceMessage } from '../../../lib/words/prices.ts';
import { month } from '../../../lib/words/times.ts';
import { nameOfProvider } from '../../runs/provider.ts';
import { AmountHeads, Amounts } from './AmountColumns.tsx';

/** What each provider was paid in each month. */
export function MonthTotals({ months }: { readonly months: readonly MonthlySpending[] }) {
  return (
    <section aria-labelledby="by-month">
      <h2 id="by-month" className="spending-heading">
        {i18n.t('spending.by_month')}
      </h2>
      <table aria-label={i18n.t('spending.title')}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('spending.month')}</th>
            <th scope="col">{i18n.t('spending.provider')}</th>
            <AmountHeads />
          </tr>
        </thead>
        <tbody>
          {months.map((row) => (
            <Month key={`${row.month.toString()} ${row.provider} ${row.unit}`} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where the provider's figure differs from our price list, both are shown. */
function Month({ row }: { readonly row: MonthlySpending }) {
  const name = nameOfProvider(row.provider);
  const differs = differenceMessage(row, name);
  return (
    <tr>
      <td>{month(row.month)}</td>
      <td>{name}</td>
      <Amounts of={row} note={differs === null ? null : <span className="meta block">{differs}</span>} />
    </tr>
  );
}
