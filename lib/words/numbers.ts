/** Formats numbers and money in the browser's language. */
import { moneyFor, type CreditPrice, type Unit } from '../model/money.ts';
import { i18n } from '#i18n';

const whole = new Intl.NumberFormat();
const percents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const dollars = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' });
const finerDollars = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 6,
});

/** A count with all digits, grouped: `84,210`. */
export function count(n: number): string {
  return whole.format(n);
}

/** A share, 0 to 1, in percent. Only 1 is formatted as 100%, and only 0 as 0%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return percents.format(0.001);
  if (share < 1 && share > 0.999) return percents.format(0.999);
  return percents.format(share);
}

/** Micro-dollars as US dollars. Fractions of a cent are shown only if there are any. */
function usd(microDollars: number): string {
  const amount = microDollars / 1_000_000;
  return microDollars % 10_000 === 0 ? dollars.format(amount) : finerDollars.format(amount);
}

/** An amount with its unit: `1,204 credits`, `$12.04`, `3 requests`; `null` is unknown. */
export function amount(unit: Unit, n: number | null): string {
  if (n === null) return i18n.t('amount.unknown');
  switch (unit) {
    case 'credits':
      return i18n.t('amount.credits', n, { n: count(n) });
    case 'requests':
      return i18n.t('amount.requests', n, { n: count(n) });
    case 'usd':
      return usd(n);
  }
}

/** Micro-units of a currency as money. Less than the smallest coin, as a credit may cost, has two significant digits. */
export function money(micro: number, currency: string): string {
  const value = micro / 1_000_000;
  const coins = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = coins.resolvedOptions();
  if (value === 0 || value >= 10 ** -maximumFractionDigits) return coins.format(value);
  const finer = { style: 'currency', currency, maximumSignificantDigits: 2 } as const;
  return new Intl.NumberFormat(undefined, finer).format(value);
}

/** An amount in money, if the user entered the price of credits. `null` for dollars, which already are money. */
function inMoney(unit: Unit, n: number | null, price: CreditPrice | null): string | null {
  if (unit === 'usd' || price === null || n === null || n === 0) return null;
  return money(moneyFor(n, price), price.currency);
}

/** An amount with its unit, and in money if that is known: `1,204 credits · about $2.41`. */
export function priced(unit: Unit, n: number | null, price: CreditPrice | null): string {
  return withMoney(amount(unit, n), unit, n, price);
}

/** The same within a sentence: `1,204 credits (about $2.41)`. */
export function pricedWithin(unit: Unit, n: number, price: CreditPrice | null): string {
  const text = amount(unit, n);
  const spent = inMoney(unit, n, price);
  return spent === null ? text : i18n.t('amount.within', { amount: text, money: spent });
}

/** `about $2.41`; `null` if the price of credits is not known, or if the amount is money already. */
export function moneyText(unit: Unit, n: number, price: CreditPrice | null): string | null {
  const spent = inMoney(unit, n, price);
  return spent === null ? null : i18n.t('amount.about', { amount: spent });
}

/** Appends an amount in money, if that is known, to a text. */
export function withMoney(text: string, unit: Unit, n: number | null, price: CreditPrice | null): string {
  const spent = inMoney(unit, n, price);
  return spent === null ? text : `${text} · ${i18n.t('amount.about', { amount: spent })}`;
}

/** The short form: `1,204 · $2.41`. */
export function briefly(unit: Unit, n: number | null, price: CreditPrice | null): string {
  const spent = inMoney(unit, n, price);
  return spent === null ? amountWithoutUnit(unit, n) : `${amountWithoutUnit(unit, n)} · ${spent}`;
}

/** An amount without its unit, if that is clear from the context: `1,204`, `$12.04`. */
export function amountWithoutUnit(unit: Unit, n: number | null): string {
  if (n === null) return i18n.t('amount.unknown');
  return unit === 'usd' ? usd(n) : count(n);
}
