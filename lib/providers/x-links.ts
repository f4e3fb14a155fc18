/**
 * X's short links. X replaces every link with `https://t.co/…`; the original URL is in the text's entities,
 * `{url, expanded_url, display_url, indices}` in all of X's APIs. Links are found by their text, because positions count
 * code points in one API and UTF-16 code units in another.
 */
import { z } from '../zod.ts';
import { first, nonEmpty, readList, text } from './fields.ts';

const linkSchema = z.object({ expanded_url: text, url: text });

const SHORT = /^https?:\/\/t\.co\/[A-Za-z0-9]+$/;
const EACH_SHORT = /https?:\/\/t\.co\/[A-Za-z0-9]+/g;
/** More than fit into a bio of 160 characters. */
const MOST_LINKS = 50;
/** Links with longer URLs stay short, so that the bio stays readable. */
const MAX_URL_LENGTH = 4_000;

/** The original URL of the first link; `null` if it is not stated. */
export function expandedUrl(urls: unknown): string | null {
  const link = linkSchema.safeParse(readList(urls)?.[0]);
  return link.success ? nonEmpty(link.data.expanded_url) : null;
}

/** A profile's website: an expanded URL if there is one, otherwise a URL that isn't short, otherwise a short one. */
export function websiteOf(
  expanded: readonly (string | null)[],
  written: readonly (string | null | undefined)[],
): string | null {
  const urls = written.map((url) => nonEmpty(url ?? null));
  const long = urls.filter((url) => url !== null && !SHORT.test(url));
  return first(...expanded, ...long, ...urls);
}

/** A bio in which short links are replaced with the original URLs from its entities. */
export function expandedBio(bio: string | null, urls: unknown): string | null {
  if (bio?.includes('//t.co/') !== true) return bio;
  const known = new Map<string, string>();
  for (const value of (readList(urls) ?? []).slice(0, MOST_LINKS)) {
    const link = linkSchema.safeParse(value);
    if (!link.success) continue;
    const expanded = nonEmpty(link.data.expanded_url);
    if (link.data.url === null || expanded === null || expanded.length > MAX_URL_LENGTH) continue;
    known.set(link.data.url, expanded);
  }
  return bio.replaceAll(EACH_SHORT, (short) => known.get(short) ?? short);
}
