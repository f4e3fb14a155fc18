/** TikTok. Rules from TikTok's own pages as they were in 2026. */
import type { Handle } from '../model/profile.ts';
import type { SitePlatform } from './platform.ts';

/** Letters and digits of any script; a dot at the end is the end of somebody's sentence. */
const HANDLE = /^[\p{L}\p{M}\p{N}_.]{0,29}[\p{L}\p{M}\p{N}_]$/u;

/** An optional locale (`/en`, `/pt-BR`, `/zh-Hant-TW`), then the handle and nothing more. */
const PATH = /^(?:\/[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2})?\/(?:@|%40)([^/]+)\/?$/;

function isHandle(text: string): text is Handle {
  return HANDLE.test(text);
}

/** A segment of a path without its percent signs; as it is where they mean nothing. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}

function after(mark: string) {
  return { selector: `[data-e2e="user-page"] [data-e2e="${mark}"]`, notWithin: null, side: 'after' } as const;
}

export const tiktok: SitePlatform = {
  id: 'tiktok',
  name: 'TikTok',
  hosts: ['www.tiktok.com', 'tiktok.com', 'm.tiktok.com'],
  radius: 8,
  // Behind the last of the platform's own buttons; a visitor's own profile has none of them.
  anchors: [after('user-more'), after('user-title')],
  isHandle,
  handleInPath(path) {
    const handle = decoded(PATH.exec(path)?.[1] ?? '');
    return isHandle(handle) ? handle : null;
  },
  profileUrl: (handle) => `https://www.tiktok.com/@${encodeURIComponent(handle.toWellFormed())}`,
  // Its pages carry counts only as rounded words, and data scripts that go stale without a name to check them by.
  schemaSelector: null,
  // An address with an `@` is a profile's and nobody else's.
  proof: () => null,
  idMark: null,
};
