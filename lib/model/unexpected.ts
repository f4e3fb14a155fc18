/** Entries of a provider's lists that are not accounts as its documentation describes them. */

/**
 * Kinds of such entries: an account that the platform marks as unavailable; an entry without an account; an entry of an
 * unknown type; an entry with a list where an object is expected. The last two may still be read as accounts.
 */
export const unexpectedKinds = ['unavailable', 'no-account', 'unknown-type', 'list-for-object'] as const;

export type UnexpectedKind = (typeof unexpectedKinds)[number];

/** How many entries of each kind; a kind that did not occur is absent. */
export type UnexpectedEntries = Readonly<Partial<Record<UnexpectedKind, number>>>;

/** The sum of the counts of two parts of a list. */
export function addUnexpected(a: UnexpectedEntries, b: UnexpectedEntries): UnexpectedEntries {
  const sum: Partial<Record<UnexpectedKind, number>> = {};
  for (const kind of unexpectedKinds) {
    const n = (a[kind] ?? 0) + (b[kind] ?? 0);
    if (n > 0) sum[kind] = n;
  }
  return sum;
}
