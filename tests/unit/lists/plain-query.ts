/** A second, deliberately simple implementation of queries: over accounts in an array, one at a time. */
import { foldText } from '../../../lib/lists/fold.ts';
import type { ListFilters, ListQuery, Range, Sort } from '../../../lib/lists/query.ts';
import type { Account } from '../../../lib/model/account.ts';
import { has, meets } from './plain-conditions.ts';
import type { PlainBracket } from './plain-follow-times.ts';

const UNKNOWN: PlainBracket = [null, null];

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

/** Whether the whole interval in which an account followed is in a range. */
function followedIn([after, before]: PlainBracket, range: Range | null): boolean {
  if (range === null) return true;
  const isAfter = range.from === null || (after !== null && after >= range.from);
  const isBefore = range.to === null || (before !== null && before <= range.to);
  return isAfter && isBefore;
}

/**
 * The list positions that match a query, in its order.
 * @param brackets when each account followed, in the order of the list; those that are missing are unknown
 */
export function plainPositions(
  accounts: readonly Account[],
  { text, filters, sort }: ListQuery,
  brackets: readonly PlainBracket[] = [],
): number[] {
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
      followedIn(brackets[position] ?? UNKNOWN, filters.followed) &&
      inRange(position + 1, filters.position) &&
      filters.conditions.every((condition) =>
        meets({ accounts, collectedAt: 1, brackets }, account, position, condition),
      ) &&
      matches(account)
    );
  });
  return sort === null ? found : ordered(found, accounts, brackets, sort);
}

/** How many of some accounts have no value in a column. */
export function plainUnknown(
  accounts: readonly Account[],
  positions: readonly number[],
  column: Sort['column'],
  brackets: readonly PlainBracket[] = [],
): number {
  return positions.filter((position) => keyOf(accounts[position], brackets[position], column) === null)
    .length;
}

type Key = readonly [number, bigint | number | readonly number[]];

function keyOf(
  account: Account | undefined,
  [after, before]: PlainBracket = UNKNOWN,
  column: Sort['column'],
): Key | null {
  const value =
    column === 'followedAfter' ? after : column === 'followedBefore' ? before : (account?.[column] ?? null);
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
  brackets: readonly PlainBracket[],
  { column, descending }: Sort,
): number[] {
  const keyed = positions.map((position) => ({
    position,
    key: keyOf(accounts[position], brackets[position], column),
  }));
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return descending ? compare(b.key, a.key) : compare(a.key, b.key);
    })
    .map(({ position }) => position);
}
