import { useMemo, type CSSProperties } from 'react';
import { i18n } from '#i18n';
import { foldText } from '../../lib/lists/fold.ts';
import type { FollowTimes } from '../../lib/model/follow-times.ts';
import type { Relation } from '../../lib/model/platform.ts';
import type { TableSettings } from '../../lib/settings/preferences.ts';
import { count } from '../../lib/words/numbers.ts';
import { useFollowColumns } from '../hooks/useFollowTimes.ts';
import type { VisibleRow } from '../hooks/useVisibleRows.ts';
import { isFollowField, type Field } from '../lists/fields.ts';
import type { AccountsProps } from '../lists/useListState.ts';
import { useRows, type Rows } from '../lists/useRows.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { AccountCells } from './AccountCells.tsx';
import { gridOf, SELECT } from './table-columns.ts';
import { TableHeader } from './TableHeader.tsx';
import { useColumns, type Columns } from './useColumns.ts';

/** Heights in pixels. */
const HEADER = 28;
const COMPACT = 26;
const COMFORTABLE = 36;

interface AccountTableProps extends AccountsProps {
  readonly relation: Relation;
  readonly settings: TableSettings;
  readonly onSettings: (settings: TableSettings) => void;
  readonly pictures: boolean;
}

/** The columns and the height of the rows as CSS variables. */
function styleOf({ fields, widths }: Columns, rowHeight: number): CSSProperties {
  const { columns, least } = gridOf(fields, widths);
  return {
    '--columns': columns,
    '--least': `${String(least)}px`,
    '--row': `${String(rowHeight)}px`,
    '--header': `${String(HEADER)}px`,
    '--select': `${String(SELECT)}px`,
  } as CSSProperties;
}

/** The accounts as a table. Users sort by its headers and navigate, select, and open rows by mouse or keyboard. */
export function AccountTable(props: AccountTableProps) {
  const { relation, opened, view, query, onQuery, rowSelection, scroller, settings, onSettings, pictures } =
    props;
  const rowHeight = settings.compact ? COMPACT : COMFORTABLE;
  const columns = useColumns(settings, onSettings);
  const needle = useMemo(() => foldText(query.text), [query.text]);
  const rows = useRows(props, rowHeight, HEADER);
  const { long, visible, tabbable } = rows;
  const followAt = useFollowColumns(
    opened,
    visible.map(({ position }) => position),
    columns.fields.some(({ key }) => isFollowField(key)),
  );
  const isAll = rowSelection.selection.size > 0 && rowSelection.selection.size === view.count;
  return (
    <>
      <div
        className={settings.compact ? 'accounts table compact' : 'accounts table'}
        style={styleOf(columns, rowHeight)}
        ref={scroller}
        role="grid"
        aria-label={i18n.t('list.accounts')}
        aria-multiselectable="true"
        aria-rowcount={view.count + 1}
        aria-colcount={columns.fields.length + 2}
        tabIndex={tabbable < 0 ? 0 : -1}
        onKeyDown={rows.onKeyDown}
        onFocus={rows.onFocus}
        onBlur={rows.onBlur}
      >
        <div role="rowgroup" className="table-head">
          <TableHeader
            relation={relation}
            columns={columns}
            query={query}
            onQuery={onQuery}
            isAll={isAll}
            onAll={() => {
              if (isAll) rowSelection.clear();
              else rowSelection.all();
            }}
            onDown={() => {
              scroller.current?.focus();
            }}
          />
        </div>
        <div role="rowgroup" className="space" style={{ blockSize: long.space }}>
          <div role="presentation" className="drawn" style={{ insetBlockStart: long.top }}>
            {visible.map((row) => (
              <TableRow
                key={row.position}
                row={row}
                follow={followAt(row.position)}
                isTabbable={row.index === tabbable}
                rowSelection={rowSelection}
                fields={columns.fields}
                pictures={pictures}
                needle={needle}
                onClick={rows.onRowClick}
                onSelected={() => {
                  scroller.current?.focus({ preventScroll: true });
                }}
              />
            ))}
          </div>
        </div>
      </div>
      <p aria-live="polite" className="visually-hidden">
        {columns.announcement}
      </p>
    </>
  );
}

interface TableRowProps extends Pick<AccountTableProps, 'rowSelection' | 'pictures'> {
  readonly row: VisibleRow;
  readonly follow: FollowTimes | null;
  readonly fields: readonly Field[];
  readonly needle: string;
  readonly isTabbable: boolean;
  readonly onClick: Rows['onRowClick'];
  /** Called after the checkbox is used. */
  readonly onSelected: () => void;
}

function TableRow(props: TableRowProps) {
  const { row, follow, isTabbable, rowSelection, fields, pictures, needle, onClick, onSelected } = props;
  const { index, position, account } = row;
  return (
    <div
      role="row"
      data-row={index}
      tabIndex={isTabbable ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={rowSelection.isSelected(position)}
      aria-busy={account === null}
      className={position === rowSelection.active ? 'table-row active' : 'table-row'}
      onClick={(event) => {
        onClick(event, index);
      }}
    >
      <span role="gridcell" className="cell select-cell frozen">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={i18n.t('list.select_row', { n: count(position + 1) })}
          checked={rowSelection.selection.has(position)}
          onClick={(event) => {
            event.stopPropagation();
          }}
          onChange={({ nativeEvent }) => {
            if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) rowSelection.extend(index);
            else rowSelection.toggle(index, false);
            onSelected();
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
          <AccountCells
            account={account}
            follow={follow}
            fields={fields}
            pictures={pictures}
            needle={needle}
          />
        </ErrorBoundary>
      )}
    </div>
  );
}
