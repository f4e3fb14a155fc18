/** The browser's permission to send requests to a provider's host: requested with a key, removed with it. */
import { browser } from 'wxt/browser';

interface Permissions {
  readonly origins?: string[];
  readonly data_collection?: string[];
}

/**
 * Firefox's names for the data that is sent to a provider: the key, and the profile that is requested. Firefox prompts for
 * the user's consent together with the host; Chromium has no such permission.
 */
const DATA: Permissions =
  import.meta.env.BROWSER === 'firefox'
    ? { data_collection: ['authenticationInfo', 'personallyIdentifyingInfo'] }
    : {};

/**
 * The match pattern of a base URL's host, without the port, which Firefox's patterns do not support. The requests
 * themselves go to the exact base URL.
 */
export function hostPattern(baseUrl: string): string {
  const { protocol, hostname } = new URL(baseUrl);
  return `${protocol}//${hostname}/*`;
}

/** Whether requests to this host are permitted, with the user's consent where the browser requires it. */
export function hasHostPermission(baseUrl: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [hostPattern(baseUrl)], ...DATA });
}

/** Prompts the user. Must be the first call in a click handler: browsers forget the click at the first `await`. */
export function requestHostPermission(baseUrl: string): Promise<boolean> {
  return browser.permissions.request({ origins: [hostPattern(baseUrl)], ...DATA });
}

/** Removes the permission for the host, if there is one; with the last key, also the consent to send data. */
export async function removeHostPermission(
  baseUrl: string,
  { isLast }: { readonly isLast: boolean },
): Promise<void> {
  if (isLast && DATA.data_collection !== undefined) await browser.permissions.remove(DATA);
  const host = { origins: [hostPattern(baseUrl)] };
  if (await browser.permissions.contains(host)) await browser.permissions.remove(host);
}
