/**
 * Whose profile a link belongs to, for text that somebody typed or pasted: posts, pictures, old and odd addresses
 * included. What a page is, and where the button goes, is decided by `handleInPath` alone, which takes much less.
 */
import { handleOfId } from '../model/handles.ts';
import type { Platform } from '../model/platform.ts';
import type { Handle } from '../model/profile.ts';
import { decoded, tiktok } from './tiktok.ts';
import { x } from './x.ts';

const AT = /^(?:@|%40)/;
const USER_ID = /^[0-9]{1,20}$/;

function segmentsOf(path: string): readonly string[] {
  return (path.split(/[?#]/)[0] ?? '').split('/').filter((segment) => segment !== '');
}

function isHandleOfId(text: string): text is Handle {
  return text.startsWith('id.') && USER_ID.test(text.slice(3));
}

function xHandle(text: string): Handle | null {
  const handle = text.replace(AT, '');
  return x.isHandle(handle) ? handle : null;
}

function xId(id: string): Handle | null {
  const handle = handleOfId(id);
  return isHandleOfId(handle) ? handle : null;
}

/** `/ada` and all below it, `/@ada`, `/#!/ada`, `/intent/user?screen_name=ada`, `/i/user/12345`. */
function inXLink({ pathname, hash, searchParams }: URL): Handle | null {
  // Until 2011 the path stood behind a hash-bang.
  const [first = '', second = '', third = ''] = segmentsOf(hash.startsWith('#!/') ? hash.slice(2) : pathname);
  switch (first.toLowerCase()) {
    case 'intent':
      if (!['user', 'follow'].includes(second.toLowerCase())) return null;
      return xHandle(searchParams.get('screen_name') ?? '') ?? xId(searchParams.get('user_id') ?? '');
    case 'i':
      return second.toLowerCase() === 'user' ? xId(third) : null;
    default:
      return xHandle(first);
  }
}

/** `/@ada` and all below it, with or without a locale before. */
function inTiktokLink({ pathname }: URL): Handle | null {
  const named = segmentsOf(pathname)
    .slice(0, 2)
    .find((segment) => AT.test(segment));
  const handle = decoded(named?.replace(AT, '') ?? '').replace(/\.+$/, '');
  return tiktok.isHandle(handle) ? handle : null;
}

/** How each platform's links read. The host has been checked. */
export const HANDLE_IN_LINK: Readonly<Record<Platform, (url: URL) => Handle | null>> = {
  x: inXLink,
  tiktok: inTiktokLink,
};
