import { useEffect, useState } from 'react';
import type { ActiveProfile } from '../../lib/messages/types.ts';
import { send } from '../../lib/messages/send.ts';

/** The profile of the tab that the popup was opened on; `undefined` until the background responds. */
export function useActiveProfile(): ActiveProfile | null | undefined {
  const [activeProfile, setActiveProfile] = useState<ActiveProfile | null>();
  useEffect(() => {
    let isCancelled = false;
    send('popup.active-profile', {})
      .catch((error: unknown) => {
        // The user can still enter a handle in the field.
        console.warn('Could not read the active tab.', error instanceof Error ? error.message : '');
        return null;
      })
      .then((response) => {
        if (!isCancelled) setActiveProfile(response);
      })
      .catch(console.error);
    return () => {
      isCancelled = true;
    };
  }, []);
  return activeProfile;
}
