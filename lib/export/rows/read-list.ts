/** Reading a list for export: in the platform's order, a few thousand accounts at a time. */
import type { SnapshotId } from '../../model/ids.ts';
import type { Store } from '../../store/index.ts';
import type { PageColumns } from '../../store/page-log.ts';
import { pick, type Batch } from './batch.ts';

/** How many accounts are asked of the database at once, about. More is no faster, and long bios would add up. */
const AT_ONCE = 1000;
const FIRST_PAGES = 2;

/** Ends an export whose list is not there, or not whole, any more. */
export class ListDeletedError extends Error {
  constructor() {
    super('The list was deleted.');
    this.name = 'ListGone';
  }
}

/** Pages in order; the next ones are fetched while these are worked on. */
async function* pagesFrom(store: Store, id: SnapshotId, fromSeq: number): AsyncGenerator<PageColumns> {
  let asked = FIRST_PAGES;
  let coming = store.pages.readColumns(id, fromSeq, asked);
  for (let seq = fromSeq; ;) {
    const pages = await coming;
    if (pages.length < asked) {
      yield* pages;
      return;
    }
    seq += pages.length;
    const rows = pages.reduce((sum, { columns }) => sum + columns.id.length, 0);
    asked = Math.min(512, Math.max(1, Math.round((AT_ONCE * pages.length) / Math.max(1, rows))));
    const next = store.pages.readColumns(id, seq, asked);
    // Whoever stops reading early leaves it unread, and its failure with it.
    next.catch(() => undefined);
    coming = next;
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
 * The first `rows` accounts of a list: what it had when the export began.
 * @throws ListGone when there are fewer by now
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

/** Beyond so many accounts that nobody wants, their pages are jumped over instead of read. */
const JUMP = 8 * AT_ONCE;

/**
 * The accounts at some positions (from 0), which ascend.
 * @throws ListGone when one is not there
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
    let jump = false;
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
      jump = next !== undefined && next - end > JUMP;
      if (next === undefined || jump) break;
    }
    if (found === at) throw new ListDeletedError();
    at = found;
  }
}
