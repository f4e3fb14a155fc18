import { describe, expect, it } from 'vitest';
import { compareProviders } from '../../../lib/collector/compare-providers.ts';
import { providerIdSchema } from '../../../lib/model/ids.ts';
import { adaptersFor } from '../../../lib/providers/index.ts';

const onX = adaptersFor('x', 'followers');
const options = { platform: 'x', rows: 10_000, listed: 10_000, resolved: false } as const;

function table(creditPrices: Parameters<typeof compareProviders>[2], of = options) {
  return compareProviders(onX, of, creditPrices).map(
    ({ adapter, estimate, cheapest }) =>
      `${adapter.name} ${String(estimate.amount)}${cheapest ? ' cheapest' : ''}`,
  );
}

describe('a comparison of providers', () => {
  it('marks the cheapest of those whose price in dollars is known', () => {
    expect(table({})).toEqual([
      'SociaVault 144',
      'twitterapi.io 1500180 cheapest',
      'SocialData 2000200',
      'X API v2 100010000',
      'X API v1.1 103',
    ]);
    // 144 credits at US$2 for 1,000 are 29 cents.
    const sociavault = providerIdSchema.parse('sociavault');
    expect(table({ [sociavault]: { currency: 'USD', perThousand: 2_000_000 } })[0]).toBe(
      'SociaVault 144 cheapest',
    );
  });

  it('leaves prices in other currencies out', () => {
    const sociavault = providerIdSchema.parse('sociavault');
    expect(table({ [sociavault]: { currency: 'EUR', perThousand: 1 } })[1]).toMatch(/cheapest$/);
  });

  it('marks none if there is nothing to compare', () => {
    const alone = onX.filter(({ price }) => price.unit !== 'usd' || price.perRow === 10_000);
    expect(compareProviders(alone, options, {}).some(({ cheapest }) => cheapest)).toBe(false);
  });

  it('compares by 1,000 accounts, without the lookup, where the count is not known', () => {
    const [, apiIo] = compareProviders(onX, { ...options, rows: null, listed: null }, {});
    expect(apiIo).toMatchObject({ estimate: { rows: 1_000, amount: 150_000 }, cheapest: true });
  });
});
