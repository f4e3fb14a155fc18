/** Turns bars and areas of plots into filters. Pure. */
import type { Condition } from '../lists/conditions.ts';
import type { ListFilters, Range } from '../lists/query.ts';
import type { Run } from './answers.ts';
import { namedFilterOf, plotOf, type PlotName } from './cross-filter.ts';
import { facetOf, type FacetName } from './facets.ts';
import { handleShapes, type HandleShape } from './handle-shape.ts';

/** The filters without those of a plot. */
export function withoutPlot(filters: ListFilters, plot: PlotName): ListFilters {
  const named = plot === 'fingerprint' ? null : namedFilterOf(plot);
  const conditions = filters.conditions.filter((condition) => plotOf(condition) !== plot);
  return { ...filters, ...(named === null ? {} : { [named]: null }), conditions };
}

function withCondition(filters: ListFilters, plot: PlotName, condition: Condition | null): ListFilters {
  const others = withoutPlot(filters, plot);
  return condition === null ? others : { ...others, conditions: [...others.conditions, condition] };
}

function isShape(key: string): key is HandleShape {
  return handleShapes.some((shape) => shape === key);
}

/** The keys of the bars that a facet's filter selects. Ranges have none. */
export function selectedKeys(filters: ListFilters, name: FacetName): readonly string[] {
  const named = namedFilterOf(name);
  if (named !== null) {
    const value = filters[named];
    return typeof value === 'boolean' ? [value ? 'yes' : 'no'] : [];
  }
  const condition = filters.conditions.find((one) => plotOf(one) === name);
  switch (condition?.kind) {
    case 'values':
      return condition.values;
    case 'terms':
      return condition.terms;
    case 'handle':
      return condition.shapes;
    case 'picture':
      return [condition.isDefault ? 'yes' : 'no'];
    default:
      return [];
  }
}

function conditionOf(name: FacetName, keys: readonly string[]): Condition | null {
  const facet = facetOf(name);
  if (keys.length === 0) return null;
  switch (facet.kind) {
    case 'values':
      return { kind: 'values', field: facet.field, values: keys };
    case 'terms':
      return { kind: 'terms', terms: keys };
    case 'shapes':
      return { kind: 'handle', shapes: keys.filter(isShape) };
    case 'picture':
      return { kind: 'picture', isDefault: keys[0] === 'yes' };
    case 'counts':
    case 'months':
    case 'arrivals':
    case 'flag':
      return null;
  }
}

/** Adds a bar to a facet's filter, or removes it. Several bars of a facet match accounts with any of them. */
export function toggleKey(filters: ListFilters, name: FacetName, key: string): ListFilters {
  const selected = selectedKeys(filters, name);
  const isRemoved = selected.includes(key);
  const { kind } = facetOf(name);
  if (kind === 'flag') {
    const named = namedFilterOf(name);
    return named === null ? filters : { ...filters, [named]: isRemoved ? null : key === 'yes' };
  }
  const others = kind === 'picture' ? [] : selected.filter((one) => one !== key);
  return withCondition(filters, name, conditionOf(name, isRemoved ? others : [...others, key]));
}

/** The range that a facet's filter selects; `null` if there is none. */
export function selectedRange(filters: ListFilters, name: FacetName): Range | null {
  switch (name) {
    case 'followers':
    case 'following':
    case 'created':
    case 'followed':
      return filters[name];
    case 'posts': {
      const condition = filters.conditions.find(({ kind }) => kind === 'posts');
      return condition?.kind === 'posts' ? { from: condition.from, to: condition.to } : null;
    }
    default:
      return null;
  }
}

/** Filters by a range, or removes the facet's filter. Facets without ranges stay as they are. */
export function selectRange(filters: ListFilters, name: FacetName, range: Range | null): ListFilters {
  switch (name) {
    case 'followers':
    case 'following':
    case 'created':
    case 'followed':
      return { ...filters, [name]: range };
    case 'posts':
      return withCondition(filters, 'posts', range === null ? null : { kind: 'posts', ...range });
    default:
      return filters;
  }
}

/** A filter by an area of the fingerprint, along either of its axes. */
export type AreaCondition = Extract<Condition, { kind: 'area' | 'followArea' }>;

/** The filter by an area of the fingerprint; `null` if there is none. */
export function selectedArea({ conditions }: ListFilters): AreaCondition | null {
  for (const condition of conditions) {
    if (condition.kind === 'area' || condition.kind === 'followArea') return condition;
  }
  return null;
}

/** Filters by an area of the fingerprint, or removes that filter. */
export function selectArea(filters: ListFilters, area: AreaCondition | null): ListFilters {
  return withCondition(filters, 'fingerprint', area);
}

/** A run as an area: exactly its accounts, among those that other filters leave. */
export function areaOf({ first, last, createdFrom, createdTo }: Run): AreaCondition {
  return {
    kind: 'area',
    positions: { from: first, to: last },
    created: { from: createdFrom, to: createdTo },
  };
}
