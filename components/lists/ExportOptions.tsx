import { MenuGroup, MenuItemCheckbox } from '@ariakit/react/menu';
import { i18n } from '#i18n';
import { showMessage } from '../shared/page-message.ts';
import { Checked, ExportColumns } from './ExportColumns.tsx';

/** Shows why an export could not be started. */
export function showExportFailure(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  showMessage(i18n.t('export.failed', { why }), 'error');
}

interface ExportOptionsProps {
  /** The columns that the file can have. */
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly onChoose: (names: readonly string[]) => void;
  /** Whether CSV is written without the guard against formulas. */
  readonly exact: boolean;
}

/** The end of an export menu: the columns, and how CSV is written. The menu's values include `columns` and `exact`. */
export function ExportOptions({ names, chosen, onChoose, exact }: ExportOptionsProps) {
  const note = chosen.length === 0 ? 'export.no_columns' : exact ? 'export.exact_hint' : 'export.ids_hint';
  return (
    <>
      <MenuGroup className="menu-group menu-rule">
        <ExportColumns names={names} chosen={chosen} onChoose={onChoose} />
        <MenuItemCheckbox className="menu-item" name="exact" hideOnClick={false}>
          <Checked />
          <span className="grow">{i18n.t('export.exact')}</span>
        </MenuItemCheckbox>
      </MenuGroup>
      <p className="menu-note meta">{i18n.t(note)}</p>
    </>
  );
}
