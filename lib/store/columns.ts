/**
 * Accounts of one page as columns: one array a field, and nothing at all for a field that no account of the page has.
 */
import type { Account } from '../model/account.ts';
import type { WithoutDetails } from '../model/snapshot.ts';

type Field = keyof Account;

/** `null` stands for a column whose every value is `null`. */
export type AccountColumns = { readonly id: readonly Account['id'][] } & {
  readonly [F in Exclude<Field, 'id'>]: readonly Account[F][] | null;
};

function column<F extends Exclude<Field, 'id'>>(
  accounts: readonly Account[],
  field: F,
): readonly Account[F][] | null {
  return accounts.some((account) => account[field] !== null)
    ? accounts.map((account) => account[field])
    : null;
}

/** The names of all columns. */
const fieldNames = [
  'id',
  'handle',
  'name',
  'bio',
  'location',
  'website',
  'followers',
  'following',
  'posts',
  'likes',
  'listed',
  'verified',
  'verifiedType',
  'private',
  'createdAt',
  'language',
  'region',
  'avatarUrl',
  'unavailable',
] as const satisfies readonly Field[];

/** The names of the columns that say more of an account than which one it is. */
export const detailNames = fieldNames.filter((name) => name !== 'id' && name !== 'unavailable');

/** Whether nothing but its ID is known of an account, and perhaps that it is no longer available. */
export function isIdOnly(account: Account): boolean {
  return account.handle === null && detailNames.every((name) => account[name] === null);
}

/** How many of some accounts have no details. */
export function countWithoutDetails(accounts: readonly Account[]): WithoutDetails {
  const bare = accounts.filter(isIdOnly);
  return { idsOnly: bare.length, unavailable: bare.filter(({ unavailable }) => unavailable === true).length };
}

/** Turns a page's accounts into columns. */
export function toColumns(accounts: readonly Account[]): AccountColumns {
  return {
    id: accounts.map((account) => account.id),
    handle: column(accounts, 'handle'),
    name: column(accounts, 'name'),
    bio: column(accounts, 'bio'),
    location: column(accounts, 'location'),
    website: column(accounts, 'website'),
    followers: column(accounts, 'followers'),
    following: column(accounts, 'following'),
    posts: column(accounts, 'posts'),
    likes: column(accounts, 'likes'),
    listed: column(accounts, 'listed'),
    verified: column(accounts, 'verified'),
    verifiedType: column(accounts, 'verifiedType'),
    private: column(accounts, 'private'),
    createdAt: column(accounts, 'createdAt'),
    language: column(accounts, 'language'),
    region: column(accounts, 'region'),
    avatarUrl: column(accounts, 'avatarUrl'),
    unavailable: column(accounts, 'unavailable'),
  };
}

/** One account of a page. */
export function accountAt(columns: AccountColumns, row: number): Account | undefined {
  const id = columns.id[row];
  return id === undefined ? undefined : accountOf(columns, id, row);
}

function accountOf(columns: AccountColumns, id: Account['id'], row: number): Account {
  return {
    id,
    handle: columns.handle?.[row] ?? null,
    name: columns.name?.[row] ?? null,
    bio: columns.bio?.[row] ?? null,
    location: columns.location?.[row] ?? null,
    website: columns.website?.[row] ?? null,
    followers: columns.followers?.[row] ?? null,
    following: columns.following?.[row] ?? null,
    posts: columns.posts?.[row] ?? null,
    likes: columns.likes?.[row] ?? null,
    listed: columns.listed?.[row] ?? null,
    verified: columns.verified?.[row] ?? null,
    verifiedType: columns.verifiedType?.[row] ?? null,
    private: columns.private?.[row] ?? null,
    createdAt: columns.createdAt?.[row] ?? null,
    language: columns.language?.[row] ?? null,
    region: columns.region?.[row] ?? null,
    avatarUrl: columns.avatarUrl?.[row] ?? null,
    unavailable: columns.unavailable?.[row] ?? null,
  };
}

/** The accounts of a page, in order. */
export function fromColumns(columns: AccountColumns): Account[] {
  return columns.id.map((id, row) => accountOf(columns, id, row));
}

type Maker = <T>(
  of: (columns: AccountColumns) => readonly (T | null)[] | null,
) => readonly (T | null)[] | null;

/** Makes columns one field at a time, each in the same way. `id` is never empty. */
export function eachField(id: readonly Account['id'][], make: Maker): AccountColumns {
  return {
    id,
    handle: make((columns) => columns.handle),
    name: make((columns) => columns.name),
    bio: make((columns) => columns.bio),
    location: make((columns) => columns.location),
    website: make((columns) => columns.website),
    followers: make((columns) => columns.followers),
    following: make((columns) => columns.following),
    posts: make((columns) => columns.posts),
    likes: make((columns) => columns.likes),
    listed: make((columns) => columns.listed),
    verified: make((columns) => columns.verified),
    verifiedType: make((columns) => columns.verifiedType),
    private: make((columns) => columns.private),
    createdAt: make((columns) => columns.createdAt),
    language: make((columns) => columns.language),
    region: make((columns) => columns.region),
    avatarUrl: make((columns) => columns.avatarUrl),
    unavailable: make((columns) => columns.unavailable),
  };
}

/** Accounts that take the place of others; `from` is where in the page they begin. */
export interface Patch {
  readonly from: number;
  readonly columns: AccountColumns;
}

/** Columns with some of their accounts replaced. */
export function replaceAccounts(whole: AccountColumns, patches: readonly Patch[]): AccountColumns {
  if (patches.length === 0) return whole;
  const id = [...whole.id];
  for (const { from, columns } of patches) columns.id.forEach((fresh, row) => (id[from + row] = fresh));
  return eachField(id, <T>(of: (columns: AccountColumns) => readonly (T | null)[] | null) => {
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
