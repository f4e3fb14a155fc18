/**
 * Runs setup once after an install, an update, or a reload, and when the extension is enabled or the browser starts. No
 * single event covers all of these, but each of them clears `storage.session`.
 */
import { browser } from 'wxt/browser';

const KEY = 'session-began';

/** Calls `setUp` on the background's first start in this session. If it fails, the next start tries again. */
export async function atSessionStart(setUp: () => Promise<unknown>): Promise<void> {
  const stored: Record<string, unknown> = await browser.storage.session.get(KEY);
  if (stored[KEY] === true) return;
  await setUp();
  await browser.storage.session.set({ [KEY]: true });
}
