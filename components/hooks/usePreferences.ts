import { useSyncExternalStore } from 'react';
import { send } from '../../lib/messages/send.ts';
import type { ProviderId } from '../../lib/model/ids.ts';
import type { CreditPrice } from '../../lib/model/money.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import type { FoundPreferences, Preferences } from '../../lib/settings/preferences.ts';
import { store } from './store.ts';

type Known =
  | { readonly kind: 'found'; readonly found: FoundPreferences }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The page's shared copy, read once and kept current while the page is open. */
let current: Known | undefined;
let watching = false;
const listeners = new Set<() => void>();

function take(known: Known): void {
  current = known;
  for (const listener of listeners) listener();
}

function fail(error: unknown): void {
  take({ kind: 'failed', error });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!watching) {
    watching = true;
    readPreferences(store)
      .then(() => {
        store.settings.watch((found) => {
          take({ kind: 'found', found });
        }, fail);
      })
      .catch(fail);
  }
  return () => {
    listeners.delete(listener);
  };
}

function known(): Known | undefined {
  return current;
}

/** The user's preferences and which of them cannot be read, kept current. `undefined` until they are read. */
export function useFoundPreferences(): FoundPreferences | undefined {
  const now = useSyncExternalStore(subscribe, known);
  // Like the database hooks: thrown, so that the page shows the storage error.
  if (now?.kind === 'failed') throw now.error;
  return now?.found;
}

/** The user's preferences, kept current. `undefined` until they are read. */
export function usePreferences(): Preferences | undefined {
  return useFoundPreferences()?.preferences;
}

/** What the user pays for a provider's credits; `null` if the user has not entered it. */
export function useCreditPrice(provider: ProviderId | null): CreditPrice | null {
  const preferences = usePreferences();
  return (provider === null ? null : preferences?.creditPrice[provider]) ?? null;
}

/** Resets unreadable preferences to their defaults, and notifies the background. */
export async function resetUnreadable(): Promise<void> {
  await store.settings.reset();
  await send('preferences.changed', {});
}

/** Changes some preferences, based on their current values, and notifies the background. */
export async function changePreferences(change: (now: Preferences) => Partial<Preferences>): Promise<void> {
  await store.settings.change(change);
  await send('preferences.changed', {});
}
