/** The browser's permission to show notifications: requested when the user turns them on, removed when turned off. */
import { browser } from 'wxt/browser';

const PERMISSION: { permissions: ['notifications'] } = { permissions: ['notifications'] };

export function hasNotificationPermission(): Promise<boolean> {
  return browser.permissions.contains(PERMISSION);
}

/** Prompts the user. Must be the first call in a click handler: browsers forget the click at the first `await`. */
export function requestNotificationPermission(): Promise<boolean> {
  return browser.permissions.request(PERMISSION);
}

export async function removeNotificationPermission(): Promise<void> {
  try {
    await browser.permissions.remove(PERMISSION);
  } catch (error) {
    // Nothing is shown anyway. A permission that an administrator granted cannot be removed.
    console.warn(
      'The browser did not remove the notifications permission.',
      error instanceof Error ? error.message : '',
    );
  }
}

/** Calls back when the user grants or removes any permission. @returns a function that stops this */
export function watchPermissions(changed: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(changed);
  onRemoved.addListener(changed);
  return () => {
    onAdded.removeListener(changed);
    onRemoved.removeListener(changed);
  };
}
