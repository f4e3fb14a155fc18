/** The browser's leave to reach a provider: asked for with a key, given back with it. */
import { browser } from 'wxt/browser';

/**
 * The match pattern of a base URL's host. Without the port, which Firefox's patterns do not know; the requests
 * themselves go to the exact base URL.
 */
export function hostPattern(baseUrl: string): string {
  const { protocol, hostname } = new URL(baseUrl);
  return `${protocol}//${hostname}/*`;
}

export function mayReach(baseUrl: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [hostPattern(baseUrl)] });
}

/** Must be the first call in a click's handler: browsers forget the click at the first wait. */
export function askToReach(baseUrl: string): Promise<boolean> {
  return browser.permissions.request({ origins: [hostPattern(baseUrl)] });
}

export function giveBack(baseUrl: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [hostPattern(baseUrl)] });
}
