import { i18n } from '#i18n';
import type { MonthlySpending } from '../../lib/store/spending.ts';
import { count, priced } from '../../lib/words/numbers.ts';
import { differenceMessage } from '../../lib/words/prices.ts';
import { month } from '../../lib/words/times.ts';
import { useSpending } from '../hooks/useDatabase.ts';
import { useCreditPrice } from '../hooks/usePreferences.ts';
import { nameOfProvider } from '../runs/provider.ts';
import { BackToLists } from './BackToLists.tsx';

/** The spending history. It is complete because every request is recorded before it is sent. */
export function SpendingHistory({ onBack }: { readonly onBack: () => void }) {
  const rows = useSpending();
  if (rows === undefined) return null;
  return (
    <main className="spending">
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <h1>{i18n.t('spending.title')}</h1>
      </header>
      <p className="muted">{i18n.t('spending.intro')}</p>
      {rows.length === 0 ? (
        <p>{i18n.t('spending.none')}</p>
      ) : (
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
            {rows.map((row) => (
              <Month key={`${row.month.toString()} ${row.provider} ${row.unit}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
}

/** What one provider was paid in one month. Where the provider's figure differs from our price list, both are shown. */
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
