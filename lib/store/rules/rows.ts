/** The rules of what belongs to a list: its requests, pages, fills, and raw responses. */
import { byKind } from '../../model/account.ts';
import { budgetIdSchema } from '../../model/budget.ts';
import { providerIdSchema, snapshotIdSchema } from '../../model/ids.ts';
import type { KeyCheckEntry, LedgerEntry, RunEntry } from '../../model/ledger.ts';
import { unitSchema } from '../../model/money.ts';
import type { RawResponse } from '../../model/raw-response.ts';
import { z } from '../../zod.ts';
import type { AccountColumns } from '../columns.ts';
import type { FillRow, KeyRow, PageRow } from '../database.ts';
import {
  absentAsNull,
  exact,
  list,
  nullable,
  optional,
  record,
  type AbsentAsNull,
  type Fields,
  type Rule,
} from './rule.ts';
import { accountId, cost, count, cursor, statedCount, statedTime, status, text, time } from './values.ts';

/** More accounts than any provider returns at once. */
const MOST_ACCOUNTS = 200_000;

const flag = exact(() => z.boolean());
const key = exact(() => z.string().check(z.minLength(1), z.maxLength(200)));
const sha256 = exact(() => z.string().check(z.regex(/^[0-9a-f]{64}$/)));
const purpose = exact(() => z.enum(['resolve', 'page', 'fill']));

const entryFields = {
  id: key,
  provider: exact(() => providerIdSchema),
  unit: exact(() => unitSchema),
  sentAt: time,
  settledAt: nullable(time),
  status: exact(() => z.enum(['sent', 'charged', 'maybe'])),
  reserved: cost,
  amount: cost,
  listed: nullable(cost),
};
const runEntry = record<RunEntry>({
  ...entryFields,
  snapshotId: exact(() => snapshotIdSchema),
  purpose,
  budget: optional(exact(() => budgetIdSchema)),
});
const keyCheckEntry = record<KeyCheckEntry>({
  ...entryFields,
  snapshotId: exact(() => z.null()),
  purpose: exact(() => z.literal('key-check')),
});

export const entryRule: Rule<LedgerEntry> = {
  clean: (value) => (value.snapshotId === null ? keyCheckEntry.clean(value) : runEntry.clean(value)),
  schema: () => z.union([runEntry.schema(), keyCheckEntry.schema()]),
};

/** A column is `null` if no account has a value, and absent in pages that were stored before its field existed. */
function column<T>(rule: Rule<T | null>): AbsentAsNull<readonly (T | null)[]> {
  return absentAsNull(list(rule, MOST_ACCOUNTS));
}

const columns = record<AccountColumns>(
  byKind({
    id: list(accountId, MOST_ACCOUNTS),
    text: column(text),
    count: column(statedCount),
    flag: column(exact(() => z.nullable(z.boolean()))),
    time: column(statedTime),
  }),
);

/** The accounts of a page or of a fill. */
export const accountsRule: Rule<AccountColumns> = {
  clean: columns.clean,
  schema: () =>
    columns
      .schema()
      .check(
        z.refine((all) =>
          Object.values(all).every((column) => column === null || column.length === all.id.length),
        ),
      ),
};

/** A page without the list that it belongs to. */
export const pageRule = record<Omit<PageRow, 'snapshotId'>>({
  seq: count,
  cursor,
  next: cursor,
  first: count,
  idsOnly: flag,
  duplicates: count,
  unreadable: count,
  charged: cost,
  providerAt: statedTime,
  receivedAt: time,
  sha256,
  accounts: accountsRule,
});

/** A fill without the list that it belongs to. */
export const fillRule = record<Omit<FillRow, 'snapshotId'>>({
  seq: count,
  part: count,
  receivedAt: time,
  sha256,
  accounts: accountsRule,
});

/** A raw response without its list, and without its bytes, for which there is no rule. */
export const rawFields: Fields<Omit<RawResponse, 'snapshotId' | 'bytes'>> = {
  seq: count,
  purpose,
  entry: key,
  cursor,
  status,
  receivedAt: time,
  sha256: optional(sha256),
};
export const rawRule = record(rawFields);

/** The balance is the only value of a key that a provider states. Keys are in no backup, so there is no schema. */
export function cleanBalance(row: KeyRow): KeyRow {
  const balance = statedCount.clean(row.balance);
  return Object.is(balance, row.balance) ? row : { ...row, balance };
}
