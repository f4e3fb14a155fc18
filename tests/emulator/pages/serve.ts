/** The platforms' sites: one page per site, which renders itself from its address like a single-page app. */
import { readFileSync } from 'node:fs';
import { json, type Reply } from '../exchange.ts';
import type { Platform } from '../platforms.ts';
import type { Site } from '../routes.ts';
import type { Populations } from '../populations.ts';
import { picture } from './picture.ts';
import { listExcerpt, schemaOf, siteProfile } from './profile.ts';
import { shell } from './shell.ts';

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };
const ASSET = /^\/assets\/((?:x|tiktok|app)\.(js|css))$/;

function text(status: number, type: string, body: string, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
    body,
    rows: 0,
    charge: 0,
  };
}

/** The handle in an address, or `null`. */
function handleIn(platform: Platform, path: string): string | null {
  const pattern =
    platform === 'x'
      ? /^\/([A-Za-z0-9_]{1,20})(?:\/|$)/
      : /^(?:\/[a-z]{2}(?:-[A-Za-z]{2,4})?)?\/@([\p{L}\p{M}\p{N}_.]{1,30})/u;
  return pattern.exec(decodeURI(path))?.[1] ?? null;
}

function themeOf(url: URL, cookie: string): string {
  const requested = url.searchParams.get('theme') ?? /(?:^|; )theme=(\w+)/.exec(cookie)?.[1] ?? '';
  return ['light', 'dim', 'dark'].includes(requested) ? requested : 'auto';
}

/** `?theme=light|dim|dark` and `?viewer=HANDLE` (one's own profile) are stored in cookies. */
function keptSettings(url: URL): string[] {
  return ['theme', 'viewer'].flatMap((name) => {
    const value = url.searchParams.get(name);
    return value !== null && /^[\w.]{0,30}$/.test(value) ? [`${name}=${value}; Path=/; SameSite=Lax`] : [];
  });
}

/** A site's response to `url`. Unknown profiles are pages too, as on the real sites. */
export function servePage(site: Site, url: URL, cookie: string, populations: Populations): Reply {
  if (site === 'pictures')
    return text(200, 'image/svg+xml', picture(url.pathname), { 'cache-control': 'max-age=3600' });
  const asset = ASSET.exec(url.pathname);
  if (asset?.[1] !== undefined) {
    const file = new URL(`./assets/${asset[1]}`, import.meta.url);
    return text(200, TYPES[asset[2] ?? ''] ?? 'text/plain', readFileSync(file, 'utf8'));
  }
  if (url.pathname === '/favicon.ico') return text(200, 'image/svg+xml', picture(site));
  if (url.pathname === '/api/list') {
    const population = populations.byHandle(site, url.searchParams.get('handle') ?? '');
    const relation = url.searchParams.get('relation') === 'following' ? 'following' : 'followers';
    return json(200, population === undefined ? [] : listExcerpt(population, relation));
  }
  if (url.pathname === '/api/profile') {
    const population = populations.byHandle(site, url.searchParams.get('handle') ?? '');
    return json(200, population === undefined ? null : siteProfile(population));
  }
  const handle = handleIn(site, url.pathname);
  const population = handle === null ? undefined : populations.byHandle(site, handle);
  const viewer = url.searchParams.get('viewer') ?? /(?:^|; )viewer=([\w.]+)/.exec(cookie)?.[1] ?? '';
  const body = shell({
    site,
    theme: themeOf(url, cookie),
    viewer,
    profile: population === undefined ? null : siteProfile(population),
    schema: site === 'x' && population !== undefined ? schemaOf(population) : null,
    others: populations
      .populations(site)
      .slice(0, 4)
      .map(({ owner }) => ({ handle: owner.handle, name: owner.name ?? owner.handle })),
  });
  return text(200, 'text/html', body, {
    // As strict as the real sites: what runs here must also run there.
    'content-security-policy':
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; object-src 'none'; base-uri 'none'",
    'set-cookie': keptSettings(url),
  });
}
