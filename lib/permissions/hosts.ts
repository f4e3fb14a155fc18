/** The browser's leave to reach a provider: asked for with a key, given back with it. */
import { browser } from 'wxt/browser';

interface Leave {
  readonly origins?: string[];
  readonly data_collection?: string[];
}

/**
 * What Firefox calls the data that goes to a provider: the key, and the profile that is asked about. It asks for the
 * user's consent together with the host; Chromium knows no such leave.
 */
const DATA: Leave =
  import.meta.env.BROWSER === 'firefox'
    ? { data_collection: ['authenticationInfo', 'personallyIdentifyingInfo'] }
    : {};

/**
 * The match pattern of a base URL's host. Without the port, which Firefox's patterns do not know; the requests
 * themselves go to the exact base URL.
 */
export function hostPattern(baseUrl: string): string {
  const { protocol, hostname } = new URL(baseUrl);
  return `${protocol}//${hostname}/*`;
}

/** Whether the browser, and the user's consent where it is asked for, let us send to this host. */
export function mayReach(baseUrl: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [hostPattern(baseUrl)], ...DATA });
}

/** Must be the first call in a click's handler: browsers forget the click at the first wait. */
export function askToReach(baseUrl: string): Promise<boolean> {
  return browser.permissions.request({ origins: [hostPattern(baseUrl)], ...DATA });
}

/** Gives the host back, where it was given; with the last key also the consent to send anything. */
export async function giveBack(baseUrl: string, { isLast }: { readonly isLast: boolean }): Promise<void> {
  if (isLast && DATA.data_collection !== undefined) await browser.permissions.remove(DATA);
  const host = { origins: [hostPattern(baseUrl)] };
  if (await browser.permissions.contains(host)) await browser.permissions.remove(host);
}
