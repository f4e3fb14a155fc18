/** Opens extension pages in tabs. */
import { browser } from 'wxt/browser';
import type { ProviderId, SnapshotId } from '../../lib/model/ids.ts';

/** Opens the settings, at a provider's section if one is given. */
export async function openSettings(provider: ProviderId | 'keys' | null): Promise<void> {
  const page = browser.runtime.getURL('/options.html');
  await browser.tabs.create({ url: provider === null ? page : `${page}#${provider}` });
}

/** Opens the dashboard, at a list if one is given. */
export async function openDashboard(list: SnapshotId | null): Promise<void> {
  const page = browser.runtime.getURL('/dashboard.html');
  await browser.tabs.create({ url: list === null ? page : `${page}?list=${list}` });
}

/** Opens the page that collects many profiles, with a text in its field. */
export async function openMany(text: string): Promise<void> {
  const parameters = new URLSearchParams({ view: 'many', for: text });
  const address = `/dashboard.html?${parameters.toString()}` as const;
  // The dashboard stays in its tab.
  if (location.pathname === '/dashboard.html') location.assign(address);
  else await browser.tabs.create({ url: browser.runtime.getURL(address) });
}

/** Opens a provider's website; the addresses come from the adapters. */
export async function openSite(url: string): Promise<void> {
  await browser.tabs.create({ url });
}
