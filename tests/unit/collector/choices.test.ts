import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalChoices, preselected, type Choice } from '../../../lib/collector/choices.ts';
import { estimateRest } from '../../../lib/collector/estimate.ts';
import { adapters } from '../../../lib/providers/index.ts';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import type { Platform } from '../../../lib/model/platform.ts';

type Run = Parameters<typeof approvalChoices>[1];

const FRESH: Run = {
  platform: 'x',
  howMany: null,
  expected: null,
  resolvedAt: null,
  pages: 0,
  rows: 0,
  filled: 0,
  charged: 0,
  maybeCharged: 0,
};

function adapterFor(platform: Platform): Adapter {
  const found = adapters.find((adapter) => adapter.supports(platform, 'followers'));
  if (found === undefined) throw new Error('Every platform has a provider.');
  return found;
}

function choose(run: Partial<Run>, balance: number | null, unapproved = 500): Choice[] {
  const whole = { ...FRESH, ...run };
  return approvalChoices(adapterFor(whole.platform), whole, { balance, unapproved });
}

function named(choices: readonly Choice[]): string[] {
  return choices.map(
    ({ kind, howMany, amount, obstacle }) =>
      `${kind}${howMany === null ? '' : ` ${String(howMany)}`}: ${String(amount)}${obstacle === null ? '' : ` (${obstacle})`}`,
  );
}

/** Of several choices with different prices, the first is neither unaffordable nor the dearest. */
function expectSafe(choices: readonly Choice[], balance: number | null): void {
  const first = preselected(choices);
  const amounts = choices.map(({ amount }) => amount ?? Infinity);
  if (first === null) {
    expect(balance).not.toBeNull();
    expect(amounts.every((amount) => amount > (balance ?? Infinity))).toBe(true);
    return;
  }
  expect(first.obstacle).toBeNull();
  expect(first.amount).not.toBeNull();
  if (balance !== null) expect(first.amount ?? Infinity).toBeLessThanOrEqual(balance);
  if (new Set(amounts).size > 1) expect(first.amount ?? Infinity).toBeLessThan(Math.max(...amounts));
  expect(first.amount).toBe(Math.min(...amounts.filter((_, at) => choices[at]?.obstacle === null)));
}

describe('the choices of an approval', () => {
  const counts = { known: 84_210, unknown: null };
  const balances = { enough: 1_000_000, short: 20, empty: 0, unknown: null };
  const cases = (['x', 'tiktok'] as const).flatMap((platform) =>
    Object.entries(counts).flatMap(([count, expected]) =>
      Object.entries(balances).map(
        ([balance, amount]) => [platform, count, balance, expected, amount] as const,
      ),
    ),
  );

  it.each(cases)(
    '%s, count %s, balance %s: the first is payable and not the dearest',
    (platform, _count, _balance, expected, balance) => {
      expectSafe(choose({ platform, expected }, balance), balance);
    },
  );

  it('are what the platform, count, and balance allow', () => {
    expect(named(choose({ expected: 84_210 }, 400))).toEqual([
      'newest 1000: 16',
      'newest 10000: 144',
      'all: 1204 (balance)',
    ]);
    expect(named(choose({ expected: 84_210 }, 10))).toEqual([
      'newest 100: 3',
      'newest 1000: 16 (balance)',
      'newest 10000: 144 (balance)',
      'all: 1204 (balance)',
    ]);
    expect(named(choose({}, null))).toEqual([
      'check: 1',
      'newest 1000: 16',
      'newest 10000: 144',
      'all: null (unknown)',
    ]);
    expect(named(choose({ expected: 800 }, null))).toEqual(['newest 100: 3', 'all: 13']);
    expect(named(choose({ expected: 60 }, null))).toEqual(['all: 2']);
    // A page that will never state a count: only an amount can be approved.
    expect(named(choose({ resolvedAt: 1, pages: 8, rows: 12_000 }, null))).toEqual([
      'up-to: 10',
      'up-to: 500',
      'all: null (unknown)',
    ]);
  });

  it('state what TikTok usually serves beside the maximum', () => {
    const all = choose({ platform: 'tiktok', expected: 9_400_000, resolvedAt: 1 }, null).find(
      ({ kind }) => kind === 'all',
    );
    expect(all).toMatchObject({ amount: 470_000, likely: { from: 250, to: 500 }, cap: 470_000 });
    expect(choose({ platform: 'tiktok', expected: 4_000 }, null).every(({ likely }) => likely === null)).toBe(
      true,
    );
    expect(choose({ expected: 9_400_000 }, null).every(({ likely }) => likely === null)).toBe(true);
  });

  it('count what is spent already in the cap, and not in the price', () => {
    const run = { expected: 84_210, resolvedAt: 1, pages: 1, rows: 70, filled: 70, charged: 2 };
    const [first] = choose(run, null);
    expect(first).toMatchObject({ kind: 'newest', howMany: 1_000, amount: 14, cap: 16 });
  });

  it('of any run at any provider: the first is payable and not the dearest, and a check is the smallest request', () => {
    const runs = fc.record({
      expected: fc.option(fc.nat(20_000_000)),
      howMany: fc.option(fc.integer({ min: 1, max: 200_000 })),
      resolvedAt: fc.constantFrom(null, 1),
      pages: fc.constantFrom(0, 0, 3),
      rows: fc.constantFrom(0, 70, 12_000),
      charged: fc.nat(600),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...adapters),
        fc.constantFrom('x' as const, 'tiktok' as const),
        runs,
        fc.option(fc.nat(100_000_000)),
        fc.nat(10_000),
        (adapter, platform, run, balance, unapproved) => {
          fc.pre(adapter.supports(platform, 'followers'));
          const whole: Run = { ...FRESH, ...run, platform, filled: run.rows };
          const choices = approvalChoices(adapter, whole, { balance, unapproved });
          expectSafe(choices, balance);
          for (const { kind, amount, cap, obstacle } of choices) {
            if (obstacle !== null) continue;
            const { margin = 0 } = estimateRest(adapter, whole, 1);
            // A request for the count alone, or an amount, needs no margin.
            const needed = kind === 'check' || kind === 'up-to' ? 0 : margin;
            expect(cap).toBe(run.charged + (amount ?? NaN) + needed);
          }
        },
      ),
    );
  });
});
