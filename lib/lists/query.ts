/** A query on a list: which accounts, in which order. */
import type { FieldWith } from '../model/account.ts';
import type { FollowField } from '../model/follow-times.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Condition } from './conditions.ts';
import { foldText } from './fold.ts';

/** An inclusive range; `null` is open. Counts, positions, or epoch milliseconds. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * A filter that is `null` (or empty text) is not set. An account whose field is unknown does not match a filter on it.
 * Providers omit a website or bio that does not exist. So if any account of a list has one, an account whose handle is
 * known and whose website is not has none.
 */
export interface ListFilters {
  readonly verified: boolean | null;
  readonly private: boolean | null;
  readonly followers: Range | null;
  readonly following: Range | null;
  readonly hasWebsite: boolean | null;
  readonly hasBio: boolean | null;
  readonly created: Range | null;
  /** Matches accounts that certainly followed in the range: those whose whole interval is in it. */
  readonly followed: Range | null;
  /** Searched for in the location, folded like {@link ListQuery.text}. */
  readonly location: string;
  /** Positions in the platform's own order, from 1. */
  readonly position: Range | null;
  /** Accounts that are in all of these lists too. */
  readonly inLists: readonly SnapshotId[];
  /** Accounts that are in none of these lists. */
  readonly notInLists: readonly SnapshotId[];
  /** Made by plots, rules, and comparisons. All of them apply. */
  readonly conditions: readonly Condition[];
}

/** What a list can be sorted by, besides the platform's own order: fields, and the ends of the follow times. */
export type SortColumn = FieldWith<{ sorted: true }> | FollowField;

/**
 * Unknown values come last in both directions. Equal values stay in the platform's order. Texts are sorted folded and by
 * code point, numeric IDs as numbers, and `false` before `true`.
 */
export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export interface ListQuery {
  /**
   * Searched for in handle (with and without its `@`), name, bio, and location, folded by `foldText`. Text that folds to
   * nothing is ignored.
   */
  readonly text: string;
  readonly filters: ListFilters;
  /** `null` is the platform's own order, newest first. */
  readonly sort: Sort | null;
}

export const noFilters: ListFilters = {
  verified: null,
  private: null,
  followers: null,
  following: null,
  hasWebsite: null,
  hasBio: null,
  created: null,
  followed: null,
  location: '',
  position: null,
  inLists: [],
  notInLists: [],
  conditions: [],
};

export const wholeList: ListQuery = { text: '', filters: noFilters, sort: null };

/** Whether a query can exclude accounts. */
export function isFiltering({ text, filters }: ListQuery): boolean {
  const { location, inLists, notInLists, conditions, ...others } = filters;
  return (
    inLists.length > 0 ||
    notInLists.length > 0 ||
    conditions.length > 0 ||
    foldText(text) !== '' ||
    foldText(location) !== '' ||
    Object.values(others).some((value) => value !== null)
  );
}
