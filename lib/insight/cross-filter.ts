/**
 * Takes a query apart, so that every plot answers for what the search and all filters but its own leave. Pure.
 */
import type { Condition } from '../lists/conditions.ts';
import { isFiltering, noFilters, type ListFilters, type ListQuery } from '../lists/query.ts';
import { facetNames, facetOf, type FacetName } from './facets.ts';
import { termKind } from './terms.ts';

/** A plot with a filter of its own. */
export type PlotName = FacetName | 'fingerprint';

/** The filters of `ListFilters` that belong to a facet. */
const NAMED: Partial<Readonly<Record<FacetName, keyof ListFilters>>> = {
  followers: 'followers',
  following: 'following',
  created: 'created',
  followed: 'followed',
  verified: 'verified',
  private: 'private',
  bio: 'hasBio',
  website: 'hasWebsite',
};

/** The name of the filter that belongs to a facet; `null` if its filter is a condition. */
export function namedFilterOf(name: FacetName): keyof ListFilters | null {
  return NAMED[name] ?? null;
}

/** The plot that a condition belongs to; `null` if it belongs to none, as rules do. */
export function plotOf(condition: Condition): PlotName | null {
  switch (condition.kind) {
    case 'posts':
      return 'posts';
    case 'values':
      return (
        facetNames.find((name) => {
          const facet = facetOf(name);
          return facet.kind === 'values' && facet.field === condition.field;
        }) ?? null
      );
    case 'terms':
      return condition.terms[0] === undefined ? null : termKind(condition.terms[0]);
    case 'handle':
      return 'handle';
    case 'picture':
      return 'picture';
    case 'area':
    case 'followArea':
      return 'fingerprint';
    case 'compared':
    case 'rules':
      return null;
  }
}

export interface PartedQuery {
  /** What applies to every plot. */
  readonly base: ListQuery;
  /** The filter of each plot that has one. */
  readonly own: ReadonlyMap<PlotName, ListQuery>;
}

/** The part of the filters that belongs to a facet; no filters if there is none. */
function ownFilters(filters: ListFilters, plot: PlotName): ListFilters {
  const named = plot === 'fingerprint' ? null : namedFilterOf(plot);
  return {
    ...noFilters,
    ...(named === null ? {} : { [named]: filters[named] }),
    conditions: filters.conditions.filter((condition) => plotOf(condition) === plot),
  };
}

/** Takes a query apart. Its order doesn't matter. */
export function partQuery({ text, filters }: ListQuery): PartedQuery {
  const own = new Map<PlotName, ListQuery>();
  for (const plot of [...facetNames, 'fingerprint'] as const) {
    const query = { text: '', filters: ownFilters(filters, plot), sort: null };
    if (isFiltering(query)) own.set(plot, query);
  }
  const base: ListFilters = {
    ...filters,
    ...Object.fromEntries(Object.values(NAMED).map((name) => [name, noFilters[name]])),
    conditions: filters.conditions.filter((condition) => plotOf(condition) === null),
  };
  return { base: { text, filters: base, sort: null }, own };
}
