/** Hooks for the spending history, kept current. They return `undefined` until the first result. */
import { useMemo } from 'react';
import type { ProviderId } from '../../lib/model/ids.ts';
import { adapters } from '../../lib/providers/index.ts';
import { monthOf, type MonthlySpending, type SpendingHistory } from '../../lib/store/spending.ts';
import { store } from './store.ts';
import { useLive } from './useDatabase.ts';
import { useNow } from './useNow.ts';

/** The spending history: by month, and by list and purpose. */
export function useSpendingHistory(): SpendingHistory | undefined {
  return useLive(() => store.ledger.history(), []);
}

const PROVIDERS = adapters.map(({ id }) => id);

/** What each provider was paid this month; providers that were paid nothing are missing. */
export function useMonth(): ReadonlyMap<ProviderId, MonthlySpending> | undefined {
  // A page that stays open past midnight moves on to the new month.
  const month = monthOf(useNow(60_000));
  const rows = useLive(() => store.ledger.since(month, PROVIDERS), [month]);
  return useMemo(
    () => rows && new Map(rows.filter((row) => row.month === month).map((row) => [row.provider, row])),
    [rows, month],
  );
}
