/** Messages about prices and estimates. */
import type { CreditPrice, Price, Unit } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Estimate, Snapshot } from '../model/snapshot.ts';
import type { Spent } from '../store/spending.ts';
import { i18n } from '#i18n';
import { amount, amountWithoutUnit, count, moneyText, pricedWithin, withMoney } from './numbers.ts';
import { platformName } from './names.ts';
import { aboutDuration } from './times.ts';

/** `84,210 followers`. */
export function countText(relation: Relation, n: number): string {
  return relation === 'followers'
    ? i18n.t('amount.followers', n, { n: count(n) })
    : i18n.t('amount.following', { n: count(n) });
}

export interface PriceFacts {
  /** The profile's count, if it is known. */
  readonly count: number | null;
  readonly unit: Unit;
  readonly estimate: Pick<Estimate, 'amount' | 'seconds'>;
  /** The balance at the provider, in `unit`, if it is known. */
  readonly balance: number | null;
  /** The price of the lookup, in `unit`; 0 if it is free or not needed. It is included in the estimate. */
  readonly lookUp: number;
  readonly creditPrice: CreditPrice | null;
}

/** The balance beside a price: `balance: 4,210 credits`, or that it is too low. */
function balanceText(unit: Unit, price: number, balance: number): string {
  const text = amount(unit, balance);
  return balance < price
    ? i18n.t('run.balance_too_low', { balance: text })
    : i18n.t('popup.balance', { balance: text });
}

/** What stands beside a price: `about $2.41 · balance: 4,210 credits · including 1 credit to look up the profile · about 25 min`. */
export function priceDetails(facts: PriceFacts): string {
  const { estimate, unit, balance, lookUp, creditPrice } = facts;
  const parts: string[] = [];
  if (estimate.amount !== null) {
    const inMoney = moneyText(unit, estimate.amount, creditPrice);
    if (inMoney !== null) parts.push(inMoney);
    if (balance !== null) parts.push(balanceText(unit, estimate.amount, balance));
    if (lookUp > 0) parts.push(i18n.t('popup.with_look_up', { amount: amount(unit, lookUp) }));
  }
  if (estimate.seconds !== null) parts.push(aboutDuration(estimate.seconds));
  if (facts.count === null) {
    parts.push(
      lookUp > 0
        ? i18n.t('popup.count_looked_up', { amount: pricedWithin(unit, lookUp, creditPrice) })
        : i18n.t('popup.count_unknown'),
    );
  }
  return parts.join(' · ');
}

/** What a platform usually lists, and what that costs; `null` if it lists everything. */
export function usuallyServesMessage(
  platform: Platform,
  likely:
    | {
        readonly from: number;
        readonly to: number;
        readonly rows: { readonly from: number; readonly to: number };
      }
    | null
    | undefined,
  unit: Unit,
): string | null {
  if (likely == null) return null;
  return i18n.t('run.usually_serves', {
    from: amountWithoutUnit(unit, likely.from),
    to: amount(unit, likely.to),
    platform: platformName(platform),
    least: count(likely.rows.from),
    most: count(likely.rows.to),
  });
}

/** Why a run must be confirmed: `This is above your 500-credit limit.` */
export function aboveMessage(unit: Unit, limit: number): string {
  switch (unit) {
    case 'credits':
      return i18n.t('run.above_credits', { n: count(limit) });
    case 'usd':
      return i18n.t('run.above_usd', { n: amountWithoutUnit('usd', limit) });
    case 'requests':
      return i18n.t('run.above_requests', { n: count(limit) });
  }
}

/**
 * A provider's rate, for lists whose count, and therefore total price, is unknown: `1 credit for up to 70 accounts`,
 * `$0.01 for 1 account`.
 * @param most the number of accounts of a full page
 */
export function rateText(
  { unit, perRequest, perRow }: Price,
  most: number,
  creditPrice: CreditPrice | null,
): string {
  const accounts = (n: number): string => i18n.t('amount.accounts', n, { n: count(n) });
  if (perRow > 0) return i18n.t('popup.rate', { amount: amount(unit, perRow), rows: accounts(1) });
  const rate = i18n.t('popup.rate_up_to', { amount: amount(unit, perRequest), rows: accounts(most) });
  return withMoney(rate, unit, perRequest, creditPrice);
}

/**
 * Explains why the spending history and the list itself count different amounts; `null` if they agree.
 */
export function ownCountMessage(
  { unit, charged, maybeCharged }: Pick<Snapshot, 'unit' | 'charged' | 'maybeCharged'>,
  spent: Pick<Spent, 'charged' | 'maybeCharged'>,
): string | null {
  if (spent.charged === charged && spent.maybeCharged === maybeCharged) return null;
  return i18n.t('receipt.own_count', {
    spent: amount(unit, spent.charged + spent.maybeCharged),
    own: amountWithoutUnit(unit, charged + maybeCharged),
  });
}

/** Compares the amount that the provider reports with the price list's; `null` if they agree. */
export function differenceMessage(
  { unit, charged, listed }: { readonly unit: Unit; readonly charged: number; readonly listed: number },
  providerName: string,
): string | null {
  if (charged === listed) return null;
  return i18n.t('receipt.differs', {
    provider: providerName,
    charged: amount(unit, charged),
    listed: amountWithoutUnit(unit, listed),
  });
}
