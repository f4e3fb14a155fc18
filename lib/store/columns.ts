/** The accounts of one page as columns: one array per field, and `null` for a field that no account of the page has. */
import {
  fieldNames,
  forEachField,
  unknownAccount,
  type Account,
  type AccountField,
} from '../model/account.ts';
import type { WithoutDetails } from '../model/snapshot.ts';

/** `null` stands for a column whose every value is `null`. */
export type AccountColumns = { readonly id: readonly Account['id'][] } & {
  readonly [F in Exclude<AccountField, 'id'>]: readonly Account[F][] | null;
};

/** A column of any field but the ID. */
type Column<T> = readonly (T | null)[] | null;
type AnyColumn = Column<Account[AccountField]>;

/** The names of the columns with details of an account. */
export const detailNames = fieldNames.filter((name) => name !== 'id' && name !== 'unavailable');

/** Whether only an account's ID is known, and perhaps that it is no longer available. */
export function isIdOnly(account: Account): boolean {
  return account.handle === null && detailNames.every((name) => account[name] === null);
}

/** How many of some accounts have no details. */
export function countWithoutDetails(accounts: readonly Account[]): WithoutDetails {
  const idsOnly = accounts.filter(isIdOnly);
  return {
    idsOnly: idsOnly.length,
    unavailable: idsOnly.filter(({ unavailable }) => unavailable === true).length,
  };
}

/** Turns a page's accounts into columns. */
export function toColumns(accounts: readonly Account[]): AccountColumns {
  const column = (field: AccountField): AnyColumn =>
    field === 'id' || accounts.some((account) => account[field] !== null)
      ? accounts.map((account) => account[field])
      : null;
  // Each column holds values of its own field.
  return forEachField(column) as AccountColumns;
}

/** One account of a page. */
export function accountAt(columns: AccountColumns, row: number): Account | undefined {
  const id = columns.id[row];
  if (id === undefined) return undefined;
  const account = unknownAccount(id);
  const values: Record<AccountField, unknown> = account;
  for (const field of fieldNames) values[field] = columns[field]?.[row] ?? null;
  return account;
}

/** The accounts of a page, in order. */
export function fromColumns(columns: AccountColumns): Account[] {
  const accounts = columns.id.map(unknownAccount);
  const rows: Record<AccountField, unknown>[] = accounts;
  for (const field of fieldNames) {
    const values = columns[field];
    if (values === null) continue;
    rows.forEach((account, row) => (account[field] = values[row] ?? null));
  }
  return accounts;
}

/** Builds columns field by field, each in the same way. `id` is never empty. */
export function eachField(
  id: readonly Account['id'][],
  make: <T>(of: (columns: AccountColumns) => Column<T>) => Column<T>,
): AccountColumns {
  const column = (field: AccountField): AnyColumn =>
    field === 'id' ? id : make<Account[AccountField]>((columns) => columns[field]);
  // The result of a field's column is a column of that field.
  return forEachField(column) as AccountColumns;
}

/** Accounts that replace others; `from` is the position in the page where they begin. */
export interface Patch {
  readonly from: number;
  readonly columns: AccountColumns;
}

/** Columns with some of their accounts replaced. */
export function replaceAccounts(whole: AccountColumns, patches: readonly Patch[]): AccountColumns {
  if (patches.length === 0) return whole;
  const id = [...whole.id];
  for (const { from, columns } of patches) columns.id.forEach((fresh, row) => (id[from + row] = fresh));
  return eachField(id, <T>(of: (columns: AccountColumns) => Column<T>) => {
    const old = of(whole);
    if (old === null && patches.every(({ columns }) => of(columns) === null)) return null;
    const values: (T | null)[] = old === null ? Array.from(id, () => null) : [...old];
    for (const { from, columns } of patches) {
      const fresh = of(columns);
      for (let row = 0; row < columns.id.length; row += 1) values[from + row] = fresh?.[row] ?? null;
    }
    return values;
  });
}

/** Some of the accounts, in the given order. @param kept `null` keeps all */
export function pickAccounts(whole: AccountColumns, kept: readonly number[] | null): AccountColumns {
  if (kept === null) return whole;
  const id = kept.flatMap((row) => whole.id[row] ?? []);
  return eachField(id, <T>(of: (columns: AccountColumns) => Column<T>) => {
    const values = of(whole);
    return values === null ? null : kept.map((row) => values[row] ?? null);
  });
}
