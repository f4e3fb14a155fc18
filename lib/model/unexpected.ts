/** Entries of a provider's lists that are not accounts as its contract describes them. */

/**
 * Kinds of entries in a provider's lists that are not accounts as its contract describes them: an account that the
 * platform says is unavailable; an entry without an account; an entry of a type that is not known; an entry with a list
 * where an object is expected. The last two may still be read as accounts.
 */
export const unexpectedKinds = ['unavailable', 'no-account', 'unknown-type', 'list-for-object'] as const;

export type UnexpectedKind = (typeof unexpectedKinds)[number];

/** How many entries of each kind; a kind that did not occur is absent. */
export type UnexpectedEntries = Readonly<Partial<Record<UnexpectedKind, number>>>;

/** What two parts of a list counted, together. */
export function addUnexpected(a: UnexpectedEntries, b: UnexpectedEntries): UnexpectedEntries {
  const sum: Partial<Record<UnexpectedKind, number>> = {};
  for (const kind of unexpectedKinds) {
    const n = (a[kind] ?? 0) + (b[kind] ?? 0);
    if (n > 0) sum[kind] = n;
  }
  return sum;
}
