/** What a reader asks of a list: which accounts, in which order. */
import type { FieldWith } from '../model/account.ts';
import { foldText } from './fold.ts';

/** From and to, both included; `null` is open. Counts, or epoch milliseconds. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Of each filter `null` (or an empty text) means that it is not set. An account of which a field is unknown matches no
 * filter on it. Providers say nothing of a website or a bio that is not there: where a list has any, an account of
 * which the handle is known and the website is not has none.
 */
export interface ListFilters {
  readonly verified: boolean | null;
  readonly private: boolean | null;
  readonly followers: Range | null;
  readonly following: Range | null;
  readonly hasWebsite: boolean | null;
  readonly hasBio: boolean | null;
  readonly created: Range | null;
  /** Looked for in the location, folded as {@link ListQuery.text} is. */
  readonly location: string;
}

/** What a list can be ordered by, besides the platform's own order. */
export type SortColumn = FieldWith<{ sorted: true }>;

/**
 * Unknown values come last in both directions; equals stay in the platform's order. Texts are ordered as they are
 * searched, folded and by code point; ids that are numbers as numbers; of yes and no, no comes first.
 */
export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export interface ListQuery {
  /**
   * Looked for in handle (with and without its `@`), name, bio and location, letter case and accents folded by
   * `foldText`. What folds to nothing looks for nothing.
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
  location: '',
};

export const wholeList: ListQuery = { text: '', filters: noFilters, sort: null };

/** Whether a query leaves accounts out. */
export function isFiltering({ text, filters }: ListQuery): boolean {
  const { location, ...others } = filters;
  return (
    foldText(text) !== '' ||
    foldText(location) !== '' ||
    Object.values(others).some((value) => value !== null)
  );
}
