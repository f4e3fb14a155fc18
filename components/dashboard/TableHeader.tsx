import { useRef, useState, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import { isFiltering, noFilters, type ListQuery, type SortColumn } from '../../lib/lists/query.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { platformOrderName } from '../../lib/words/names.ts';
import type { Field } from '../lists/fields.ts';

interface TableHeaderProps {
  readonly relation: Relation;
  readonly fields: readonly Field[];
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly isAll: boolean;
  readonly onAll: () => void;
  /** Moves the focus to the rows. */
  readonly onDown: () => void;
}

/** The props that make an element reachable by the arrow keys. */
interface Stop {
  readonly 'data-stop': number;
  readonly tabIndex: number;
  readonly onFocus: () => void;
}

/** The header is a single tab stop; arrow keys move between its cells. */
function useHeaderKeys(last: number, onDown: () => void) {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  return {
    row,
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      const stops = Array.from(row.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? []);
      const now = stops.findIndex((stop) => stop === document.activeElement);
      const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
      const steps: Readonly<Record<string, number>> = {
        ArrowRight: now + forward,
        ArrowLeft: now - forward,
        Home: 0,
        End: stops.length - 1,
      };
      const wanted = steps[event.key];
      if (event.key === 'ArrowDown') onDown();
      else if (wanted === undefined) return;
      else stops[Math.min(Math.max(0, wanted), stops.length - 1)]?.focus();
      event.preventDefault();
    },
    stop: (index: number): Stop => ({
      'data-stop': index,
      tabIndex: index === Math.min(at, last) ? 0 : -1,
      onFocus: () => {
        setAt(index);
      },
    }),
  };
}

/**
 * The order after a click on a column. Clicks cycle through its default direction, the other direction, and no sorting.
 */
function nextSort(query: ListQuery, { key, numeric }: Field): ListQuery['sort'] {
  const { sort } = query;
  const column: SortColumn = key;
  if (sort?.column !== column) return { column, descending: numeric };
  return sort.descending === numeric ? { column, descending: !numeric } : null;
}

function SortArrow({ descending }: { readonly descending: boolean }) {
  return (
    <span aria-hidden="true" className="sort-arrow">
      {descending ? '↓' : '↑'}
    </span>
  );
}

/** The header of the table: selects all rows, and sorts. */
export function TableHeader({ relation, fields, query, onQuery, isAll, onAll, onDown }: TableHeaderProps) {
  const { row, onKeyDown, stop } = useHeaderKeys(fields.length + 1, onDown);
  const { sort } = query;
  return (
    <div role="row" aria-rowindex={1} className="table-header" ref={row} onKeyDown={onKeyDown}>
      <span role="columnheader" className="cell select-cell">
        <input
          type="checkbox"
          aria-label={i18n.t('list.select_all')}
          checked={isAll}
          onChange={onAll}
          {...stop(0)}
        />
      </span>
      <span role="columnheader" className="cell number" aria-sort={sort === null ? 'ascending' : 'none'}>
        <button
          type="button"
          className="header-button"
          title={platformOrderName(relation)}
          onClick={() => {
            onQuery({ ...query, sort: null });
          }}
          {...stop(1)}
        >
          <span className="visually-hidden">{i18n.t('account.position')}</span>
          <span aria-hidden="true">#</span>
          {sort === null && <SortArrow descending={false} />}
        </button>
      </span>
      {fields.map((field, index) => (
        <ColumnHeader
          key={field.key}
          field={field}
          query={query}
          onSort={() => {
            onQuery({ ...query, sort: nextSort(query, field) });
          }}
          stop={stop(index + 2)}
        />
      ))}
    </div>
  );
}

interface ColumnHeaderProps {
  readonly field: Field;
  readonly query: ListQuery;
  readonly onSort: () => void;
  readonly stop: Stop;
}

function ColumnHeader({ field, query: { sort, filters }, onSort, stop }: ColumnHeaderProps) {
  const { key, numeric, filter } = field;
  const descending = sort?.column === key ? sort.descending : null;
  const isFiltered =
    filter !== null &&
    isFiltering({ text: '', sort: null, filters: { ...noFilters, [filter]: filters[filter] } });
  const title = field.title();
  return (
    <span
      role="columnheader"
      className={numeric ? 'cell number' : 'cell'}
      aria-sort={descending === null ? 'none' : descending ? 'descending' : 'ascending'}
    >
      <button type="button" className="header-button" title={title} onClick={onSort} {...stop}>
        <span className="ellipsis">{title}</span>
        {isFiltered && (
          <>
            <span className="filter-dot" aria-hidden="true" />
            <span className="visually-hidden">{i18n.t('filter.filtered')}</span>
          </>
        )}
        {descending !== null && <SortArrow descending={descending} />}
      </button>
    </span>
  );
}
