import { useEffect, useState } from 'react';
import type { ActiveProfile } from '../../lib/messages/types.ts';
import { send } from '../../lib/messages/send.ts';

/** The profile of the tab that the popup was opened for; `undefined` until the background answered. */
export function useActiveProfile(): ActiveProfile | null | undefined {
  const [activeProfile, setActiveProfile] = useState<ActiveProfile | null>();
  useEffect(() => {
    let gone = false;
    send('popup.active-profile', {})
      .catch((error: unknown) => {
        // The field takes a handle all the same.
        console.warn('Could not read the active tab.', error instanceof Error ? error.message : '');
        return null;
      })
      .then((answer) => {
        if (!gone) setActiveProfile(answer);
      })
      .catch(console.error);
    return () => {
      gone = true;
    };
  }, []);
  return activeProfile;
}
