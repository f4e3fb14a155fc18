/** The registry of platforms. A new one is a file in this folder, a line below, and its name in `platformSchema`. */
import type { Platform } from '../model/platform.ts';
import type { IdMark, PageProfile, PlatformDefinition, SchemaSource } from './definition.ts';
import { tiktok } from './tiktok.ts';
import { x } from './x.ts';

export type { PageProfile } from './definition.ts';

const PLATFORMS: Readonly<Record<Platform, PlatformDefinition>> = { x, tiktok };

const ALL: readonly PlatformDefinition[] = Object.values(PLATFORMS);

export function platform(id: Platform): PlatformDefinition {
  return PLATFORMS[id];
}

/** The platform whose profile pages this host serves; `null` for every other host. */
export function platformAt(host: string): PlatformDefinition | null {
  return ALL.find(({ hosts }) => hosts.includes(host)) ?? null;
}

/** The match patterns of every page that may be a profile's. */
export const pageMatches: readonly string[] = ALL.flatMap(({ hosts }) =>
  hosts.map((host) => `https://${host}/*`),
);

/** The match patterns of every link that may lead to a profile; old links are without TLS. */
export const linkMatches: readonly string[] = ALL.flatMap(({ hosts }) =>
  hosts.map((host) => `*://${host}/*`),
);

/** The hosts of all platforms' pictures; `*.` is any host below. */
export const pictureHosts: readonly string[] = ALL.flatMap((site) => site.pictureHosts);

/** The profile whose page, or a tab of it, is at `url`; `null` for every other address. Query and hash do not matter. */
export function readUrl(url: URL): PageProfile | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const site = platformAt(url.hostname);
  const handle = site?.handleInPath(url.pathname) ?? null;
  return site === null || handle === null ? null : { platform: site.id, handle };
}

/** The address of a profile's page on its platform. */
export function profileUrl(id: Platform, handle: string): string {
  return PLATFORMS[id].profileUrl(handle);
}

const MOST_BLOCKS = 8;
const MOST_SCHEMA = 50_000;

/** The profile's ID by the page's own elements, other than its data. */
function markedIds(source: SchemaSource, idMark: IdMark | null): string[] {
  if (idMark === null) return [];
  const { selector, attribute, pattern } = idMark;
  return Array.from(source.querySelectorAll(selector), (element) =>
    pattern.exec(element.getAttribute(attribute) ?? ''),
  ).flatMap((match) => match?.[1] ?? []);
}

/**
 * The texts in which a profile's page describes it as data. They are only selected here, not parsed: those that contain
 * the handle and, where the page states the ID a second time, that ID. After in-page navigation the data of the previous
 * profile may still be there, and planted data may not match the second place.
 */
export function readSchema(source: SchemaSource, { platform: id, handle }: PageProfile): string[] {
  const { schemaSelector, idMark } = PLATFORMS[id];
  if (schemaSelector === null) return [];
  const names = [handle.toLowerCase(), ...markedIds(source, idMark)];
  return Array.from(source.querySelectorAll(schemaSelector), ({ textContent }) => textContent ?? '')
    .filter((text) => text.length <= MOST_SCHEMA && names.every((name) => text.toLowerCase().includes(name)))
    .slice(0, MOST_BLOCKS);
}
