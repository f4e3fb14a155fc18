/** TikTok. Rules from TikTok's own pages as they were in 2026. */
import type { Handle } from '../model.ts';
import type { SitePlatform } from './platform.ts';

const HANDLE = /^[A-Za-z0-9_.]{1,30}$/;

/** An optional locale (`/en`, `/pt-BR`, `/zh-Hant-TW`), then the handle and nothing more. */
const PATH = /^(?:\/[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2})?\/(?:@|%40)([^/]+)\/?$/;

function isHandle(text: string): text is Handle {
  return HANDLE.test(text);
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
    const handle = PATH.exec(path)?.[1];
    return handle !== undefined && isHandle(handle) ? handle : null;
  },
  profileUrl: (handle) => `https://www.tiktok.com/@${encodeURIComponent(handle.toWellFormed())}`,
  // Its pages carry counts only as rounded words, and data scripts that go stale without a name to check them by.
  schemaSelector: null,
  idMark: null,
};
