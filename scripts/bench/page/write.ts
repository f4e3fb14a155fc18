/** Measures writing a list: through the store, and as the floor, the same rows written directly into the same tables. */
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Store } from '../../../lib/store/index.ts';
import { planList, type ListOptions } from './list.ts';
import { requestResult, committed, copyTables, opened } from './raw.ts';

/** The tables that are written when a page is stored. */
const TABLES = ['pages', 'ids', 'ledger', 'snapshots'] as const;
/** The number of accounts that are generated before the clock starts. */
const BLOCK = 20_000;

export interface Written {
  /** Milliseconds. */
  readonly ours: number;
  readonly floor: number;
  readonly rows: number;
}

type Rows = readonly unknown[];

/**
 * Writes a list through the store, block by block. After each block, it writes the resulting rows into identical tables
 * with one transaction per page and the same durability. Only writing is timed.
 */
export async function measureWrite(store: Store, options: ListOptions): Promise<Written> {
  const plan = planList(options);
  const { id } = plan.snapshot;
  await store.snapshots.start(plan.snapshot, true);
  const ownValue = await opened('followledger');
  const floorName = `floor-${crypto.randomUUID()}`;
  const other = await opened(floorName, (database) => {
    copyTables(ownValue, database, TABLES);
  });
  const time = { ours: 0, floor: 0 };
  const blockPages = Math.max(1, Math.round(BLOCK / options.pageSize));
  for (let from = 0; from < plan.pages; from += blockPages) {
    const to = Math.min(plan.pages, from + blockPages);
    const block = Array.from({ length: to - from }, (_, at) => plan.pageAt(from + at));
    for (const { entry } of block) await store.money.addResent(entry, (now) => now);

    let began = performance.now();
    for (const { page, settlement } of block) {
      await store.money.settlePage(page, settlement, (now) => plan.afterPage(now, page));
    }
    time.ours += performance.now() - began;

    const rows: Rows[] = [];
    for (let seq = from; seq < to; seq += 1) rows.push(await rowsOfPage(ownValue, id, seq));
    began = performance.now();
    for (const row of rows) await writePage(other, row);
    time.floor += performance.now() - began;
  }
  ownValue.close();
  other.close();
  await requestResult(indexedDB.deleteDatabase(floorName));
  return { ...time, rows: options.rows };
}

async function rowsOfPage(database: IDBDatabase, id: SnapshotId, seq: number): Promise<Rows> {
  const transaction = database.transaction(TABLES);
  const keys = [[id, seq], [id, seq], `${id}-${String(seq)}`, id];
  return Promise.all(
    TABLES.map((table, at) => requestResult<unknown>(transaction.objectStore(table).get(keys[at] ?? []))),
  );
}

async function writePage(database: IDBDatabase, rows: Rows): Promise<void> {
  const transaction = database.transaction(TABLES, 'readwrite', { durability: 'strict' });
  TABLES.forEach((table, at) => transaction.objectStore(table).put(rows[at]));
  await committed(transaction);
}
