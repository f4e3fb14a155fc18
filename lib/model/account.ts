/**
 * An account of a list. {@link accountFields} states each of its fields once; columns, stored pages, backups, searches,
 * exports, and tables are made from it. Where its order matters, that is the order of the table.
 */
import type { AccountId } from './ids.ts';

/** What a value of each kind is. What the provider did not state is `null`; it is never 0, '' or false in its place. */
export interface FieldValues {
  readonly id: AccountId;
  readonly text: string | null;
  readonly count: number | null;
  readonly flag: boolean | null;
  /** Epoch milliseconds. */
  readonly time: number | null;
}

export type FieldKind = keyof FieldValues;

/** What the table states about a field. */
export interface FieldFacts {
  readonly kind: FieldKind;
  /** Whether lists can be sorted by it. */
  readonly sorted: boolean;
  /**
   * How its texts are folded for sorting and searching; `null` where they are neither sorted nor searched. `handle` adds
   * the leading `@`; `id` sorts numeric IDs as numbers.
   */
  readonly fold: 'text' | 'handle' | 'id' | null;
  /** Whether the search looks into it. */
  readonly searched: boolean;
  /** Its column in exported files; `null` where it has none. */
  readonly column: string | null;
}

const text = { kind: 'text', sorted: true, fold: 'text', searched: false } as const;
const count = { kind: 'count', sorted: true, fold: null, searched: false } as const;
const flag = { kind: 'flag', sorted: true, fold: null, searched: false } as const;
const time = { kind: 'time', sorted: true, fold: null, searched: false } as const;

/**
 * Every field of an account. Stored pages and backups use these names: they never change. A new field goes at the end,
 * so that its column follows the columns that exported files already have; pages stored before it existed read as
 * `null`.
 */
export const accountFields = {
  id: { kind: 'id', sorted: true, fold: 'id', searched: false, column: 'id' },
  handle: { ...text, fold: 'handle', searched: true, column: 'handle' },
  name: { ...text, searched: true, column: 'name' },
  bio: { ...text, searched: true, column: 'bio' },
  location: { ...text, searched: true, column: 'location' },
  website: { ...text, column: 'website' },
  followers: { ...count, column: 'followers' },
  following: { ...count, column: 'following' },
  posts: { ...count, column: 'posts' },
  likes: { ...count, column: 'likes' },
  listed: { ...count, column: 'listed' },
  verified: { ...flag, column: 'verified' },
  verifiedType: { ...text, column: 'verified_type' },
  private: { ...flag, column: 'private' },
  createdAt: { ...time, column: 'created_at' },
  language: { ...text, column: 'language' },
  region: { ...text, column: 'region' },
  avatarUrl: { ...text, sorted: false, fold: null, column: 'avatar_url' },
  /** Listed by ID, but a later lookup left it out: suspended or deleted since. */
  unavailable: { ...flag, sorted: false, column: null },
} as const satisfies Readonly<Record<string, FieldFacts>>;

type Table = typeof accountFields;
export type AccountField = keyof Table;
export type KindOf<F extends AccountField> = Table[F]['kind'];

/** The fields about which the table states `Facts`. */
export type FieldWith<Facts extends Partial<FieldFacts>> = {
  [F in AccountField]: Table[F] extends Facts ? F : never;
}[AccountField];

/** One account of a list. */
export type Account = { readonly [F in AccountField]: FieldValues[KindOf<F>] };

/** The names of all fields, in the order of the table. */
export const fieldNames = Object.keys(accountFields) as readonly AccountField[];

/** Whether the table states these facts about a field. */
export function fieldHas<const Facts extends Partial<FieldFacts>>(
  name: AccountField,
  facts: Facts,
): name is FieldWith<Facts> {
  return Object.entries(facts).every(([fact, value]) => Reflect.get(accountFields[name], fact) === value);
}

/** The names of the fields about which the table states these facts, in its order. */
export function fieldsWith<const Facts extends Partial<FieldFacts>>(
  facts: Facts,
): readonly FieldWith<Facts>[] {
  return fieldNames.filter((name) => fieldHas(name, facts));
}

/** An object with an entry for every field. */
export function forEachField<T>(make: (name: AccountField) => T): Readonly<Record<AccountField, T>> {
  return Object.fromEntries(fieldNames.map((name) => [name, make(name)])) as Record<AccountField, T>;
}

/** An object with an entry for every field, chosen by the field's kind. */
export function byKind<const Of extends Readonly<Record<FieldKind, unknown>>>(
  of: Of,
): { readonly [F in AccountField]: Of[KindOf<F>] } {
  // Each name gets the entry of its own kind.
  return forEachField((name) => of[accountFields[name].kind]);
}

const UNKNOWN = forEachField(() => null);

/** An account of which nothing is known but its ID. */
export function unknownAccount(id: AccountId): Account {
  return { ...UNKNOWN, id };
}
