import { useRef, useState } from 'react';
import { i18n } from '#i18n';
import { isFiltering, noFilters, type ListQuery, type SortColumn } from '../../lib/lists/query.ts';
import { buttonClass } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import type { Field } from '../lists/fields.ts';
import { dragColumn, dragWidth, type Drop } from './column-drag.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { STEP } from './table-columns.ts';
import type { Columns } from './useColumns.ts';

/** The props that make an element reachable by the arrow keys. */
export interface Stop {
  readonly 'data-stop': string;
  readonly tabIndex: number;
  readonly onFocus: () => void;
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

export function SortArrow({ descending }: { readonly descending: boolean }) {
  return (
    <span aria-hidden="true" className="sort-arrow">
      {descending ? '↓' : '↑'}
    </span>
  );
}

/** Makes the column of a header wider (1) or narrower (-1) than it is drawn. */
export function changeWidth(head: HTMLElement, key: SortColumn, by: 1 | -1, columns: Columns): void {
  columns.resize(key, head.getBoundingClientRect().width + by * STEP);
}

function isFilteredBy({ filter }: Field, { filters }: ListQuery): boolean {
  if (filter === null) return false;
  return isFiltering({ text: '', sort: null, filters: { ...noFilters, [filter]: filters[filter] } });
}

interface ColumnHeaderProps {
  readonly field: Field;
  readonly columns: Columns;
  readonly query: ListQuery;
  readonly onSort: (sort: ListQuery['sort']) => void;
  readonly stop: (name: string) => Stop;
  readonly drop: Drop | null;
  readonly onDrop: (drop: Drop | null) => void;
  readonly onHide: () => void;
}

/** The header of one column: a click sorts, its menu does everything else, its edge changes the width. */
export function ColumnHeader(props: ColumnHeaderProps) {
  const { field, columns, query, onSort, stop, drop, onDrop, onHide } = props;
  const { key, numeric } = field;
  const head = useRef<HTMLSpanElement>(null);
  const { sort } = query;
  // Name and handle share a column.
  const isSorted = sort !== null && (sort.column === key || (key === 'name' && sort.column === 'handle'));
  const isFiltered = isFilteredBy(field, query);
  const title = field.title();
  return (
    <span
      ref={head}
      role="columnheader"
      className={`cell head-cell${numeric ? ' number' : ''}${key === 'name' ? ' frozen' : ''}`}
      data-column={key}
      data-movable={key === 'name' ? undefined : ''}
      data-dragged={drop?.key === key ? '' : undefined}
      data-drop={drop?.over === key && drop.key !== key ? drop.side : undefined}
      aria-label={isFiltered ? `${title} ${i18n.t('filter.filtered')}` : title}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="header-button"
        title={title}
        onClick={() => {
          onSort(nextSort(query, field));
        }}
        onPointerDown={(event) => {
          dragColumn(event, key, columns, onDrop);
        }}
        {...stop(key)}
      >
        <span className="ellipsis">{title}</span>
        {isFiltered && (
          <>
            <span className="filter-dot" aria-hidden="true" />
            <span className="visually-hidden">{i18n.t('filter.filtered')}</span>
          </>
        )}
        {isSorted && <SortArrow descending={sort.descending} />}
      </button>
      <HeaderMenu
        field={field}
        columns={columns}
        sort={sort}
        onSort={onSort}
        onHide={onHide}
        onWidth={(by) => {
          if (head.current !== null) changeWidth(head.current, key, by, columns);
        }}
        stop={stop(`${key} menu`)}
      />
      <span
        className="column-edge"
        aria-hidden="true"
        onPointerDown={(event) => {
          dragWidth(event, key, columns);
        }}
        onDoubleClick={() => {
          columns.resize(key, null);
        }}
      />
    </span>
  );
}

interface HeaderMenuProps extends Pick<ColumnHeaderProps, 'field' | 'columns' | 'onSort' | 'onHide'> {
  readonly sort: ListQuery['sort'];
  readonly onWidth: (by: 1 | -1) => void;
  readonly stop: Stop;
}

/** The button that opens the menu of a column. The menu itself exists only once it was opened. */
function HeaderMenu({ stop, ...menu }: HeaderMenuProps) {
  const [open, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = i18n.t('columns.menu', { column: menu.field.title() });
  return (
    <>
      <button
        ref={button}
        type="button"
        className={buttonClass({}, 'icon-only column-menu')}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          setWanted(true);
          setOpen((last) => !last);
        }}
        {...stop}
      >
        <Icon name="down" />
      </button>
      {isWanted && <ColumnMenu {...menu} open={open} onOpen={setOpen} anchor={button} />}
    </>
  );
}
