/** What a reader asks of a list: which accounts, in which order. */
import type { Account } from '../model.ts';

/** From and to, both included; `null` is open. Counts, or epoch milliseconds. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** Of each filter `null` (or an empty text) means that it is not set. An account of which a field is unknown matches no filter on it. */
export interface ListFilters {
  readonly verified: boolean | null;
  readonly private: boolean | null;
  readonly followers: Range | null;
  readonly following: Range | null;
  readonly hasWebsite: boolean | null;
  readonly hasBio: boolean | null;
  readonly created: Range | null;
  readonly location: string;
}

/** What a list can be ordered by, besides the platform's own order. */
export type SortColumn = Exclude<keyof Account, 'unavailable' | 'avatarUrl'>;

/** Unknown values come last in both directions; equals stay in the platform's order. */
export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export interface ListQuery {
  /** Looked for in handle, name, bio and location, letter case and accents folded. */
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
    text.trim() !== '' || location.trim() !== '' || Object.values(others).some((value) => value !== null)
  );
}
