import { memo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { isFiltering, noFilters, type ListQuery, type SortColumn } from '../../lib/lists/query.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { isIdOnly } from '../../lib/store/columns.ts';
import { accountName, missingRemark } from '../../lib/words/account.ts';
import { platformOrderName } from '../../lib/words/names.ts';
import { count } from '../../lib/words/numbers.ts';
import { AccountMarks } from '../lists/AccountMarks.tsx';
import type { Field } from '../lists/fields.ts';
import type { AccountsProps } from '../lists/ListView.tsx';
import { Picture } from '../lists/Picture.tsx';
import { useRows } from '../lists/useRows.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';

const HEADER = 32;
/** Of the columns for selecting and for the position, pixels. */
const SELECT = 40;
const POSITION = 72;

interface AccountTableProps extends AccountsProps {
  readonly relation: Relation;
  readonly fields: readonly Field[];
  readonly compact: boolean;
  readonly pictures: boolean;
}

/** The columns as the style sheet's grid takes them, and the least width of them all. */
function columnsOf(fields: readonly Field[]): CSSProperties {
  const tracks = fields.map(({ width, grows }) =>
    grows === 0 ? `${String(width)}px` : `minmax(${String(width)}px, ${String(grows)}fr)`,
  );
  const least = fields.reduce((sum, { width }) => sum + width, SELECT + POSITION);
  return {
    '--columns': `${String(SELECT)}px ${String(POSITION)}px ${tracks.join(' ')}`,
    '--least': `${String(least)}px`,
  } as CSSProperties;
}

/** The accounts as a table: headers sort, rows are moved through, selected and opened, by mouse or keys. */
export function AccountTable(props: AccountTableProps) {
  const { relation, view, query, onQuery, chosen, scroller, fields, compact, pictures } = props;
  const rowHeight = compact ? 32 : 40;
  const rows = useRows(props, rowHeight, HEADER);
  const { long, drawn, tabbable } = rows;
  const isAll = chosen.selection.size > 0 && chosen.selection.size === view.count;
  return (
    <div
      className={compact ? 'accounts table compact' : 'accounts table'}
      style={columnsOf(fields)}
      ref={scroller}
      role="grid"
      aria-label={i18n.t('list.accounts')}
      aria-multiselectable="true"
      aria-rowcount={view.count + 1}
      aria-colcount={fields.length + 2}
      tabIndex={tabbable < 0 ? 0 : -1}
      onKeyDown={rows.onKeyDown}
      onFocus={rows.onFocus}
      onBlur={rows.onBlur}
    >
      <div role="rowgroup" className="table-head">
        <Header
          relation={relation}
          fields={fields}
          query={query}
          onQuery={onQuery}
          isAll={isAll}
          onAll={() => {
            if (isAll) chosen.clear();
            else chosen.all();
          }}
          onDown={() => {
            scroller.current?.focus();
          }}
        />
      </div>
      <div role="rowgroup" className="space" style={{ blockSize: long.space }}>
        <div role="presentation" className="drawn" style={{ insetBlockStart: long.top }}>
          {drawn.map(({ index, position, account }) => {
            const isSelected = chosen.isSelected(position);
            return (
              <div
                key={position}
                role="row"
                data-row={index}
                tabIndex={index === tabbable ? 0 : -1}
                aria-rowindex={index + 2}
                aria-selected={isSelected}
                aria-busy={account === null}
                className={position === chosen.active ? 'table-row active' : 'table-row'}
                onClick={(event) => {
                  rows.onRowClick(event, index);
                }}
              >
                <span role="gridcell" className="cell select-cell">
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={i18n.t('list.select_row', { n: count(position + 1) })}
                    checked={chosen.selection.has(position)}
                    onClick={(event) => {
                      event.stopPropagation();
                    }}
                    onChange={({ nativeEvent }) => {
                      if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) chosen.extend(index);
                      else chosen.toggle(index, false);
                      scroller.current?.focus({ preventScroll: true });
                    }}
                  />
                </span>
                <span role="gridcell" className="cell number muted">
                  {count(position + 1)}
                </span>
                {account === null ? (
                  <span role="gridcell" className="cell" aria-colspan={fields.length} />
                ) : (
                  <ErrorBoundary>
                    <Cells account={account} fields={fields} pictures={pictures} />
                  </ErrorBoundary>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface CellsProps {
  readonly account: ListedAccount;
  readonly fields: readonly Field[];
  readonly pictures: boolean;
}

const Cells = memo(function Cells({ account, fields, pictures }: CellsProps) {
  const { name, handle, avatarUrl } = account;
  // Its ID says more than a row of dashes, and has room in the place of them.
  if (isIdOnly(account)) {
    return (
      <span role="gridcell" className="cell name-cell bare-cell" aria-colspan={fields.length}>
        <Picture name={null} handle={null} url={null} />
        <bdi className="ellipsis">{accountName(account)}</bdi>
        <span className="meta ellipsis">{missingRemark(account)}</span>
      </span>
    );
  }
  return fields.map(({ key, numeric, text }) => {
    const said = key === 'name' && handle === null ? accountName(account) : text(account);
    if (key === 'name') {
      return (
        <span role="gridcell" key={key} className="cell name-cell" title={said}>
          <Picture name={name} handle={handle} url={pictures ? avatarUrl : null} />
          <bdi className="name ellipsis">{said}</bdi>
          <AccountMarks account={account} />
        </span>
      );
    }
    return (
      <span
        role="gridcell"
        key={key}
        className={numeric ? 'cell number' : 'cell'}
        title={numeric ? undefined : said}
        // What does not fit is cut at the text's own end, whichever side that is.
        dir={numeric ? undefined : 'auto'}
      >
        <bdi>{said}</bdi>
      </span>
    );
  });
});

interface HeaderProps {
  readonly relation: Relation;
  readonly fields: readonly Field[];
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly isAll: boolean;
  readonly onAll: () => void;
  /** On to the rows. */
  readonly onDown: () => void;
}

/** The order after a click on a column: its usual direction, the other one, none. */
function nextSort(query: ListQuery, column: SortColumn, downFirst: boolean): ListQuery['sort'] {
  const { sort } = query;
  if (sort?.column !== column) return { column, descending: downFirst };
  return sort.descending === downFirst ? { column, descending: !downFirst } : null;
}

/** One stop for Tab; the arrows move from header to header. */
function Header({ relation, fields, query, onQuery, isAll, onAll, onDown }: HeaderProps) {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const { sort, filters } = query;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
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
  }
  const stop = (index: number) => ({
    'data-stop': index,
    tabIndex: index === Math.min(at, fields.length + 1) ? 0 : -1,
    onFocus: () => {
      setAt(index);
    },
  });
  const isFiltered = (filter: Field['filter']): boolean =>
    filter !== null &&
    isFiltering({ text: '', sort: null, filters: { ...noFilters, [filter]: filters[filter] } });
  const arrow = (descending: boolean) => (
    <span aria-hidden="true" className="sort-arrow">
      {descending ? '↓' : '↑'}
    </span>
  );
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
          {sort === null && arrow(false)}
        </button>
      </span>
      {fields.map(({ key, title, numeric, filter }, index) => {
        const descending = sort?.column === key ? sort.descending : null;
        const text = title();
        return (
          <span
            role="columnheader"
            key={key}
            className={numeric ? 'cell number' : 'cell'}
            aria-sort={descending === null ? 'none' : descending ? 'descending' : 'ascending'}
          >
            <button
              type="button"
              className="header-button"
              title={text}
              onClick={() => {
                onQuery({ ...query, sort: nextSort(query, key, numeric) });
              }}
              {...stop(index + 2)}
            >
              <span className="ellipsis">{text}</span>
              {isFiltered(filter) && (
                <>
                  <span className="filter-dot" aria-hidden="true" />
                  <span className="visually-hidden">{i18n.t('filter.filtered')}</span>
                </>
              )}
              {descending !== null && arrow(descending)}
            </button>
          </span>
        );
      })}
    </div>
  );
}
