/**
 * The boundary of the database. The tables take `Clean` rows and nothing else (database.ts), and only this file makes
 * them; what is read passes the same rules, because databases of earlier versions hold rows that no rule had seen.
 */
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawAnswer } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FillRow, IdsRow, KeyRow, LockRow, PageRow, StagedRow } from './database.ts';
import { packIds } from './ids.ts';
import { cleanBalance, entryRule, fillRule, pageRule, rawRule } from './rules/rows.ts';
import { snapshotRule } from './rules/snapshot.ts';

/** A copy of a clean row with a field changed is not clean any more: a spread leaves private members out. */
declare class Mark {
  private readonly mark: never;
}
export type Clean<T> = T & Mark;

/** The one place where a row gets its mark. */
function marked<T>(row: T): Clean<T> {
  return row as Clean<T>;
}

interface OfList {
  readonly snapshotId: SnapshotId;
}

/** Applies the rule of a row's other fields. */
function besidesList<T extends OfList>(row: T, clean: (rest: Omit<T, 'snapshotId'>) => object): Clean<T> {
  // A record keeps the fields that it has no rule for: that is `snapshotId` alone.
  return marked(clean(row) as T);
}

export const clean = {
  snapshot: (row: Snapshot): Clean<Snapshot> => marked(snapshotRule.clean(row)),
  entry: (row: LedgerEntry): Clean<LedgerEntry> => marked(entryRule.clean(row)),
  page: (row: PageRow): Clean<PageRow> => besidesList(row, pageRule.clean),
  fill: (row: FillRow): Clean<FillRow> => besidesList(row, fillRule.clean),
  raw: (row: RawAnswer): Clean<RawAnswer> => marked({ ...row, ...rawRule.clean(row) }),
  key: (row: KeyRow): Clean<KeyRow> => marked(cleanBalance(row)),
  lock: (row: LockRow): Clean<LockRow> => marked(row),
  staged: (row: StagedRow): Clean<StagedRow> =>
    marked({ ...row, entries: row.entries.map((entry) => entryRule.clean(entry)) }),
  /** A row that was read, and so is clean, under the id of another list. */
  moved: <T extends OfList>(row: T, snapshotId: SnapshotId): Clean<T> => marked({ ...row, snapshotId }),
  /** What is repeated of a page, to be read without its accounts. */
  idsOf: ({ snapshotId, seq, next, accounts }: Clean<PageRow>): Clean<IdsRow> =>
    marked({ snapshotId, seq, next, ids: packIds(accounts.id) }),
};
