/** Determines the provider or site of a request. */
import type { Provider } from './providers/provider.ts';
import { PROVIDERS } from './providers/all.ts';

export type Site = 'x' | 'tiktok' | 'pictures';

export type Target =
  | { readonly kind: 'provider'; readonly provider: Provider; readonly path: string }
  | { readonly kind: 'site'; readonly site: Site; readonly path: string }
  | { readonly kind: 'nobody'; readonly path: string };

const SITES: Readonly<Record<string, Site>> = {
  'x.com': 'x',
  'www.x.com': 'x',
  'mobile.x.com': 'x',
  'twitter.com': 'x',
  'www.twitter.com': 'x',
  'mobile.twitter.com': 'x',
  'tiktok.com': 'tiktok',
  'www.tiktok.com': 'tiktok',
  'm.tiktok.com': 'tiktok',
  'pbs.twimg.com': 'pictures',
  'p16-common-sign.tiktokcdn.com': 'pictures',
};

/** All host names that the TLS port serves. */
export const HOSTS: readonly string[] = [
  ...new Set([...Object.keys(SITES), ...PROVIDERS.flatMap(({ hosts }) => hosts)]),
];

function providerOf(candidates: readonly Provider[], path: string): Target | null {
  const provider = candidates.find(({ root }) => path.startsWith(root));
  return provider === undefined ? null : { kind: 'provider', provider, path };
}

/** By host name; on this machine's own, by the first part of the path. */
export function route(host: string, path: string): Target {
  const named = providerOf(
    PROVIDERS.filter(({ hosts }) => hosts.includes(host)),
    path,
  );
  if (named !== null) return named;
  const site = SITES[host];
  if (site !== undefined) return { kind: 'site', site, path };
  if (host === '127.0.0.1' || host === 'localhost') {
    const prefixed = PROVIDERS.filter(({ prefix }) => path.startsWith(`${prefix}/`));
    const [first] = prefixed;
    const found = first === undefined ? null : providerOf(prefixed, path.slice(first.prefix.length));
    if (found !== null) return found;
  }
  return { kind: 'nobody', path };
}
