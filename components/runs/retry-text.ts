import { i18n } from '#i18n';
import type { CreditPrice } from '../../lib/model/money.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { priced } from '../../lib/words/numbers.ts';
import { retryPrice } from '../../lib/words/errors.ts';

/** The label for a retry, with its possible cost if the previous attempt may have been charged. */
export function retryText(
  { unit, state }: Pick<Snapshot, 'unit' | 'state'>,
  action: string,
  creditPrice: CreditPrice | null,
): string {
  const price = retryPrice(state) ?? 0;
  return price === 0
    ? action
    : i18n.t('run.with_price', { action, amount: priced(unit, price, creditPrice) });
}
