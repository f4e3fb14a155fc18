/** TikTok. Rules from TikTok's own pages in 2026. */
import type { Handle } from '../model/profile.ts';
import type { PlatformDefinition } from './definition.ts';
import { AT, segmentsOf } from './links.ts';

/** Letters and digits of any script; a dot at the end is the end of a sentence. */
const HANDLE = /^[\p{L}\p{M}\p{N}_.]{0,29}[\p{L}\p{M}\p{N}_]$/u;

/** An optional locale (`/en`, `/pt-BR`, `/zh-Hant-TW`), then the handle and nothing more. */
const PATH = /^(?:\/[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2})?\/(?:@|%40)([^/]+)\/?$/;

function isHandle(text: string): text is Handle {
  return HANDLE.test(text);
}

/** A decoded segment of a path; unchanged where its percent signs encode nothing. */
function decoded(segment: string): string {
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

export const tiktok: PlatformDefinition = {
  id: 'tiktok',
  name: 'TikTok',
  hosts: ['www.tiktok.com', 'tiktok.com', 'm.tiktok.com'],
  pictureHosts: ['*.tiktokcdn.com', '*.tiktokcdn-eu.com', '*.tiktokcdn-us.com'],
  radius: 8,
  usuallyServes: { from: 5_000, to: 10_000 },
  // After the last of the platform's own buttons; a visitor's own profile has none of them.
  anchors: [after('user-more'), after('user-title')],
  isHandle,
  handleInPath(path) {
    const handle = decoded(PATH.exec(path)?.[1] ?? '');
    return isHandle(handle) ? handle : null;
  },
  // `/@ada` and everything below it, with or without a locale before.
  handleInLink({ pathname }) {
    const named = segmentsOf(pathname)
      .slice(0, 2)
      .find((segment) => AT.test(segment));
    const handle = decoded(named?.replace(AT, '') ?? '').replace(/\.+$/, '');
    return isHandle(handle) ? handle : null;
  },
  profileUrl: (handle) => `https://www.tiktok.com/@${encodeURIComponent(handle.toWellFormed())}`,
  // Its pages state counts only rounded, and in data scripts that get stale without a handle to check them by.
  schemaSelector: null,
  // Only profiles have an address with an `@`.
  proof: () => null,
  idMark: null,
};
