import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import {
  requestNotificationPermission,
  removeNotificationPermission,
  hasNotificationPermission,
  watchPermissions,
} from '../../lib/permissions/notifications.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { changePreferences } from '../hooks/usePreferences.ts';
import { FieldError } from '../shared/ErrorText.tsx';

/** Whether the browser allows notifications, kept current; `undefined` until it responds. */
function useMayNotify(): boolean | undefined {
  const [may, setMay] = useState<boolean>();
  useEffect(() => {
    const look = (): void => {
      hasNotificationPermission().then(setMay).catch(console.error);
    };
    look();
    return watchPermissions(look);
  }, []);
  return may;
}

/** The switch for notifications. Permission is requested only when it is turned on. */
export function Notifications({ preferences }: { readonly preferences: Preferences }) {
  const may = useMayNotify();
  const [denied, setDenied] = useState(false);
  /** A pending click, and the preference that it was meant to change. */
  const [clicked, setClicked] = useState<{ readonly on: boolean; readonly from: number | null } | null>(null);
  const { notifySince } = preferences;
  const wanted = notifySince !== null;
  const pending = clicked !== null && clicked.from === notifySince ? clicked.on : null;
  const revoked = wanted && may === false;
  function turn(on: boolean): void {
    // Requested before any `await`, because browsers require a user gesture.
    const allowed = on ? requestNotificationPermission() : Promise.resolve(false);
    setDenied(false);
    setClicked({ on, from: notifySince });
    allowed
      .then(async (yes) => {
        setDenied(on && !yes);
        if (on && !yes) setClicked(null);
        await changePreferences(() => ({ notifySince: yes ? Date.now() : null }));
        if (!on) await removeNotificationPermission();
      })
      .catch(console.error);
  }
  const error = denied ? i18n.t('options.notify_denied') : revoked ? i18n.t('options.notify_gone') : null;
  return (
    <div className="panel">
      <div className="check">
        <input
          id="notify"
          type="checkbox"
          checked={pending ?? (wanted && may === true)}
          disabled={may === undefined}
          aria-describedby="notify-hint notify-error"
          onChange={({ target }) => {
            turn(target.checked);
          }}
        />
        <div>
          <label htmlFor="notify">{i18n.t('options.notify_switch')}</label>
          <p id="notify-hint" className="meta">
            {i18n.t('options.notify_hint')}
          </p>
          <FieldError id="notify-error" error={error} />
        </div>
      </div>
    </div>
  );
}
