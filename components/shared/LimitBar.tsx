import { i18n } from '#i18n';
import type { Unit } from '../../lib/model/money.ts';
import { amount, amountWithoutUnit } from '../../lib/words/numbers.ts';

interface LimitBarProps {
  readonly unit: Unit;
  /** What the limit counts of this month's spending. */
  readonly counted: number;
  /** `null` if there is no limit. */
  readonly limit: number | null;
  /** The accessible name. */
  readonly name: string;
}

/** This month's spending, and how much of the monthly limit it is. */
export function LimitBar({ unit, counted, limit, name }: LimitBarProps) {
  if (limit === null) {
    return <p className="meta limit-bar">{i18n.t('spending.no_limit', { amount: amount(unit, counted) })}</p>;
  }
  const text = i18n.t('spending.of_limit', {
    spent: amountWithoutUnit(unit, counted),
    limit: amount(unit, limit),
  });
  const share = limit === 0 ? 1 : Math.min(1, counted / limit);
  return (
    <div className="limit-bar">
      <p className="meta">{text}</p>
      <div
        className={share >= 1 ? 'progress full' : 'progress'}
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={text}
      >
        <span style={{ inlineSize: `${String(share * 100)}%` }} />
      </div>
    </div>
  );
}
