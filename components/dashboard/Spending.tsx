import { i18n } from '#i18n';
import { amount, count } from '../../lib/words/numbers.ts';
import { month } from '../../lib/words/times.ts';
import { useSpending } from '../hooks/live.ts';
import { nameOfProvider } from '../runs/provider.ts';

/** The spending history: every request was written down before it was sent. */
export function Spending() {
  const rows = useSpending();
  if (rows === undefined) return null;
  return (
    <main className="spending">
      <h1>{i18n.t('spending.title')}</h1>
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
              <tr key={`${row.month.toString()} ${row.provider} ${row.unit}`}>
                <td>{month(row.month)}</td>
                <td>{nameOfProvider(row.provider)}</td>
                <td className="number">{count(row.requests)}</td>
                <td className="number">{amount(row.unit, row.charged)}</td>
                <td className="number">
                  {row.maybeCharged === 0 ? '—' : amount(row.unit, row.maybeCharged)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
}
