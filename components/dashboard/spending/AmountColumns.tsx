import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { MonthlySpending, SharedSpending, SpendingLine } from '../../../lib/store/spending.ts';
import { count, priced } from '../../../lib/words/numbers.ts';
import { useCreditPrice } from '../../hooks/usePreferences.ts';

/** The headers of {@link Amounts}. */
export function AmountHeads() {
  return (['requests', 'charged', 'maybe'] as const).map((key) => (
    <th key={key} scope="col" className="number">
      {i18n.t(`spending.${key}`)}
    </th>
  ));
}

interface AmountsProps {
  readonly of: MonthlySpending | SpendingLine | SharedSpending;
  /** Shown below what was charged. */
  readonly note?: ReactNode;
}

/** The cells with how many requests there were, and what they cost. */
export function Amounts({ of: { provider, unit, requests, charged, maybeCharged }, note }: AmountsProps) {
  const creditPrice = useCreditPrice(provider);
  return (
    <>
      <td className="number">{count(requests)}</td>
      <td className="number">
        {priced(unit, charged, creditPrice)}
        {note}
      </td>
      <td className="number">
        {maybeCharged === 0 ? i18n.t('amount.unknown') : priced(unit, maybeCharged, creditPrice)}
      </td>
    </>
  );
}
