import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { countedAmount, type LedgerEntry } from '../../../lib/model/ledger.ts';
import { monthOf, SpendingLines, SpendingSums } from '../../../lib/store/spending.ts';
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
          expect(row.maybeCharged).toBe(sum(ownValue, (e) => (e.status === 'maybe' ? e.amount : 0)));
        }
        expect(rows.reduce((total, { requests }) => total + requests, 0)).toBe(entries.length);
      }),
    );
  });

  it('adds up to the same amounts by list and purpose as by month', () => {
    const lists = ['1', '2'].map((end) =>
      snapshotIdSchema.parse(`00000000-0000-4000-8000-00000000000${end}`),
    );
    const ofLists = fc
      .tuple(entry, fc.constantFrom(...lists), fc.constantFrom('resolve' as const, 'page', 'fill'))
      .map(([each, snapshotId, purpose]): LedgerEntry => ({ ...each, snapshotId, purpose }));
    fc.assert(
      fc.property(fc.array(ofLists), (entries) => {
        const [months, lines] = [new SpendingSums(), new SpendingLines()];
        for (const each of entries) {
          months.add(each);
          lines.add(each);
        }
        for (const rows of [months.rows(), lines.rows()]) {
          expect(rows.reduce((total, { counted }) => total + counted, 0)).toBe(
            sum(entries, (each) => (each.status === 'sent' ? 0 : countedAmount(each))),
          );
          expect(rows.reduce((total, { requests }) => total + requests, 0)).toBe(entries.length);
        }
        for (const line of lines.rows()) {
          const own = entries.filter(
            ({ snapshotId, purpose }) => snapshotId === line.snapshotId && purpose === line.purpose,
          );
          expect(line.requests).toBe(own.length);
          expect(line.lastAt).toBe(Math.max(...own.map(({ sentAt }) => sentAt)));
        }
        // The purposes of one list are together.
        const order = lines.rows().map(({ snapshotId }) => snapshotId);
        expect(order.filter((id, index) => id !== order[index - 1])).toHaveLength(new Set(order).size);
      }),
    );
  });
});
