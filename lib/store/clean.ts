/**
 * The boundary of the database. Tables accept only `Clean` rows (database.ts), and only this file creates them. Rows that
 * are read pass the same rules, because earlier versions stored rows without any rules.
 */
import type { SnapshotId } from '../model/ids.ts';
import type { Batch } from '../model/batch.ts';
import type { Budget } from '../model/budget.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawResponse } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Watch } from '../model/watch.ts';
import type { FillRow, IdsRow, KeyRow, LockRow, PageRow, StagedRow } from './database.ts';
import { packIds } from './ids.ts';
import { batchRule, budgetRule } from './rules/batch.ts';
import { watchRule } from './rules/watch.ts';
import { cleanBalance, entryRule, fillRule, pageRule, rawRule } from './rules/rows.ts';
import { snapshotRule } from './rules/snapshot.ts';

/** A copy of a clean row with a changed field is no longer clean: a spread omits private members. */
declare class Mark {
  private readonly mark: never;
}
export type Clean<T> = T & Mark;

/** The only place where a row is marked. */
function marked<T>(row: T): Clean<T> {
  return row as Clean<T>;
}

interface OfList {
  readonly snapshotId: SnapshotId;
}

/** Applies the rule of a row's other fields. */
function withoutList<T extends OfList>(row: T, clean: (rest: Omit<T, 'snapshotId'>) => object): Clean<T> {
  // A record keeps fields that it has no rule for: here only `snapshotId`.
  return marked(clean(row) as T);
}

export const clean = {
  snapshot: (row: Snapshot): Clean<Snapshot> => marked(snapshotRule.clean(row)),
  entry: (row: LedgerEntry): Clean<LedgerEntry> => marked(entryRule.clean(row)),
  budget: (row: Budget): Clean<Budget> => marked(budgetRule.clean(row)),
  watch: (row: Watch): Clean<Watch> => marked(watchRule.clean(row)),
  batch: (row: Batch): Clean<Batch> => marked(batchRule.clean(row)),
  page: (row: PageRow): Clean<PageRow> => withoutList(row, pageRule.clean),
  fill: (row: FillRow): Clean<FillRow> => withoutList(row, fillRule.clean),
  raw: (row: RawResponse): Clean<RawResponse> => marked({ ...row, ...rawRule.clean(row) }),
  key: (row: KeyRow): Clean<KeyRow> => marked(cleanBalance(row)),
  lock: (row: LockRow): Clean<LockRow> => marked(row),
  staged: (row: StagedRow): Clean<StagedRow> =>
    marked({ ...row, entries: row.entries.map((entry) => entryRule.clean(entry)) }),
  /** A row that was read, and therefore is clean, under the ID of another list. */
  moved: <T extends OfList>(row: T, snapshotId: SnapshotId): Clean<T> => marked({ ...row, snapshotId }),
  /** The part of a page that is also stored without its accounts. */
  idsOf: ({ snapshotId, seq, next, accounts }: Clean<PageRow>): Clean<IdsRow> =>
    marked({ snapshotId, seq, next, ids: packIds(accounts.id) }),
};
