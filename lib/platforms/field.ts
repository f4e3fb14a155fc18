/** Reads what a user typed or pasted: a handle, or a link in any of the forms in which people share profiles. */
import { PLATFORMS, type Platform } from '../model/platform.ts';
import { platform, platformAt } from './index.ts';
import type { PageProfile } from './definition.ts';

/** Longer than any address of a profile, tracking parameters included. */
const MOST_CHARACTERS = 2048;

/** Characters without width that are copied along with a handle from a page. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** ASCII punctuation as keyboards for Chinese, Japanese, and Korean type it. Letters and digits may be part of a TikTok handle. */
const FULL_WIDTH = /[\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E]/g;
/** The distance of each from the character that it means. */
const FULL_WIDTH_OFFSET = 0xfee0;

/** Punctuation around a handle or a link in a sentence. Neither begins or ends with any of it. */
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
 * with or without its scheme; `null` when it is neither. Punctuation around it is ignored.
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

/**
 * The platforms on which a typed or pasted text can be a handle. Empty for links, which name their platform, and for what
 * is no handle anywhere.
 */
export function platformsOf(text: string): Platform[] {
  const clean = withoutSurroundings(text.slice(0, MOST_CHARACTERS));
  if (clean.includes('/') || platformAt(clean.toLowerCase()) !== null) return [];
  return PLATFORMS.filter((one) => readHandleOrLink(text, one)?.platform === one);
}

function readLink(url: URL): PageProfile | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const site = platformAt(url.hostname);
  const handle = site === null ? null : site.handleInLink(url);
  return site === null || handle === null ? null : { platform: site.id, handle };
}
