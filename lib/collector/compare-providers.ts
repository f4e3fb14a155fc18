/** What a list would cost and take with each provider. Pure. */
import { moneyFor, type CreditPrice } from '../model/money.ts';
import type { ProviderId } from '../model/ids.ts';
import type { Estimate } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { estimateRun, type EstimateOptions } from './estimate.ts';

export interface ComparedProvider {
  readonly adapter: Adapter;
  /** Of the list, or of 1,000 accounts if its count is not known. */
  readonly estimate: Estimate;
  /** Whether no other provider whose price in money is known costs less. */
  readonly cheapest: boolean;
}

/** Accounts to compare by, where a count is not known. */
const SAMPLE_ROWS = 1_000;

type CreditPrices = Readonly<Record<ProviderId, CreditPrice>>;

/** The price in millionths of a currency; `null` if it is in credits or requests whose price is not known. */
function inMoney({ price, id }: Adapter, amount: number, creditPrices: CreditPrices) {
  if (price.unit === 'usd') return { currency: 'USD', micro: amount };
  const creditPrice = creditPrices[id];
  return creditPrice === undefined
    ? null
    : { currency: creditPrice.currency, micro: moneyFor(amount, creditPrice) };
}

/**
 * The providers with what they cost, in the given order. Prices in different units, or different currencies, can't be
 * compared: the cheapest is marked only if several prices in US dollars are known, and among these.
 */
export function compareProviders(
  adapters: readonly Adapter[],
  options: EstimateOptions,
  creditPrices: CreditPrices,
): readonly ComparedProvider[] {
  const known = options.rows === null ? { ...options, rows: SAMPLE_ROWS, resolved: true } : options;
  const priced = adapters.map((adapter) => {
    const estimate = estimateRun(adapter, known);
    return { adapter, estimate, money: inMoney(adapter, estimate.amount ?? 0, creditPrices) };
  });
  const dollars = priced.flatMap(({ money }) => (money?.currency === 'USD' ? [money.micro] : []));
  const least = dollars.length > 1 ? Math.min(...dollars) : null;
  return priced.map(({ adapter, estimate, money }) => ({
    adapter,
    estimate,
    cheapest: money?.currency === 'USD' && money.micro === least,
  }));
}
