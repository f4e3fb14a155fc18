/** What a click on the page button would start, and what that costs. */
import type { CreditPrice, Price } from '../model/money.ts';
import type { Relation } from '../model/platform.ts';
import { i18n } from '#i18n';
import { amount, amountWithoutUnit, count, priced, pricedWithin, withMoney } from './numbers.ts';
import { aboutDuration } from './times.ts';

/** What is known before a click. */
export interface OfferFacts {
  readonly relation: Relation;
  /** How many accounts the page states; `null` if it states none. */
  readonly count: number | null;
  readonly providerName: string;
  readonly price: Price;
  /** The number of accounts of a full page. */
  readonly most: number;
  /** What 1,000 accounts cost, in the provider's unit. */
  readonly thousand: number;
  /** What the whole list is expected to cost, in the provider's unit; `null` if the count is not known. */
  readonly amount: number | null;
  readonly seconds: number | null;
  /** What it usually costs where the platform seldom lists everything; else `null`. */
  readonly likely: { readonly from: number; readonly to: number } | null;
  readonly creditPrice: CreditPrice | null;
  /** Whether a click shows the price for approval instead of starting immediately. */
  readonly needsApproval: boolean;
  /** Whether such a list is in the trash, from where it could be restored for nothing. */
  readonly isInTrash: boolean;
}

function what({ relation, count: n }: OfferFacts): string {
  if (n === null) return i18n.t(`page.what_${relation}`);
  return relation === 'followers'
    ? i18n.t('amount.followers', n, { n: count(n) })
    : i18n.t('amount.following', { n: count(n) });
}

/** `1 credit per 70`, `$0.01 per account`; where details are looked up separately, the price of 1,000. */
function rateOf(
  { price, most, thousand }: Pick<OfferFacts, 'price' | 'most' | 'thousand'>,
  creditPrice: CreditPrice | null,
): string {
  const { unit, perRequest, perRow, perFill } = price;
  if (perRow > 0) return i18n.t('amount.per_account', { amount: amount(unit, perRow) });
  const [total, rows] = perFill > 0 ? [thousand, 1_000] : [perRequest, most];
  return i18n.t('amount.per', { amount: pricedWithin(unit, total, creditPrice), n: count(rows) });
}

/** `likely 250 to 500 credits`. */
function likelyText(
  { from, to }: { readonly from: number; readonly to: number },
  { unit }: Pick<Price, 'unit'>,
  creditPrice: CreditPrice | null,
): string {
  const range = i18n.t('amount.likely', { from: amountWithoutUnit(unit, from), to: amount(unit, to) });
  return withMoney(range, unit, to, creditPrice);
}

function priceOf(facts: OfferFacts): string {
  const { price, amount: total, likely, creditPrice } = facts;
  if (total === null) return rateOf(facts, creditPrice);
  if (likely !== null) return likelyText(likely, price, creditPrice);
  return i18n.t('amount.roughly', { amount: priced(price.unit, total, creditPrice) });
}

/** `Get 5,000 followers · ~72 credits`; `Get followers · 1 credit per 70` if the count is not known. */
export function offerLabel(facts: OfferFacts): string {
  return i18n.t('page.offer', { what: what(facts), price: priceOf(facts) });
}

/** The rest of what the user should know before the click: who is paid, how long it takes, whether anything is asked. */
export function offerDetail({ price, amount: total, likely, seconds, ...facts }: OfferFacts): string {
  const parts = [i18n.t('list.by', { provider: facts.providerName })];
  if (likely !== null && total !== null) {
    parts.push(i18n.t('amount.at_most', { amount: priced(price.unit, total, facts.creditPrice) }));
  } else if (seconds !== null) parts.push(aboutDuration(seconds));
  parts.push(i18n.t(facts.needsApproval ? 'page.needs_approval' : 'page.starts_now'));
  if (facts.isInTrash) parts.push(i18n.t('page.in_trash'));
  return parts.join(' · ');
}
