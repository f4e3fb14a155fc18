import { lazy, Suspense, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { isFiltering } from '../../lib/lists/query.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { count } from '../../lib/words/numbers.ts';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { ExportOf } from './ExportOf.tsx';
import { filtersSet } from './filters/filters-set.ts';
import { SearchOf } from './SearchOf.tsx';
import type { ListState } from './useListState.ts';

// Loaded separately: the filters are not needed until they are opened.
const FilterPanel = lazy(() => import('./filters/FilterPanel.tsx'));

interface ListToolsProps {
  readonly snapshot: Snapshot;
  readonly state: ListState;
}

/** Search, filters, and export, in one row. */
export function ListTools({ snapshot, state }: ListToolsProps) {
  const { query, onQuery } = state;
  const [filtering, setFiltering] = useState(false);
  const filterButton = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  const set = filtersSet(query.filters);
  return (
    <>
      {(snapshot.rows > 0 || isFiltering(query)) && (
        <div className="tools">
          <SearchOf state={state} />
          <Button
            ref={filterButton}
            extraClass={set > 0 ? 'filtered' : undefined}
            aria-label={set > 0 ? i18n.t('filter.button_set', { n: set }) : i18n.t('filter.button')}
            title={i18n.t('filter.button')}
            aria-expanded={filtering}
            aria-controls={filtering ? panelId : undefined}
            onClick={() => {
              setFiltering(!filtering);
            }}
          >
            <Icon name="filter" />
            {set > 0 && <span aria-hidden="true">{count(set)}</span>}
          </Button>
          <ExportOf snapshot={snapshot} state={state} />
        </div>
      )}
      {filtering && (
        <Suspense fallback={null}>
          <FilterPanel
            id={panelId}
            filters={query.filters}
            onFilters={(filters) => {
              onQuery({ ...query, filters });
            }}
            onClose={() => {
              setFiltering(false);
              filterButton.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
