/**
 * What has to be done once after an install, an update, a reload, or when the extension or the browser is switched on.
 * No event tells of all of them; but each empties `storage.session`.
 */
import { browser } from 'wxt/browser';

const KEY = 'session-began';

/** Calls `begin` if this is the session's first start of the background. Where it fails, the next start tries again. */
export async function atSessionStart(begin: () => Promise<unknown>): Promise<void> {
  const stored: Record<string, unknown> = await browser.storage.session.get(KEY);
  if (stored[KEY] === true) return;
  await begin();
  await browser.storage.session.set({ [KEY]: true });
}
