/** The welcome page, which explains how to collect a first list. */
import { browser } from 'wxt/browser';
import type { Relation } from '../../lib/model/platform.ts';
import { profileUrl, type PageProfile } from '../../lib/platforms/index.ts';

const KEY = 'welcomed';

/** Opens the page once per browser profile: an extension that is loaded at every start reports an install each time. */
export async function welcome(): Promise<void> {
  const stored: Record<string, unknown> = await browser.storage.local.get(KEY);
  if (stored[KEY] === true) return;
  await browser.storage.local.set({ [KEY]: true });
  await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
}

/** Opens the page for a profile that cannot be collected before a key is saved. The collection continues there. */
export async function welcomeFor({ platform, handle }: PageProfile, relation: Relation): Promise<void> {
  const wanted = new URLSearchParams({ for: profileUrl(platform, handle), relation });
  await browser.tabs.create({ url: browser.runtime.getURL(`/welcome.html?${wanted.toString()}`) });
}
