/** X's short links: X replaces every address in a bio with `https://t.co/…`, and returns the original separately. */
import type { TrueAccount } from '../population/account.ts';

const LINK = /https?:\/\/[^\s"<>]+/g;

export interface ShortenedLink {
  readonly url: string;
  readonly expanded_url: string;
  readonly display_url: string;
  readonly indices: readonly [number, number];
}

/** A bio as X's interfaces return it, with its shortened links; positions are in code points. */
export function shortenedBio(account: TrueAccount): {
  readonly text: string | null;
  readonly urls: readonly ShortenedLink[];
} {
  if (account.bio === null) return { text: null, urls: [] };
  const urls: ShortenedLink[] = [];
  let text = '';
  let end = 0;
  for (const found of account.bio.matchAll(LINK)) {
    const [expanded] = found;
    text += account.bio.slice(end, found.index);
    end = found.index + expanded.length;
    const url = `https://t.co/${account.id.slice(-9)}${String(urls.length)}`;
    const from = Array.from(text).length;
    text += url;
    const display = expanded.replace(/^https?:\/\//, '');
    urls.push({ url, expanded_url: expanded, display_url: display, indices: [from, from + url.length] });
  }
  return { text: text + account.bio.slice(end), urls };
}
