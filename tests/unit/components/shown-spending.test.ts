import { describe, expect, it } from 'vitest';
import { spendingAsOf } from '../../../components/hooks/shown-spending.ts';
import type { SpendingLine } from '../../../lib/store/spending.ts';
import { FRESH } from '../collector/machine-simulator.ts';

function line(purpose: SpendingLine['purpose'], charged: number, lastAt: number): SpendingLine {
  return {
    provider: FRESH.provider,
    unit: 'credits',
    snapshotId: FRESH.id,
    purpose,
    requests: charged,
    charged,
    listed: charged,
    maybeCharged: 0,
    counted: charged,
    lastAt,
  };
}

const LINES = [line('page', 5, 30), line('resolve', 1, 10)];
const STATEMENT = {
  snapshot: { ...FRESH, charged: 6, maybeCharged: 0 },
  spent: { requests: 6, charged: 6, listed: 6, maybeCharged: 0 },
  lines: LINES,
};

describe('what a list cost, as of the list as it is shown', () => {
  it('is what was read, in the order of a receipt, if nothing changed since', () => {
    expect(spendingAsOf({ charged: 6, maybeCharged: 0 }, STATEMENT, null)).toEqual({
      spent: STATEMENT.spent,
      lines: [LINES[1], LINES[0]],
    });
  });

  it.each([
    [
      'later payments belong',
      { charged: 8, maybeCharged: 1 },
      9,
      { charged: 7, maybeCharged: 1, requests: 8 },
    ],
    [
      'payments not shown yet are left out; they belonged',
      { charged: 5, maybeCharged: 0 },
      6,
      { charged: 4, requests: 5 },
    ],
  ])('%s to the latest purpose, and the lines add up to the total', (_, shown, requests, page) => {
    const { spent, lines } = spendingAsOf(shown, STATEMENT, requests);
    expect(spent).toMatchObject({ ...shown, requests });
    expect(lines.find(({ purpose }) => purpose === 'page')).toMatchObject(page);
    for (const of of ['charged', 'maybeCharged', 'requests'] as const) {
      expect(lines.reduce((sum, each) => sum + each[of], 0)).toBe(spent[of]);
    }
  });

  it('has no lines without requests', () => {
    const nothing = { requests: 0, charged: 0, listed: 0, maybeCharged: 0 };
    const empty = { snapshot: FRESH, spent: nothing, lines: [] };
    expect(spendingAsOf(FRESH, empty, 0)).toEqual({ spent: nothing, lines: [] });
  });
});
