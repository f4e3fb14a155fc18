import { Menu, MenuGroup, MenuGroupLabel, MenuItem, useMenuStore } from '@ariakit/react/menu';
import type { RefObject } from 'react';
import { i18n } from '#i18n';
import type { Sort, SortColumn } from '../../lib/lists/query.ts';
import { fieldLabel } from '../../lib/words/account.ts';
import { useMenuAnchor } from '../lists/anchored-menu.ts';
import type { Field } from '../lists/fields.ts';
import { Icon } from '../shared/Icon.tsx';
import type { Columns } from './useColumns.ts';

interface ColumnMenuProps {
  readonly field: Field;
  readonly columns: Columns;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  /** Makes the column wider (1) or narrower (-1). */
  readonly onWidth: (by: 1 | -1) => void;
  readonly onHide: () => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly anchor: RefObject<HTMLElement | null>;
}

/** What can be done with one column. Moves and widths keep the menu open, so that they can be repeated. */
export function ColumnMenu(props: ColumnMenuProps) {
  const { field, columns, sort, onSort, onWidth, onHide, open, onOpen, anchor } = props;
  const { key } = field;
  const store = useMenuStore({ open, setOpen: onOpen, placement: 'bottom-start' });
  useMenuAnchor(store, anchor, open);
  const isRightToLeft = getComputedStyle(document.documentElement).direction === 'rtl';
  const left = isRightToLeft ? 1 : -1;
  const stay = (text: string, isPossible: boolean, act: () => void) => (
    <MenuItem
      className="menu-item"
      hideOnClick={false}
      disabled={!isPossible}
      accessibleWhenDisabled
      onClick={act}
    >
      {text}
    </MenuItem>
  );
  // Name and handle share a column, which can be sorted by both.
  const sorts: readonly SortColumn[] = key === 'name' ? ['name', 'handle'] : [key];
  return (
    <Menu
      store={store}
      // Else the header would cut it off.
      fixed
      className="menu"
      gutter={4}
      fitViewport
      unmountOnHide
      aria-label={i18n.t('columns.menu', { column: field.title() })}
    >
      <MenuGroup className="menu-group">
        <MenuGroupLabel className="menu-label meta">{i18n.t('sort.title')}</MenuGroupLabel>
        {sorts.flatMap((column) => [
          <SortItem key={`${column}-up`} to={{ column, descending: false }} sort={sort} onSort={onSort} />,
          <SortItem key={`${column}-down`} to={{ column, descending: true }} sort={sort} onSort={onSort} />,
        ])}
        {sort !== null && sorts.includes(sort.column) && <SortItem to={null} sort={sort} onSort={onSort} />}
      </MenuGroup>
      <MenuGroup className="menu-group menu-rule">
        {key !== 'name' && (
          <>
            {stay(i18n.t('columns.move_left'), columns.canMove(key, left), () => {
              columns.move(key, left);
            })}
            {stay(i18n.t('columns.move_right'), columns.canMove(key, -left), () => {
              columns.move(key, -left);
            })}
          </>
        )}
        {stay(i18n.t('columns.wider'), true, () => {
          onWidth(1);
        })}
        {stay(i18n.t('columns.narrower'), true, () => {
          onWidth(-1);
        })}
        {stay(i18n.t('columns.reset_width'), Object.hasOwn(columns.widths, key), () => {
          columns.resize(key, null);
        })}
      </MenuGroup>
      {key !== 'name' && (
        <div className="menu-rule">
          <MenuItem className="menu-item" onClick={onHide}>
            {i18n.t('columns.hide')}
          </MenuItem>
        </div>
      )}
    </Menu>
  );
}

interface SortItemProps extends Pick<ColumnMenuProps, 'sort' | 'onSort'> {
  readonly to: Sort | null;
}

function SortItem({ to, sort, onSort }: SortItemProps) {
  const isChosen = to !== null && sort?.column === to.column && sort.descending === to.descending;
  const text =
    to === null
      ? i18n.t('columns.unsorted')
      : to.descending
        ? i18n.t('columns.descending', { column: fieldLabel(to.column) })
        : i18n.t('columns.ascending', { column: fieldLabel(to.column) });
  return (
    <MenuItem
      className="menu-item"
      role="menuitemradio"
      aria-checked={isChosen}
      onClick={() => {
        onSort(to);
      }}
    >
      <span className="menu-check">{isChosen && <Icon name="done" />}</span>
      {text}
    </MenuItem>
  );
}
