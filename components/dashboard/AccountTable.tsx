import { memo, type CSSProperties } from 'react';
import { i18n } from '#i18n';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { isIdOnly } from '../../lib/store/columns.ts';
import { accountName, missingRemark } from '../../lib/words/account.ts';
import { count } from '../../lib/words/numbers.ts';
import { AccountMarks } from '../lists/AccountMarks.tsx';
import type { Field } from '../lists/fields.ts';
import type { AccountsProps } from '../lists/useListState.ts';
import { Picture } from '../lists/Picture.tsx';
import { useRows, type Rows } from '../lists/useRows.ts';
import type { VisibleRow } from '../hooks/useVisibleRows.ts';
import { TableHeader } from './TableHeader.tsx';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';

const HEADER = 32;
/** Width of the selection and position columns, in pixels. */
const SELECT = 40;
const POSITION = 72;

interface AccountTableProps extends AccountsProps {
  readonly relation: Relation;
  readonly fields: readonly Field[];
  readonly compact: boolean;
  readonly pictures: boolean;
}

/** The columns as a CSS grid template, and the table's minimum width. */
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

/** The accounts as a table. Users sort by its headers and navigate, select, and open rows by mouse or keyboard. */
export function AccountTable(props: AccountTableProps) {
  const { relation, view, query, onQuery, rowSelection, scroller, fields, compact, pictures } = props;
  const rowHeight = compact ? 32 : 40;
  const rows = useRows(props, rowHeight, HEADER);
  const { long, visible, tabbable } = rows;
  const isAll = rowSelection.selection.size > 0 && rowSelection.selection.size === view.count;
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
        <TableHeader
          relation={relation}
          fields={fields}
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
              isTabbable={row.index === tabbable}
              rowSelection={rowSelection}
              fields={fields}
              pictures={pictures}
              onClick={rows.onRowClick}
              onSelected={() => {
                scroller.current?.focus({ preventScroll: true });
              }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface TableRowProps extends Pick<AccountTableProps, 'rowSelection' | 'fields' | 'pictures'> {
  readonly row: VisibleRow;
  readonly isTabbable: boolean;
  readonly onClick: Rows['onRowClick'];
  /** Called after the checkbox is used. */
  readonly onSelected: () => void;
}

function TableRow(props: TableRowProps) {
  const { row, isTabbable, rowSelection, fields, pictures, onClick, onSelected } = props;
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
      <span role="gridcell" className="cell select-cell">
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
          <Cells account={account} fields={fields} pictures={pictures} />
        </ErrorBoundary>
      )}
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
  // With only an ID known, show the ID across all columns: it is more useful than a row of dashes.
  if (isIdOnly(account)) {
    return (
      <span role="gridcell" className="cell name-cell ids-only-cell" aria-colspan={fields.length}>
        <Picture name={null} handle={null} url={null} />
        <bdi className="ellipsis">{accountName(account)}</bdi>
        <span className="meta ellipsis">{missingRemark(account)}</span>
      </span>
    );
  }
  return fields.map(({ key, numeric, text }) => {
    const shown = key === 'name' && handle === null ? accountName(account) : text(account);
    if (key === 'name') {
      return (
        <span role="gridcell" key={key} className="cell name-cell" title={shown}>
          <Picture name={name} handle={handle} url={pictures ? avatarUrl : null} />
          <bdi className="name ellipsis">{shown}</bdi>
          <AccountMarks account={account} />
        </span>
      );
    }
    return (
      <span
        role="gridcell"
        key={key}
        className={numeric ? 'cell number' : 'cell'}
        title={numeric ? undefined : shown}
        // Text that doesn't fit is cut off at its end, which depends on its direction.
        dir={numeric ? undefined : 'auto'}
      >
        <bdi>{shown}</bdi>
      </span>
    );
  });
});
