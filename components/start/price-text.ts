import { i18n } from '#i18n';
import type { CreditPrice } from '../../lib/model/money.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { priced } from '../../lib/words/numbers.ts';
import { rateText } from '../../lib/words/prices.ts';
import { priceOf, type Known } from '../runs/provider.ts';

/**
 * For example, `about 1,204 credits · about $2.41`; if the total price is unknown, what the provider charges per page.
 * @param howMany accounts; `null` is all, `undefined` means that the number is not certain
 */
export function priceText(
  adapter: Adapter,
  howMany: number | null | undefined,
  known: Known,
  creditPrice: CreditPrice | null,
): string {
  const { unit } = adapter.price;
  const price = howMany === undefined ? null : priceOf(adapter, howMany, known).amount;
  return price === null
    ? rateText(adapter.price, adapter.pages(known.platform).most, creditPrice)
    : i18n.t('amount.about', { amount: priced(unit, price, creditPrice) });
}
