/**
 * X's short links. Whatever address somebody writes, X serves `https://t.co/…`; what it stands for is in the entities
 * beside the text: `{url, expanded_url, display_url, indices}` in all of X's interfaces. Links are found by their text,
 * for positions count code points in one interface and UTF-16 in another.
 */
import { z } from '../zod.ts';
import { first, nonEmpty, readList, text } from './fields.ts';

const linkSchema = z.object({ expanded_url: text, url: text });

const SHORT = /^https?:\/\/t\.co\/[A-Za-z0-9]+$/;
const EACH_SHORT = /https?:\/\/t\.co\/[A-Za-z0-9]+/g;
/** A bio of 160 characters holds no more; what is longer is no list of links. */
const MOST_LINKS = 50;
/** Longer addresses are left short: a bio is a text for people. */
const LONGEST = 4_000;

/** What the first link of a profile's own address stands for; `null` where it is not said. */
export function expandedUrl(urls: unknown): string | null {
  const link = linkSchema.safeParse(readList(urls)?.[0]);
  return link.success ? nonEmpty(link.data.expanded_url) : null;
}

/** A profile's address: the expanded one wherever it stands, else an address that is none of X's short ones, else that. */
export function websiteOf(
  expanded: readonly (string | null)[],
  written: readonly (string | null | undefined)[],
): string | null {
  const addresses = written.map((address) => nonEmpty(address ?? null));
  const long = addresses.filter((address) => address !== null && !SHORT.test(address));
  return first(...expanded, ...long, ...addresses);
}

/** A bio with its short links as what they stand for, as far as its entities say. */
export function expandedBio(bio: string | null, urls: unknown): string | null {
  if (bio?.includes('//t.co/') !== true) return bio;
  const known = new Map<string, string>();
  for (const value of (readList(urls) ?? []).slice(0, MOST_LINKS)) {
    const link = linkSchema.safeParse(value);
    if (!link.success) continue;
    const expanded = nonEmpty(link.data.expanded_url);
    if (link.data.url === null || expanded === null || expanded.length > LONGEST) continue;
    known.set(link.data.url, expanded);
  }
  return bio.replaceAll(EACH_SHORT, (short) => known.get(short) ?? short);
}
