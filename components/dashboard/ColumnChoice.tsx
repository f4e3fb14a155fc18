import { Popover, PopoverDisclosure, PopoverProvider } from '@ariakit/react/popover';
import { i18n } from '#i18n';
import type { TableSettings } from '../../lib/settings/preferences.ts';
import { COLUMN_FIELDS, USUAL_FIELDS } from '../lists/fields.ts';
import { Button, buttonClass } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';

interface ColumnChoiceProps {
  readonly settings: TableSettings;
  readonly onSettings: (settings: TableSettings) => void;
}

/** Chooses the table's columns. */
export function ColumnChoice({ settings, onSettings }: ColumnChoiceProps) {
  return (
    <PopoverProvider placement="bottom-end">
      <PopoverDisclosure className={buttonClass()} aria-haspopup={false}>
        <Icon name="columns" />
        {i18n.t('dashboard.columns')}
      </PopoverDisclosure>
      <Popover
        fitViewport
        className="menu popover"
        role="group"
        aria-label={i18n.t('dashboard.columns')}
        gutter={4}
        unmountOnHide
      >
        <Columns settings={settings} onSettings={onSettings} />
        <div className="menu-note">
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              onSettings({ ...settings, columns: null, widths: {} });
            }}
          >
            {i18n.t('dashboard.reset_columns')}
          </Button>
        </div>
      </Popover>
    </PopoverProvider>
  );
}

function Columns({ settings, onSettings }: ColumnChoiceProps) {
  const chosen: readonly string[] = settings.columns ?? USUAL_FIELDS;
  return COLUMN_FIELDS.map(({ key, title }) => (
    <label key={key} className="check">
      <input
        type="checkbox"
        checked={chosen.includes(key)}
        onChange={({ target }) => {
          // A new column is the last one, and can be moved from its header.
          const others = chosen.filter((one) => one !== key);
          onSettings({ ...settings, columns: target.checked ? [...others, key] : others });
        }}
      />
      {title()}
    </label>
  ));
}
