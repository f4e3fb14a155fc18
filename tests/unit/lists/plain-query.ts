/** A second, deliberately simple implementation of queries: over accounts in an array, one at a time. */
import { foldText } from '../../../lib/lists/fold.ts';
import type { ListFilters, ListQuery, Range, Sort } from '../../../lib/lists/query.ts';
import type { Account } from '../../../lib/model/account.ts';
import { has, meets } from './plain-conditions.ts';

function inRange(value: number | null, range: Range | null): boolean {
  if (range === null) return true;
  return value !== null && value >= (range.from ?? -Infinity) && value <= (range.to ?? Infinity);
}

function isAs(value: boolean | null, wanted: boolean | null): boolean {
  return wanted === null || value === wanted;
}

function contains(text: string | null, wanted: string): boolean {
  return text !== null && foldText(text).includes(foldText(wanted));
}

/** The list positions that match a query, in its order. */
export function plainPositions(accounts: readonly Account[], { text, filters, sort }: ListQuery): number[] {
  const uses = (field: 'bio' | 'website') => accounts.some((account) => (account[field] ?? '').trim() !== '');
  const anyBio = uses('bio');
  const anyWebsite = uses('website');
  const passes = (account: Account, wanted: ListFilters): boolean =>
    isAs(account.verified, wanted.verified) &&
    isAs(account.private, wanted.private) &&
    inRange(account.followers, wanted.followers) &&
    inRange(account.following, wanted.following) &&
    inRange(account.createdAt, wanted.created) &&
    isAs(has(account.website, account, anyWebsite), wanted.hasWebsite) &&
    isAs(has(account.bio, account, anyBio), wanted.hasBio) &&
    (foldText(wanted.location) === '' || contains(account.location, wanted.location));
  const matches = ({ handle, name, bio, location }: Account): boolean =>
    foldText(text) === '' ||
    [handle === null ? null : `@${handle}`, name, bio, location].some((field) => contains(field, text));
  const found = Array.from(accounts.keys()).filter((position) => {
    const account = accounts[position];
    return (
      account !== undefined &&
      passes(account, filters) &&
      filters.conditions.every((condition) =>
        meets({ accounts, collectedAt: 1 }, account, position, condition),
      ) &&
      matches(account)
    );
  });
  return sort === null ? found : ordered(found, accounts, sort);
}

type Key = readonly [number, bigint | number | readonly number[]];

function keyOf(account: Account | undefined, column: Sort['column']): Key | null {
  const value = account?.[column] ?? null;
  if (value === null) return null;
  if (column === 'id' && /^[0-9]{1,64}$/.test(String(value))) return [0, numericId(String(value))];
  if (typeof value === 'string') {
    return [1, Array.from(column === 'id' ? value : foldText(value), (letter) => letter.codePointAt(0) ?? 0)];
  }
  return [1, Number(value)];
}

/**
 * Of two IDs with the same number, the one with more leading zeros comes later: no platform has such IDs, but none
 * is lost.
 */
function numericId(digits: string): readonly number[] {
  return [digits.length, ...Array.from(digits, Number)];
}

function compare(a: Key, b: Key): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  const [x, y] = [a[1], b[1]];
  if (typeof x === 'object' && typeof y === 'object') {
    for (let at = 0; at < Math.min(x.length, y.length); at += 1) {
      const difference = (x[at] ?? 0) - (y[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return x.length - y.length;
  }
  return x < y ? -1 : x > y ? 1 : 0;
}

function ordered(
  positions: readonly number[],
  accounts: readonly Account[],
  { column, descending }: Sort,
): number[] {
  const keyed = positions.map((position) => ({ position, key: keyOf(accounts[position], column) }));
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return descending ? compare(b.key, a.key) : compare(a.key, b.key);
    })
    .map(({ position }) => position);
}
