import { i18n } from '#i18n';
import { batchesIn } from '../../lib/store/batches.ts';
import { store } from '../hooks/store.ts';
import { useDeletedSnapshots, useLive, useSnapshots } from '../hooks/useDatabase.ts';
import { useSpendingHistory } from '../hooks/useSpending.ts';
import { BackToLists } from './BackToLists.tsx';
import type { PageProps } from './pages/page.ts';
import { BatchSpending } from './spending/BatchSpending.tsx';
import { MonthTotals } from './spending/MonthTotals.tsx';
import { SpendingLines } from './spending/SpendingLines.tsx';
import { ThisMonth } from './spending/ThisMonth.tsx';

/**
 * What was spent: this month against the limits, by list and purpose, and by month. It is complete because every request
 * is recorded before it is sent.
 */
export function SpendingHistory({ onBack, onOpen }: PageProps) {
  const history = useSpendingHistory();
  const lists = useSnapshots();
  const deleted = useDeletedSnapshots();
  const batches = useLive(() => batchesIn(store).all(), []);
  if (history === undefined || lists === undefined || deleted === undefined) {
    return <main className="spending" aria-busy="true" />;
  }
  return (
    <main className="spending">
      <header className="list-header">
        <BackToLists onBack={onBack} />
        <h1>{i18n.t('spending.title')}</h1>
      </header>
      <p className="muted">{i18n.t('spending.intro')}</p>
      <ThisMonth months={history.months} />
      {history.lines.length === 0 ? (
        <p>{i18n.t('spending.none')}</p>
      ) : (
        <>
          <BatchSpending shared={history.shared} batches={batches ?? []} />
          <SpendingLines lines={history.lines} lists={lists} deleted={deleted} onOpen={onOpen} />
          <MonthTotals months={history.months} />
        </>
      )}
    </main>
  );
}
