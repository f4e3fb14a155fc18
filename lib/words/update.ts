/** What an update costs and knows. */
import type { CreditPrice, Unit } from '../model/money.ts';
import type { Update } from '../model/update.ts';
import { i18n } from '#i18n';
import { amount, count, priced, withMoney } from './numbers.ts';
import { listTime } from './times.ts';

/** The price of an update as a range, in the provider's unit; `to` is `null` if it can't be estimated. */
export interface PriceRange {
  readonly from: number;
  readonly to: number | null;
}

/** `about 3 to 5 credits`, `about 3 credits`, or `from 2 credits`; with money if the price of credits is known. */
export function priceRange(unit: Unit, { from, to }: PriceRange, creditPrice: CreditPrice | null): string {
  if (to === null) return i18n.t('update.at_least', { from: priced(unit, from, creditPrice) });
  if (to === from) return i18n.t('amount.about', { amount: priced(unit, from, creditPrice) });
  const least = unit === 'usd' ? amount(unit, from) : count(from);
  const range = i18n.t('update.between', { from: least, to: amount(unit, to) });
  return withMoney(range, unit, to, creditPrice);
}

/** What clicking Update does, and what that costs. */
export function updateExplanation(price: string, { charged, unit }: Update['full']): string {
  return i18n.t('update.explain', { price, full: amount(unit, charged) });
}

/** As of when it is known who left. */
export function whoLeft({ full }: Update, now: number): string {
  return full.isComplete
    ? i18n.t('update.full', { time: listTime(full.startedAt, now) })
    : i18n.t('update.never_full');
}
