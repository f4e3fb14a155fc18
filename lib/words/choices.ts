/** The choices of an approval, as they are shown. */
import type { CreditPrice, Unit } from '../model/money.ts';
import { i18n } from '#i18n';
import { amount, amountWithoutUnit, count, priced } from './numbers.ts';
import { duration } from './times.ts';

/** A choice, as far as its texts depend on it. */
interface ChoiceFacts {
  readonly kind: 'check' | 'newest' | 'all' | 'up-to';
  readonly howMany: number | null;
  readonly amount: number | null;
  readonly seconds: number | null;
  readonly likely: { readonly from: number; readonly to: number } | null;
  readonly obstacle: 'balance' | 'unknown' | null;
}

/** `Newest 1,000`, `All`, `Check price`. */
export function choiceName({ kind, howMany, amount: most }: ChoiceFacts, unit: Unit): string {
  switch (kind) {
    case 'check':
      return i18n.t('run.check_price');
    case 'newest':
      return i18n.t('popup.newest', { n: count(howMany ?? 0) });
    case 'all':
      return i18n.t('popup.all');
    case 'up-to':
      return i18n.t('run.as_many', { amount: amount(unit, most) });
  }
}

/** What a choice means: `15 credits · ~1 min`. */
export function consequence(choice: ChoiceFacts, unit: Unit, creditPrice: CreditPrice | null): string {
  const { kind, amount: total, seconds, likely } = choice;
  if (total === null) return i18n.t('run.price_not_known');
  if (kind === 'up-to') return i18n.t('run.until_spent');
  if (likely !== null) {
    const range = i18n.t('amount.likely', {
      from: amountWithoutUnit(unit, likely.from),
      to: amountWithoutUnit(unit, likely.to),
    });
    return `${range} · ${i18n.t('amount.at_most', { amount: priced(unit, total, creditPrice) })}`;
  }
  const time =
    seconds === null ? [] : [i18n.t('amount.roughly', { amount: duration(Math.max(60, seconds)) })];
  return [amount(unit, total), ...time].join(' · ');
}

/** Why a choice cannot be made; `null` if it can. */
export function obstacleText({ obstacle }: ChoiceFacts, unit: Unit, balance: number | null): string | null {
  switch (obstacle) {
    case 'balance':
      return i18n.t('run.balance_too_low', { balance: amount(unit, balance) });
    case 'unknown':
      return i18n.t('run.check_first');
    case null:
      return null;
  }
}
