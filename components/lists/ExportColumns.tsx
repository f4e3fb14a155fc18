import {
  Menu,
  MenuButton,
  MenuGroup,
  MenuItem,
  MenuItemCheck,
  MenuItemCheckbox,
  MenuProvider,
} from '@ariakit/react/menu';
import { i18n } from '#i18n';
import { usePreferences } from '../hooks/usePreferences.ts';
import { Icon } from '../shared/Icon.tsx';
import { COLUMN_NAMES, columnsOfTable } from './export-columns.ts';
import { USUAL_FIELDS } from './fields.ts';

/** Marks a chosen item of a menu. */
export function Checked() {
  return (
    <MenuItemCheck className="menu-check">
      <Icon name="done" />
    </MenuItemCheck>
  );
}

interface ExportColumnsProps {
  /** All columns, in the order of the file. */
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly onChoose: (columns: readonly string[]) => void;
}

/** A menu within the menu Export that chooses the file's columns: they are its values `columns`. */
export function ExportColumns({ names, chosen, onChoose }: ExportColumnsProps) {
  const table = columnsOfTable(usePreferences()?.table.columns ?? USUAL_FIELDS);
  const preset = (text: string, columns: readonly string[]) => (
    <MenuItem
      className="menu-item"
      hideOnClick={false}
      onClick={() => {
        onChoose(columns);
      }}
    >
      {text}
    </MenuItem>
  );
  return (
    <MenuProvider>
      <MenuButton className="menu-item" render={<MenuItem hideOnClick={false} />}>
        <span className="grow">{i18n.t('export.columns')}</span>
        <span className="meta">{i18n.t('export.columns_of', { n: chosen.length, all: names.length })}</span>
      </MenuButton>
      <Menu
        className="menu export-columns"
        gutter={4}
        overlap
        aria-label={i18n.t('export.columns')}
        unmountOnHide
      >
        <MenuGroup className="menu-group column-presets">
          {preset(i18n.t('export.columns_all'), names)}
          {preset(i18n.t('export.columns_none'), [])}
          {preset(i18n.t('export.columns_table'), [
            ...table,
            // What the columns of a list don't contain says in which lists an account is.
            ...names.filter((name) => !COLUMN_NAMES.includes(name)),
          ])}
        </MenuGroup>
        {names.map((name) => (
          <MenuItemCheckbox key={name} className="menu-item" name="columns" value={name} hideOnClick={false}>
            <Checked />
            {name}
          </MenuItemCheckbox>
        ))}
      </Menu>
    </MenuProvider>
  );
}
