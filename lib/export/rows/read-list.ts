/** Reads a list for export, in the platform's order, about a thousand accounts at a time. */
import type { SnapshotId } from '../../model/ids.ts';
import type { Store } from '../../store/index.ts';
import type { PageColumns } from '../../store/page-log.ts';
import { pick, type Batch } from './batch.ts';

/** About how many accounts are read from the database at once. More isn't faster, and long bios would add up. */
const ROWS_PER_READ = 1000;
const FIRST_PAGES = 2;

/** The exported list, or a part of it, no longer exists. */
export class ListDeletedError extends Error {
  constructor() {
    super('The list was deleted.');
    this.name = 'ListDeletedError';
  }
}

/** Pages in order. The next ones are read while the current ones are processed. */
async function* pagesFrom(store: Store, id: SnapshotId, fromSeq: number): AsyncGenerator<PageColumns> {
  let requested = FIRST_PAGES;
  let reading = store.pages.readColumns(id, fromSeq, requested);
  for (let seq = fromSeq; ;) {
    const pages = await reading;
    if (pages.length < requested) {
      yield* pages;
      return;
    }
    seq += pages.length;
    const rows = pages.reduce((sum, { columns }) => sum + columns.id.length, 0);
    requested = Math.min(512, Math.max(1, Math.round((ROWS_PER_READ * pages.length) / Math.max(1, rows))));
    const next = store.pages.readColumns(id, seq, requested);
    // If the caller stops early, the error of the unused read must not be reported as unhandled.
    next.catch(() => undefined);
    reading = next;
    yield* pages;
  }
}

function batchOf({ first, receivedAt, columns }: PageColumns): Batch {
  return {
    positions: columns.id.map((_, row) => first + row + 1),
    collectedAt: columns.id.map(() => receivedAt),
    accounts: columns,
  };
}

/**
 * The first `rows` accounts of a list, which is how many it had when the export started.
 * @throws ListDeletedError if there are fewer now
 */
export async function* allAccounts(store: Store, id: SnapshotId, rows: number): AsyncGenerator<Batch> {
  let left = rows;
  for await (const page of pagesFrom(store, id, 0)) {
    if (left === 0) return;
    const batch = batchOf(page);
    const length = batch.positions.length;
    yield length <= left
      ? batch
      : pick(
          batch,
          Array.from({ length: left }, (_, index) => index),
        );
    left -= Math.min(left, length);
  }
  if (left > 0) throw new ListDeletedError();
}

/** If more accounts than this aren't selected, their pages are skipped instead of read. */
const MIN_SKIP = 8 * ROWS_PER_READ;

/**
 * The accounts at these positions (from 0), which must be ascending.
 * @throws ListDeletedError if one does not exist
 */
export async function* accountsAt(
  store: Store,
  id: SnapshotId,
  positions: Readonly<Uint32Array>,
): AsyncGenerator<Batch> {
  for (let at = 0; at < positions.length;) {
    const start = positions[at] ?? 0;
    const seq = await store.pages.seqAt(id, start);
    if (seq === undefined) throw new ListDeletedError();
    let skip = false;
    let found = at;
    for await (const page of pagesFrom(store, id, seq)) {
      const end = page.first + page.columns.id.length;
      const indexes: number[] = [];
      for (let wanted = positions[found]; wanted !== undefined && wanted < end; wanted = positions[found]) {
        indexes.push(wanted - page.first);
        found += 1;
      }
      if (indexes.length > 0) yield pick(batchOf(page), indexes);
      const next = positions[found];
      skip = next !== undefined && next - end > MIN_SKIP;
      if (next === undefined || skip) break;
    }
    if (found === at) throw new ListDeletedError();
    at = found;
  }
}
