import { i18n } from '#i18n';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { changePreferences } from '../hooks/usePreferences.ts';

interface SwitchProps {
  readonly id: string;
  readonly text: string;
  readonly hint: string;
  readonly on: boolean;
  readonly change: (on: boolean) => Partial<Preferences>;
}

function Switch({ id, text, hint, on, change }: SwitchProps) {
  return (
    <div className="check">
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          const patch = change(target.checked);
          changePreferences(() => patch).catch(console.error);
        }}
      />
      <div>
        <label htmlFor={id}>{text}</label>
        <p id={`${id}-hint`} className="meta">
          {hint}
        </p>
      </div>
    </div>
  );
}

/** Display settings: the button on pages, and pictures. */
export function Switches({ preferences }: { readonly preferences: Preferences }) {
  return (
    <div className="panel">
      <Switch
        id="no-button"
        text={i18n.t('options.no_button')}
        hint={i18n.t('options.no_button_hint')}
        on={!preferences.pageButton}
        change={(on) => ({ pageButton: !on })}
      />
      <Switch
        id="pictures"
        text={i18n.t('options.pictures')}
        hint={i18n.t('options.pictures_hint')}
        on={preferences.pictures}
        change={(on) => ({ pictures: on })}
      />
    </div>
  );
}
