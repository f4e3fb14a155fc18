/** Estimates against a simulated provider that bills by its price list, with minimums and page sizes of all kinds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateRun, rowsToCollect } from '../../../lib/collector/estimate.ts';
import { plan } from '../../../lib/collector/machine/plan.ts';
import { cursorSchema } from '../../../lib/model/ids.ts';
import { pagePrice, type Price } from '../../../lib/model/money.ts';
import { neededFor, type Snapshot } from '../../../lib/model/snapshot.ts';
import { smallestPage, type PageRules } from '../../../lib/providers/adapter.ts';
import { FRESH } from './machine-simulator.ts';

interface Setting {
  readonly price: Price;
  readonly rules: PageRules;
  readonly listed: number;
  readonly howMany: number | null;
}

const setting: fc.Arbitrary<Setting> = fc
  .record({
    most: fc.integer({ min: 1, max: 200 }),
    least: fc.integer({ min: 1, max: 40 }),
    usual: fc.integer({ min: 1, max: 200 }),
    adjustable: fc.boolean(),
    perRequest: fc.constantFrom(0, 1),
    perRow: fc.constantFrom(0, 150, 200),
    perPageAtLeast: fc.constantFrom(0, 150, 2_000),
    resolve: fc.constantFrom(0, 180),
    listed: fc.oneof(fc.nat(500), fc.constantFrom(0, 1, 20, 199, 200, 201)),
    howMany: fc.option(fc.integer({ min: 1, max: 600 })),
  })
  .map(({ most, least, usual, adjustable, listed, howMany, ...price }) => ({
    price: { unit: 'usd', perFill: 0, ...price },
    rules: {
      most,
      adjustable,
      seconds: 1,
      withoutNewUntilStalled: 3,
      ...(adjustable ? { least: Math.min(least, most) } : { usual: Math.min(usual, most) }),
    },
    listed,
    howMany,
  }));

/** Requests pages until the plan says otherwise. The provider returns pages of the usual size, and bills them. */
function bill({ price, rules, listed, howMany }: Setting, cap: number) {
  const adapter = { price, pages: () => rules, fillSize: 0 };
  let snapshot: Snapshot = {
    ...FRESH,
    resolvedAt: 1,
    state: { kind: 'running' },
    howMany,
    cap,
    confirmed: true,
  };
  let requests = 0;
  for (;;) {
    const { rows } = snapshot;
    const atEnd = requests > 0 && rows >= listed;
    const cursor = rows === 0 ? null : cursorSchema.parse(String(rows));
    const next = plan(snapshot, { now: 0, cursor, atEnd, adapter, monthlyLeft: null, sharedLeft: null });
    if (next.kind !== 'page') return { end: next, charged: snapshot.charged, requests };
    const size = rules.adjustable ? Math.max(next.limit, smallestPage(rules)) : (rules.usual ?? rules.most);
    const got = Math.min(size, listed - rows);
    requests += 1;
    expect(pagePrice(price, got)).toBeLessThanOrEqual(next.reserve);
    snapshot = { ...snapshot, rows: rows + got, charged: snapshot.charged + pagePrice(price, got) };
    expect(snapshot.charged).toBeLessThanOrEqual(cap);
  }
}

function estimated({ price, rules, listed, howMany }: Setting) {
  const adapter = { price, pages: () => rules, fillSize: 0 };
  const rows = rowsToCollect(howMany, listed);
  return estimateRun(adapter, { platform: 'x', rows, listed, resolved: true });
}

describe('estimates', () => {
  it('are what a provider bills, exactly, and pay for the whole run, at any price list', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const estimate = estimated(given);
        // An empty list costs nothing where accounts are paid for one by one: its request is asked for.
        fc.pre(given.listed > 0 || smallestPage(given.rules) > 1);
        const { end, charged, requests } = bill(given, Infinity);
        expect(charged).toBe(estimate.amount);
        expect(requests).toBe(estimate.requests);
        expect(['finish', 'limit']).toContain(end.kind);
        // With what the user is asked to approve, the run gets as far as without a limit.
        expect(bill(given, neededFor(estimate) ?? NaN)).toEqual({ end, charged, requests });
      }),
      { numRuns: 20_000 },
    );
  });

  it('no limit is passed, however low it is', () => {
    fc.assert(
      fc.property(setting, fc.nat(60_000), (given, cap) => {
        expect(bill(given, cap).charged).toBeLessThanOrEqual(cap);
      }),
      { numRuns: 20_000 },
    );
  });

  it('an empty page costs the minimum', () => {
    const price: Price = {
      unit: 'usd',
      perRequest: 0,
      perRow: 150,
      perPageAtLeast: 150,
      resolve: 0,
      perFill: 0,
    };
    expect(pagePrice(price, 0)).toBe(150);
    expect(pagePrice(price, 1)).toBe(150);
    expect(pagePrice(price, 2)).toBe(300);
  });

  it('the newest few of a long list cost the smallest page', () => {
    const price: Price = { unit: 'usd', perRequest: 0, perRow: 150, resolve: 180, perFill: 0 };
    const rules: PageRules = {
      most: 200,
      adjustable: true,
      least: 20,
      seconds: 1,
      withoutNewUntilStalled: 3,
    };
    const adapter = { price, pages: () => rules, fillSize: 0 };
    const of = (rows: number, listed: number | null) =>
      estimateRun(adapter, { platform: 'x', rows, listed, resolved: false });
    expect(of(201, 84_210)).toMatchObject({ amount: 180 + 220 * 150, margin: 20 * 150 });
    expect(of(201, 201)).toMatchObject({ amount: 180 + 201 * 150 });
    expect(of(5, null)).toMatchObject({ amount: 180 + 20 * 150 });
  });
});
