/**
 * The facets of an audience: what is counted for each field. One table; a new facet is a line here, and its words.
 * Every facet answers for the accounts that the search and all filters leave, except the facet's own filter.
 */
import {
  followColumns,
  type Column,
  type FlagName,
  type NumberColumn,
  type ValueColumn,
  type ValueField,
} from '../lists/columns.ts';
import type { TermKind } from './terms.ts';

export type FacetKind =
  /** Counts in bins of a logarithmic scale. */
  | { readonly kind: 'counts'; readonly column: NumberColumn }
  /** Accounts per month, in UTC. */
  | { readonly kind: 'months'; readonly column: NumberColumn }
  /** Arrivals per day, week, or month, in UTC. */
  | { readonly kind: 'arrivals' }
  | { readonly kind: 'flag'; readonly flag: FlagName }
  | { readonly kind: 'picture' }
  | { readonly kind: 'values'; readonly field: ValueField }
  | { readonly kind: 'terms'; readonly terms: TermKind }
  | { readonly kind: 'shapes' };

export const facets = {
  followers: { kind: 'counts', column: 'followers' },
  following: { kind: 'counts', column: 'following' },
  posts: { kind: 'counts', column: 'posts' },
  created: { kind: 'months', column: 'createdAt' },
  followed: { kind: 'arrivals' },
  verified: { kind: 'flag', flag: 'verified' },
  verifiedKind: { kind: 'values', field: 'verifiedType' },
  private: { kind: 'flag', flag: 'private' },
  bio: { kind: 'flag', flag: 'bio' },
  website: { kind: 'flag', flag: 'website' },
  picture: { kind: 'picture' },
  location: { kind: 'values', field: 'location' },
  language: { kind: 'values', field: 'language' },
  region: { kind: 'values', field: 'region' },
  script: { kind: 'values', field: 'script' },
  words: { kind: 'terms', terms: 'words' },
  hashtags: { kind: 'terms', terms: 'hashtags' },
  emoji: { kind: 'terms', terms: 'emoji' },
  handle: { kind: 'shapes' },
} as const satisfies Readonly<Record<string, FacetKind>>;

export type FacetName = keyof typeof facets;
export const facetNames = Object.keys(facets) as readonly FacetName[];

/** What a facet counts. */
export function facetOf(name: FacetName): FacetKind {
  return facets[name];
}

/** Whether a facet counts terms, which takes longer than everything else. */
export function isOfTerms(name: FacetName): boolean {
  return facetOf(name).kind === 'terms';
}

/** The columns that a facet needs. */
export function columnsOfFacet(name: FacetName): readonly Column[] {
  const facet = facetOf(name);
  switch (facet.kind) {
    case 'counts':
    case 'months':
      return [facet.column];
    case 'arrivals':
      return followColumns;
    case 'flag':
      return ['flags'];
    case 'picture':
      return ['picture'];
    case 'values':
      return [valueColumn(facet.field)];
    case 'terms':
      return ['terms', 'flags'];
    case 'shapes':
      return ['handleShape'];
  }
}

function valueColumn(field: ValueField): ValueColumn {
  return `value:${field}`;
}

/** How arrivals are grouped. */
export const arrivalUnits = ['day', 'week', 'month'] as const;
export type ArrivalUnit = (typeof arrivalUnits)[number];
