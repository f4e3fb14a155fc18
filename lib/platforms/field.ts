/** What a text in a field means: a handle, or a link in any of the forms in which people pass profiles on. */
import type { Platform } from '../model/platform.ts';
import { platform, platformAt } from './index.ts';
import type { PageProfile } from './platform.ts';
import { HANDLE_IN_LINK } from './links.ts';

/** Longer than any address of a profile, tracking parameters included. */
const MOST_CHARACTERS = 2048;

/** Marks without width that come along when a handle is copied from a page. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** ASCII's marks as keyboards for Chinese, Japanese and Korean type them. Letters and digits may be a TikTok handle's own. */
const FULL_WIDTH = /[\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E]/g;
/** How far after the character that it means each of them stands. */
const FULL_WIDTH_OFFSET = 0xfee0;

/** What a sentence puts around a handle or a link. Neither begins or ends with any of it. */
const BEFORE = /^[\s("'<[{«“‘„「『【《〈]+/;
const AFTER = /[\s)"'>\]}»”’」』】》〉.,;:!?…。、·]+$/;

const SCHEME = /^https?:\/\//i;

function withoutSurroundings(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(BEFORE, '')
    .replace(AFTER, '');
}

/**
 * The profile that a typed or pasted text means: `@handle` or `handle` on `defaultPlatform`, or any link of a profile
 * with or without its scheme; `null` when it is neither. Punctuation around it is the sentence's.
 */
export function readHandleOrLink(text: string, defaultPlatform: Platform): PageProfile | null {
  if (text.length > MOST_CHARACTERS) return null;
  const clean = withoutSurroundings(text);
  const site = platform(defaultPlatform);
  if (!clean.includes('/') && platformAt(clean.toLowerCase()) === null) {
    const handle = clean.replace(/^@/, '');
    return site.isHandle(handle) ? { platform: site.id, handle } : null;
  }
  const address = SCHEME.test(clean) ? clean : `https://${clean}`;
  return URL.canParse(address) ? readLink(new URL(address)) : null;
}

function readLink(url: URL): PageProfile | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const site = platformAt(url.hostname);
  const handle = site === null ? null : HANDLE_IN_LINK[site.id](url);
  return site === null || handle === null ? null : { platform: site.id, handle };
}
