import { i18n } from '#i18n';
import type { MonthlySpending } from '../../../lib/store/spending.ts';
import { count, priced } from '../../../lib/words/numbers.ts';
import { differenceMessage } from '../../../lib/words/prices.ts';
import { month } from '../../../lib/words/times.ts';
import { useCreditPrice } from '../../hooks/usePreferences.ts';
import { nameOfProvider } from '../../runs/provider.ts';

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
            <th scope="col" className="number">
              {i18n.t('spending.requests')}
            </th>
            <th scope="col" className="number">
              {i18n.t('spending.charged')}
            </th>
            <th scope="col" className="number">
              {i18n.t('spending.maybe')}
            </th>
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
  const creditPrice = useCreditPrice(row.provider);
  const name = nameOfProvider(row.provider);
  const differs = differenceMessage(row, name);
  return (
    <tr>
      <td>{month(row.month)}</td>
      <td>{name}</td>
      <td className="number">{count(row.requests)}</td>
      <td className="number">
        {priced(row.unit, row.charged, creditPrice)}
        {differs !== null && <span className="meta block">{differs}</span>}
      </td>
      <td className="number">
        {row.maybeCharged === 0 ? i18n.t('amount.unknown') : priced(row.unit, row.maybeCharged, creditPrice)}
      </td>
    </tr>
  );
}
