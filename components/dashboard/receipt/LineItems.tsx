import { i18n } from '#i18n';
import type { CreditPrice, Unit } from '../../../lib/model/money.ts';
import type { SpendingLine, Spent } from '../../../lib/store/spending.ts';
import { amount, count, withMoney } from '../../../lib/words/numbers.ts';
import { purposeName } from '../../../lib/words/purposes.ts';
import type { ReceiptLine } from '../../../lib/words/receipt.ts';

interface LineItemsProps {
  readonly unit: Unit;
  readonly total: Pick<Spent, 'charged'>;
  /** `null` until they are counted. */
  readonly requests: number | null;
  /** By purpose; together they are the total. */
  readonly lines: readonly SpendingLine[];
  readonly creditPrice: CreditPrice | null;
  /** What is said below the total: the estimate, the limit, and what may differ. */
  readonly notes: readonly ReceiptLine[];
}

/** What each purpose cost, and the total. */
export function LineItems({ unit, total, requests, lines, creditPrice, notes }: LineItemsProps) {
  return (
    <section aria-label={i18n.t('receipt.spent')}>
      <table className="line-items">
        <thead>
          <tr>
            <th scope="col">{i18n.t('receipt.item')}</th>
            <th scope="col" className="number">
              {i18n.t('receipt.requests')}
            </th>
            <th scope="col" className="number">
              {i18n.t('receipt.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.purpose} ${line.provider} ${line.unit}`}>
              <th scope="row">{purposeName(line.purpose)}</th>
              <td className="number">{count(line.requests)}</td>
              <td className="number">{amount(line.unit, line.charged)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="receipt-total">
            <th scope="row">{i18n.t('receipt.total')}</th>
            <td className="number">{requests === null ? i18n.t('amount.unknown') : count(requests)}</td>
            <td className="number">
              {withMoney(amount(unit, total.charged), unit, total.charged, creditPrice)}
            </td>
          </tr>
        </tfoot>
      </table>
      <dl>
        {notes.map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
