/** The browser's leave to show notifications: asked for when the user turns them on, given back when off. */
import { browser } from 'wxt/browser';

const LEAVE: { permissions: ['notifications'] } = { permissions: ['notifications'] };

export function mayNotify(): Promise<boolean> {
  return browser.permissions.contains(LEAVE);
}

/** Must be the first call in a click's handler: browsers forget the click at the first wait. */
export function askToNotify(): Promise<boolean> {
  return browser.permissions.request(LEAVE);
}

export async function giveBackNotifying(): Promise<void> {
  try {
    await browser.permissions.remove(LEAVE);
  } catch (error) {
    // Nothing is shown all the same. Leave that an administrator gave cannot be given back.
    console.warn(
      'The browser did not remove the notifications permission.',
      error instanceof Error ? error.message : '',
    );
  }
}

/** Calls back when the user gives or takes back any leave. @returns a function that ends it */
export function watchPermissions(changed: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(changed);
  onRemoved.addListener(changed);
  return () => {
    onAdded.removeListener(changed);
    onRemoved.removeListener(changed);
  };
}
