import { useRef, useState, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import type { ListQuery } from '../../lib/lists/query.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { platformOrderName } from '../../lib/words/names.ts';
import { headOf, type Drop } from './column-drag.ts';
import { changeWidth, ColumnHeader, SortArrow, type Stop } from './ColumnHeader.tsx';
import { headerAction } from './header-keys.ts';
import type { Columns } from './useColumns.ts';

interface TableHeaderProps {
  readonly relation: Relation;
  readonly columns: Columns;
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly isAll: boolean;
  readonly onAll: () => void;
  /** Moves the focus to the rows. */
  readonly onDown: () => void;
}

const SELECT_STOP = 'select';
const POSITION_STOP = 'position';

/** The header is a single tab stop; arrow keys move between what it contains. */
function useHeaderKeys(columns: Columns, onDown: () => void) {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(SELECT_STOP);
  const isShown =
    at === SELECT_STOP || at === POSITION_STOP || columns.fields.some(({ key }) => at.startsWith(key));
  const current = isShown ? at : SELECT_STOP;
  const stops = (): HTMLElement[] =>
    Array.from(row.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? []);
  const focusOn = (name: string): void => {
    stops()
      .find((stop) => stop.dataset['stop'] === name)
      ?.focus();
  };
  const step = (by: number): void => {
    const all = stops();
    const now = all.findIndex((stop) => stop === document.activeElement);
    all[Math.min(Math.max(0, now + by), all.length - 1)]?.focus();
  };
  return {
    row,
    focusOn,
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      const { target, currentTarget } = event;
      // Menus handle their own keys.
      if (!(target instanceof HTMLElement) || target.dataset['stop'] === undefined) return;
      const action = headerAction(event, getComputedStyle(currentTarget).direction === 'rtl');
      if (action === null) return;
      const head = headOf(target);
      const field = columns.fields.find(({ key }) => key === head?.dataset['column']);
      event.preventDefault();
      if (action.kind === 'rows') onDown();
      else if (action.kind === 'focus') step(action.by);
      else if (action.kind === 'first') step(-Infinity);
      else if (action.kind === 'last') step(Infinity);
      else if (head === null || field === undefined) return;
      else if (action.kind === 'menu') head.querySelector<HTMLElement>('.column-menu')?.click();
      else if (action.kind === 'resize') changeWidth(head, field.key, action.by, columns);
      else if (columns.canMove(field.key, action.by)) columns.move(field.key, action.by);
    },
    stop: (name: string): Stop => ({
      'data-stop': name,
      tabIndex: name === current ? 0 : -1,
      onFocus: () => {
        setAt(name);
      },
    }),
  };
}

/** The header of the table: selects all rows, sorts, and arranges the columns. */
export function TableHeader(props: TableHeaderProps) {
  const { relation, columns, query, onQuery, isAll, onAll, onDown } = props;
  const { row, onKeyDown, stop, focusOn } = useHeaderKeys(columns, onDown);
  const [drop, setDrop] = useState<Drop | null>(null);
  const { sort } = query;
  const { fields } = columns;
  return (
    <div role="row" aria-rowindex={1} className="table-header" ref={row} onKeyDown={onKeyDown}>
      <span role="columnheader" className="cell select-cell frozen">
        <input
          type="checkbox"
          aria-label={i18n.t('list.select_all')}
          checked={isAll}
          onChange={onAll}
          {...stop(SELECT_STOP)}
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
          {...stop(POSITION_STOP)}
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
          columns={columns}
          query={query}
          onSort={(next) => {
            onQuery({ ...query, sort: next });
          }}
          stop={stop}
          drop={drop}
          onDrop={setDrop}
          onHide={() => {
            // The header goes; the one before it takes the focus.
            focusOn(fields[index - 1]?.key ?? POSITION_STOP);
            columns.hide(field.key);
          }}
        />
      ))}
    </div>
  );
}
