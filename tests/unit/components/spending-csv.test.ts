import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { spendingCsv, spendingFileName } from '../../../components/dashboard/spending/spending-csv.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import type { SpendingLine } from '../../../lib/store/spending.ts';
import { PROVIDER } from '../collector/test-collector.ts';

const ID = snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001');
const LAST = Date.UTC(2026, 10, 29, 14, 5);

const line: SpendingLine = {
  provider: PROVIDER,
  unit: 'usd',
  snapshotId: ID,
  purpose: 'page',
  requests: 12,
  charged: 12_345_678,
  listed: 12_000_000,
  maybeCharged: 10_000,
  counted: 12_345_678,
  lastAt: LAST,
};

function records(lines: readonly SpendingLine[], handle: string): Record<string, string>[] {
  const list = {
    platform: 'x',
    handle,
    relation: 'followers',
    createdAt: LAST,
  } as const;
  return parse(spendingCsv(lines, new Map([[ID, list]])), { bom: true, columns: true });
}

describe('the spending history as CSV', () => {
  it('has one record for each list and purpose, in dollars', () => {
    expect(records([line], 'ada')).toEqual([
      {
        list_id: ID,
        platform: 'x',
        handle: 'ada',
        relation: 'followers',
        list_created_at: '2026-11-29T14:05:00.000Z',
        purpose: 'page',
        provider: PROVIDER,
        unit: 'usd',
        requests: '12',
        charged: '12.345678',
        may_have_been_charged: '0.01',
        last_request_at: '2026-11-29T14:05:00.000Z',
      },
    ]);
  });

  it('keeps the spending of key tests and of lists that no longer exist', () => {
    const other = snapshotIdSchema.parse('00000000-0000-4000-8000-000000000002');
    const [gone, test] = records(
      [
        { ...line, snapshotId: other },
        { ...line, snapshotId: null, purpose: 'key-check' },
      ],
      'ada',
    );
    expect(gone).toMatchObject({ list_id: other, handle: '', requests: '12' });
    expect(test).toMatchObject({ list_id: '', purpose: 'key-check' });
  });

  it.each(['=1+1', '+1', '-1', '@ada'])('never starts a cell with a formula: %s', (handle) => {
    expect(records([line], handle)[0]?.['handle']).toBe(`'${handle}`);
  });

  it('keeps separators and quotes within their field', () => {
    expect(records([line], 'a";,b')[0]?.['handle']).toBe('a";,b');
  });

  it('is named by its day in UTC', () => {
    expect(spendingFileName(LAST)).toBe('followledger_spending_2026-11-29.csv');
  });
});
