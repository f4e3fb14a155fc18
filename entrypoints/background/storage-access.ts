/** Who may use `storage.local`. */
import { browser } from 'wxt/browser';

/**
 * Closes `storage.local` to content scripts where the browser can (Chromium). Nothing depends on it: what guards money
 * is not kept there, since Firefox has no such switch.
 */
export function keepStorageForExtensionPages(): void {
  const { local } = browser.storage;
  if (!('setAccessLevel' in local)) return;
  local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' }).catch((error: unknown) => {
    console.warn('Content scripts may still use the storage of small things.', error);
  });
}
