/** The page that leads from nothing to the first list. */
import { browser } from 'wxt/browser';

const KEY = 'welcomed';

/** Opens it, once a profile: a browser that loads the extension anew at each start calls each of them an install. */
export async function welcome(): Promise<void> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  if (stored[KEY] === true) return;
  await browser.storage.local.set({ [KEY]: true });
  await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
}
