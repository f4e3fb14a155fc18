/** Which filters are set. Pure. */
import { isFiltering, noFilters, type ListFilters } from '../../../lib/lists/query.ts';

/** The filters that the user adds by name. Conditions come from plots and rules. */
export type FilterName = Exclude<keyof ListFilters, 'conditions'>;

/** Whether a filter can exclude accounts. */
export function isSet(filters: ListFilters, name: FilterName): boolean {
  return isFiltering({ text: '', sort: null, filters: { ...noFilters, [name]: filters[name] } });
}

/** How many filters are set. */
export function filtersSet(filters: ListFilters): number {
  const { conditions, ...named } = filters;
  // `Object.keys` returns exactly the names of this object.
  return (
    conditions.length + (Object.keys(named) as FilterName[]).filter((name) => isSet(filters, name)).length
  );
}
