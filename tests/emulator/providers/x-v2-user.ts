/** An account as X API v2 returns it: the requested fields, and those that are always there. */
import type { TrueAccount } from '../population/account.ts';
import type { ResponseStyle } from '../keys.ts';
import { shortenedBio, type ShortenedLink } from './x-links.ts';

const LASTING = [
  'created_at', 'description', 'entities', 'id', 'location', 'name', 'profile_image_url', 'protected', 'public_metrics',
  'url', 'username', 'verified', 'verified_type', 'withheld',
]; // prettier-ignore
const BEFORE = ['most_recent_tweet_id', 'pinned_tweet_id'];
const AFTER = ['most_recent_post_id', 'pinned_post_id'];

/** The names that `user.fields` may contain. */
export function knownFields(style: ResponseStyle): readonly string[] {
  return [
    ...LASTING,
    ...(style.fields === 'after' ? [] : BEFORE),
    ...(style.fields === 'before' ? [] : AFTER),
  ];
}

function metrics(account: TrueAccount, style: ResponseStyle): Record<string, number> {
  return {
    followers_count: account.followers,
    following_count: account.following,
    ...(style.fields === 'after' ? {} : { tweet_count: account.posts }),
    ...(style.fields === 'before' ? {} : { post_count: account.posts }),
    listed_count: account.listed,
    like_count: account.likes,
    media_count: account.media,
  };
}

/** Omitted if there is nothing to list. */
function entitiesOf({ website }: TrueAccount, shortLink: string, links: readonly ShortenedLink[]) {
  const url = { urls: [{ start: 0, end: 23, url: shortLink, expanded_url: website }] };
  const urls = links.map(({ indices: [start, end], ...link }) => ({ start, end, ...link }));
  const entities = {
    ...(website === null ? {} : { url }),
    ...(urls.length === 0 ? {} : { description: { urls } }),
  };
  return Object.keys(entities).length === 0 ? null : entities;
}

function optional(account: TrueAccount, style: ResponseStyle): Readonly<Record<string, unknown>> {
  const shortLink = `https://t.co/${account.id.slice(-10)}`;
  const bio = shortenedBio(account);
  return {
    created_at: new Date(account.createdAt).toISOString(),
    description: bio.text,
    entities: entitiesOf(account, shortLink, bio.urls),
    location: account.location,
    profile_image_url: account.avatarUrl,
    protected: account.private,
    public_metrics: metrics(account, style),
    url: account.website === null ? '' : shortLink,
    verified: account.verified,
    verified_type: account.verifiedType ?? 'none',
  };
}

/** Empty fields are omitted. */
export function v2User(
  account: TrueAccount,
  fields: readonly string[],
  style: ResponseStyle,
): Record<string, unknown> {
  const wanted = Object.entries(optional(account, style)).filter(
    ([name, value]) => fields.includes(name) && value !== null,
  );
  return {
    id: account.id,
    ...(account.name === null ? {} : { name: account.name }),
    username: account.handle,
    ...Object.fromEntries(wanted),
  };
}
