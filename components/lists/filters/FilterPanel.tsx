import { useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { noFilters, type ListFilters } from '../../../lib/lists/query.ts';
import { Button } from '../../shared/Button.tsx';
import { filtersSet } from './filters-set.ts';
import { FILTER_NAMES, FilterEditor } from './kinds.tsx';

interface FilterPanelProps {
  readonly id: string;
  readonly filters: ListFilters;
  readonly onFilters: (filters: ListFilters) => void;
  readonly onClose: () => void;
}

/** All filters at once, for the popup, which has no room for chips. Changes apply immediately. */
export default function FilterPanel({ id, filters, onFilters, onClose }: FilterPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('select, input')?.focus();
  }, []);
  return (
    <section
      ref={panel}
      id={id}
      className="panel filters"
      aria-label={i18n.t('filter.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="filter-fields" key={round}>
        {FILTER_NAMES.map((name) => (
          <FilterEditor key={name} name={name} filters={filters} onFilters={onFilters} />
        ))}
      </div>
      <div className="buttons">
        <Button
          // Not disabled: it would lose the focus when clicked.
          aria-disabled={filtersSet(filters) === 0}
          onClick={() => {
            onFilters(noFilters);
            // A new key resets the fields, which also discards incomplete input.
            setRound((last) => last + 1);
          }}
        >
          {i18n.t('filter.clear')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {i18n.t('filter.close')}
        </Button>
        <p className="meta">{i18n.t('filter.unknown')}</p>
      </div>
    </section>
  );
}
