import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import type { LedgerEntry } from '../../../lib/model/ledger.ts';
import { monthOf, SpendingSums } from '../../../lib/store/spending.ts';
import { PROVIDER } from '../collector/test-collector.ts';

const entry: fc.Arbitrary<LedgerEntry> = fc.record({
  id: fc.uuid(),
  snapshotId: fc.constant(snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001')),
  provider: fc.constant(PROVIDER),
  purpose: fc.constant('page' as const),
  unit: fc.constant('credits' as const),
  sentAt: fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 31) }),
  settledAt: fc.constant(null),
  status: fc.constantFrom('sent', 'charged', 'maybe'),
  reserved: fc.nat(9),
  amount: fc.nat(9),
  listed: fc.option(fc.nat(9), { nil: null }),
});

function sum(entries: readonly LedgerEntry[], of: (entry: LedgerEntry) => number): number {
  return entries.reduce((total, each) => total + of(each), 0);
}

describe('the spending history', () => {
  it('counts every request once, in its month, newest month first', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const sums = new SpendingSums();
        for (const each of entries) sums.add(each);
        const rows = sums.rows();
        expect(rows.map(({ month }) => month)).toEqual(
          rows.map(({ month }) => month).toSorted((a, b) => b - a),
        );
        for (const row of rows) {
          const ownValue = entries.filter(({ sentAt }) => monthOf(sentAt) === row.month);
          expect(row.requests).toBe(ownValue.length);
          expect(row.charged).toBe(sum(ownValue, (e) => (e.status === 'charged' ? e.amount : 0)));
          expect(row.listed).toBe(
            sum(ownValue, (e) => (e.status === 'charged' ? (e.listed ?? e.amount) : 0)),
          );
          expect(row.maybeCharged).toBe(
            sum(ownValue, (e) => (e.status === 'maybe' ? e.amount : e.status === 'sent' ? e.reserved : 0)),
          );
        }
        expect(rows.reduce((total, { requests }) => total + requests, 0)).toBe(entries.length);
      }),
    );
  });
});
