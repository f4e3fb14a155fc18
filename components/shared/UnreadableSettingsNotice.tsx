import { i18n } from '#i18n';
import type { PreferenceKey } from '../../lib/settings/preferences.ts';
import { useAction } from '../hooks/useAction.ts';
import { resetUnreadable } from '../hooks/usePreferences.ts';
import { Icon } from './Icon.tsx';
import { Button } from './Button.tsx';

function settingName(key: PreferenceKey): string {
  switch (key) {
    case 'askAbove':
      return i18n.t('options.ask_above');
    case 'monthlyLimit':
      return i18n.t('options.monthly');
    case 'creditPrice':
      return i18n.t('options.cost');
    case 'notifySince':
      return i18n.t('options.notify');
    case 'pageButton':
      return i18n.t('unreadable_settings.page_button');
    case 'pictures':
      return i18n.t('options.pictures');
    case 'preferredProvider':
      return i18n.t('unreadable_settings.provider');
    case 'table':
      return i18n.t('unreadable_settings.table');
    case 'views':
      return i18n.t('saved.views');
    case 'rules':
      return i18n.t('saved.rules');
    case 'usedFromPages':
      return i18n.t('unreadable_settings.used_from_pages');
  }
}

interface UnreadableSettingsNoticeProps {
  readonly unreadable: readonly PreferenceKey[];
}

/** Which settings cannot be read, with a button that resets them. */
export default function UnreadableSettingsNotice({ unreadable }: UnreadableSettingsNoticeProps) {
  const { run, busy, error } = useAction();
  const names = new Intl.ListFormat(undefined, { type: 'unit' }).format(unreadable.map(settingName));
  return (
    <div className="storage-notice">
      <p role="alert" className="message">
        <span className="tone-error">
          <Icon name="error" />
        </span>
        <span className="grow">{error ?? i18n.t('unreadable_settings.notice', { names })}</span>
      </p>
      <div className="buttons">
        <Button
          disabled={busy}
          onClick={() => {
            run(resetUnreadable);
          }}
        >
          {i18n.t('unreadable_settings.reset')}
        </Button>
      </div>
    </div>
  );
}
