import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { TableSettings } from '../../lib/settings/preferences.ts';
import { FIELDS, USUAL_FIELDS } from '../lists/fields.ts';
import { Icon } from '../shared/Icon.tsx';
import { Button } from '../shared/Button.tsx';

interface ColumnChoiceProps {
  readonly settings: TableSettings;
  readonly onSettings: (settings: TableSettings) => void;
}

/** Which columns the table has, and how high its rows are. */
export function ColumnChoice({ settings, onSettings }: ColumnChoiceProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    place.current?.querySelector<HTMLElement>('input')?.focus();
    const onOutside = (event: Event): void => {
      if (event.target instanceof Node && place.current?.contains(event.target) === false) setOpen(false);
    };
    addEventListener('pointerdown', onOutside);
    addEventListener('focusin', onOutside);
    return () => {
      removeEventListener('pointerdown', onOutside);
      removeEventListener('focusin', onOutside);
    };
  }, [open]);
  const chosen: readonly string[] = settings.columns ?? USUAL_FIELDS;
  return (
    <div
      ref={place}
      className="popover-place"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <Button
        ref={button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name="columns" />
        {i18n.t('dashboard.columns')}
      </Button>
      {open && (
        <div id={id} className="menu popover" role="group" aria-label={i18n.t('dashboard.columns')}>
          {FIELDS.map(({ key, title }) => (
            <label key={key} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                // Without a name nobody knows whom a row is about.
                disabled={key === 'name'}
                onChange={({ target }) => {
                  const columns = FIELDS.map((field): string => field.key).filter((one) =>
                    one === key ? target.checked : chosen.includes(one),
                  );
                  onSettings({ ...settings, columns });
                }}
              />
              {title()}
            </label>
          ))}
          <div className="menu-note">
            <label className="check">
              <input
                type="checkbox"
                checked={settings.compact}
                onChange={({ target }) => {
                  onSettings({ ...settings, compact: target.checked });
                }}
              />
              {i18n.t('dashboard.density')}
            </label>
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                onSettings({ ...settings, columns: null });
              }}
            >
              {i18n.t('dashboard.reset_columns')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
