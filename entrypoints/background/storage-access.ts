/** Access to `storage.local`. */
import { browser } from 'wxt/browser';

/**
 * Denies content scripts access to `storage.local` if the browser can (Chromium). Nothing depends on this: Firefox has no
 * such setting, so spending limits are not stored there.
 */
export function keepStorageForExtensionPages(): void {
  const { local } = browser.storage;
  if (!('setAccessLevel' in local)) return;
  local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' }).catch((error: unknown) => {
    console.warn('Content scripts can still access storage.local.', error);
  });
}
