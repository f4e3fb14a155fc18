/** The welcome page, which explains how to collect a first list. */
import { browser } from 'wxt/browser';

const KEY = 'welcomed';

/** Opens the page once per browser profile: an extension that is loaded at every start reports an install each time. */
export async function welcome(): Promise<void> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  if (stored[KEY] === true) return;
  await browser.storage.local.set({ [KEY]: true });
  await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
}
