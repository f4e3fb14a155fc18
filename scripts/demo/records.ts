import type { Page } from 'playwright';

/** A run as the extension stored it. It is read without the extension's code, so that the output shows what is stored. */
export interface StoredRun {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly pages: number;
  readonly rows: number;
  readonly estimate: number | null;
  readonly unit: string;
  readonly charged: number;
  readonly maybeCharged: number;
  /** The sum of the ledger's entries. */
  readonly ledger: number;
  /** The time from the first page to the end, in milliseconds; `null` while the run is active. */
  readonly took: number | null;
}

/** The newest run in the extension's database, or `null`. @param page any extension page */
export function readNewestRun(page: Page): Promise<StoredRun | null> {
  return page.evaluate(async () => {
    interface Snapshot {
      readonly id: string;
      readonly createdAt: number;
      readonly startedAt: number | null;
      readonly endedAt: number | null;
      readonly state: { readonly kind: string; readonly outcome?: { readonly kind: string } };
      readonly pages: number;
      readonly rows: number;
      readonly estimate: { readonly amount: number | null } | null;
      readonly unit: string;
      readonly charged: number;
      readonly maybeCharged: number;
    }
    const finished = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('The database could not be read.'));
        };
      });
    const database = await finished(indexedDB.open('followledger'));
    try {
      if (!database.objectStoreNames.contains('snapshots')) return null;
      const transaction = database.transaction(['snapshots', 'ledger']);
      const snapshots = (await finished(transaction.objectStore('snapshots').getAll())) as Snapshot[];
      const entries = (await finished(transaction.objectStore('ledger').getAll())) as {
        readonly amount: number;
      }[];
      const run = snapshots.sort((a, b) => b.createdAt - a.createdAt)[0];
      if (!run) return null;
      return {
        id: run.id,
        state: run.state.kind,
        outcome: run.state.outcome?.kind ?? null,
        pages: run.pages,
        rows: run.rows,
        estimate: run.estimate?.amount ?? null,
        unit: run.unit,
        charged: run.charged,
        maybeCharged: run.maybeCharged,
        ledger: entries.reduce((sum, { amount }) => sum + amount, 0),
        took: run.startedAt === null || run.endedAt === null ? null : run.endedAt - run.startedAt,
      };
    } finally {
      database.close();
    }
  });
}
