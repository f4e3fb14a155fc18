import { useSyncExternalStore } from 'react';
import type { CreditPrice, ProviderId } from '../../lib/model.ts';
import { readPreferences, watchPreferences, type Preferences } from '../../lib/settings/preferences.ts';

/** One copy for the whole page, read once and kept current as long as the page is open. */
let current: Preferences | undefined;
let watching = false;
const told = new Set<() => void>();

function take(preferences: Preferences): void {
  current = preferences;
  for (const tell of told) tell();
}

function subscribe(tell: () => void): () => void {
  told.add(tell);
  if (!watching) {
    watching = true;
    watchPreferences(take);
    readPreferences()
      .then((read) => {
        // A change that came meanwhile is newer.
        if (current === undefined) take(read);
      })
      .catch(console.error);
  }
  return () => {
    told.delete(tell);
  };
}

function read(): Preferences | undefined {
  return current;
}

/** The user's preferences, kept current. `undefined` until they are read. */
export function usePreferences(): Preferences | undefined {
  return useSyncExternalStore(subscribe, read);
}

/** What the user pays for a provider's credits; `null` where it was not said. */
export function useCreditPrice(provider: ProviderId | null): CreditPrice | null {
  const preferences = usePreferences();
  return (provider === null ? null : preferences?.creditPrice[provider]) ?? null;
}
