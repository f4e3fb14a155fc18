import { useEffect, useState } from 'react';
import { readPreferences, watchPreferences, type Preferences } from '../../lib/settings/preferences.ts';

/** The user's preferences, kept current. `undefined` until they are read. */
export function usePreferences(): Preferences | undefined {
  const [preferences, setPreferences] = useState<Preferences>();
  useEffect(() => {
    const ignoring = { now: false };
    const stop = watchPreferences((changed) => {
      ignoring.now = true;
      setPreferences(changed);
    });
    void readPreferences().then((read) => {
      if (!ignoring.now) setPreferences(read);
    });
    return () => {
      ignoring.now = true;
      stop();
    };
  }, []);
  return preferences;
}
