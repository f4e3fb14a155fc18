import { i18n } from '#i18n';
import type { Unit } from '../../lib/model/money.ts';
import { amount, amountWithoutUnit } from '../../lib/words/numbers.ts';

interface BalanceBarProps {
  readonly unit: Unit;
  /** What is about to be spent. */
  readonly price: number;
  /** The price of the dearest choice. */
  readonly dearest: number;
  /** The balance at the provider. */
  readonly balance: number;
}

/** A share as a width that stays visible. */
function width(part: number, whole: number): string {
  const share = whole === 0 ? 0 : Math.min(1, part / whole);
  return `${String(Math.max(part > 0 ? 1 : 0, share * 100))}%`;
}

/** The price as a part of the balance. If some choice costs more than the balance, a mark shows where it ends. */
export function BalanceBar({ unit, price, dearest, balance }: BalanceBarProps) {
  const whole = Math.max(balance, dearest, 1);
  return (
    <div className="balance">
      <div className="balance-bar" aria-hidden="true">
        <span className="balance-left" style={{ inlineSize: width(balance, whole) }} />
        <span className="balance-price" style={{ inlineSize: width(Math.min(price, balance), whole) }} />
        {balance < whole && (
          <span className="balance-end" style={{ insetInlineStart: width(balance, whole) }} />
        )}
      </div>
      <p className="meta">
        {i18n.t('run.of_balance', { amount: amountWithoutUnit(unit, price), balance: amount(unit, balance) })}
      </p>
    </div>
  );
}
