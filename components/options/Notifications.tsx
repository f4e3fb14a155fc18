import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import {
  askToNotify,
  giveBackNotifying,
  mayNotify,
  watchPermissions,
} from '../../lib/settings/notify-permission.ts';
import { writePreferences, type Preferences } from '../../lib/settings/preferences.ts';

/** Whether the browser allows notifications, kept current; `undefined` until it answered. */
function useMayNotify(): boolean | undefined {
  const [may, setMay] = useState<boolean>();
  useEffect(() => {
    const look = (): void => {
      mayNotify().then(setMay).catch(console.error);
    };
    look();
    return watchPermissions(look);
  }, []);
  return may;
}

/** The switch for notifications. The browser is asked when it is turned on, and not before. */
export function Notifications({ preferences }: { readonly preferences: Preferences }) {
  const may = useMayNotify();
  const [denied, setDenied] = useState(false);
  const wanted = preferences.notifySince !== null;
  const withdrawn = wanted && may === false;
  function turn(on: boolean): void {
    // Asked for before anything is awaited: browsers forget the click.
    const allowed = on ? askToNotify() : Promise.resolve(false);
    setDenied(false);
    allowed
      .then(async (yes) => {
        setDenied(on && !yes);
        await writePreferences({ notifySince: yes ? Date.now() : null });
        if (!on) await giveBackNotifying();
      })
      .catch(console.error);
  }
  const trouble = denied ? i18n.t('options.notify_denied') : withdrawn ? i18n.t('options.notify_gone') : '';
  return (
    <section className="panel" aria-labelledby="notifications">
      <h2 id="notifications">{i18n.t('options.notify')}</h2>
      <div className="check">
        <input
          id="notify"
          type="checkbox"
          checked={wanted && may === true}
          disabled={may === undefined}
          aria-describedby="notify-hint notify-trouble"
          onChange={({ target }) => {
            turn(target.checked);
          }}
        />
        <div>
          <label htmlFor="notify">{i18n.t('options.notify_switch')}</label>
          <p id="notify-hint" className="meta">
            {i18n.t('options.notify_hint')}
          </p>
          <p id="notify-trouble" className="tone-error" aria-live="polite">
            {trouble}
          </p>
        </div>
      </div>
    </section>
  );
}
