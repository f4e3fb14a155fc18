/** An account as X's GraphQL returns it, in the three shapes seen since 2024. */
import type { TrueAccount } from '../population/account.ts';
import { rubyDate } from './x-dates.ts';
import { shortenedBio } from './x-links.ts';

export type UserShape = 'A' | 'B' | 'C';

/** Empty fields are omitted, as X omits them. */
function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

function shortLink(account: TrueAccount): string | null {
  return account.website === null ? null : `https://t.co/${account.id.slice(-10)}`;
}

function links(account: TrueAccount): Record<string, unknown> | null {
  if (account.website === null) return null;
  const display = account.website.replace('https://', '');
  return {
    urls: [
      { display_url: display, expanded_url: account.website, url: shortLink(account), indices: [0, 23] },
    ],
  };
}

function head(account: TrueAccount): Record<string, unknown> {
  return {
    __typename: 'User',
    affiliates_highlighted_label: {},
    has_graduated_access: true,
    id: Buffer.from(`User:${account.id}`).toString('base64'),
    is_blue_verified: account.verifiedType === 'blue',
    profile_image_shape: account.verifiedType === 'business' ? 'Square' : 'Circle',
    rest_id: account.id,
    super_follow_eligible: false,
    super_followed_by: false,
    super_following: false,
    tipjar_settings: {},
  };
}

function officialType(account: TrueAccount): 'Business' | 'Government' | null {
  if (account.verifiedType === 'business') return 'Business';
  return account.verifiedType === 'government' ? 'Government' : null;
}

/** The content of `legacy` in shapes A and B. */
function commonLegacy(account: TrueAccount): Record<string, unknown> {
  const { text, urls } = shortenedBio(account);
  return filled({
    default_profile: false,
    default_profile_image: account.avatarUrl === null,
    description: text,
    entities: filled({ description: { urls }, url: links(account) }),
    fast_followers_count: 0,
    favourites_count: account.likes,
    followers_count: account.followers,
    friends_count: account.following,
    has_custom_timelines: false,
    is_translator: false,
    listed_count: account.listed,
    media_count: account.media,
    normal_followers_count: account.followers,
    pinned_tweet_ids_str: [],
    possibly_sensitive: false,
    profile_interstitial_type: '',
    statuses_count: account.posts,
    translator_type: 'none',
    url: shortLink(account),
    verified_type: officialType(account),
    want_retweets: false,
    withheld_in_countries: [],
  });
}

function shapeA(account: TrueAccount): Record<string, unknown> {
  return {
    ...head(account),
    legacy: {
      blocked_by: false,
      blocking: false,
      can_dm: false,
      can_media_tag: true,
      follow_request_sent: false,
      followed_by: false,
      following: false,
      muting: false,
      notifications: false,
      ...commonLegacy(account),
      ...filled({
        created_at: rubyDate(account.createdAt),
        location: account.location ?? '',
        name: account.name,
        profile_image_url_https: account.avatarUrl,
        protected: account.private,
        screen_name: account.handle,
        verified: officialType(account) !== null,
      }),
    },
  };
}

/** `core`, `avatar`, `location`, `privacy`, and `verification`, which shapes B and C share. */
function sections(account: TrueAccount): Record<string, unknown> {
  return filled({
    avatar: account.avatarUrl === null ? null : { image_url: account.avatarUrl },
    core: filled({
      created_at: rubyDate(account.createdAt),
      name: account.name,
      screen_name: account.handle,
    }),
    location: { location: account.location ?? '' },
    privacy: { protected: account.private },
    verification: filled({ verified: officialType(account) !== null, verified_type: officialType(account) }),
  });
}

function shapeB(account: TrueAccount): Record<string, unknown> {
  return { ...head(account), ...sections(account), legacy: commonLegacy(account) };
}

/** Shape C has had the blue check next to `rest_id` and in `verification`: here the account's own ID decides. */
function verificationOf(account: TrueAccount): Record<string, unknown> {
  const { is_blue_verified: blue, ...rest } = head(account);
  const shared = sections(account);
  if (BigInt(account.id) % 2n === 0n) return { ...rest, is_blue_verified: blue, ...shared };
  const verification = Object.assign({ is_blue_verified: blue }, shared['verification']);
  return { ...rest, ...shared, verification };
}

/**
 * X puts its short link into `website.url` and its target into the entities of the bio, even if there is no bio.
 * Links inside the bio are shortened too.
 */
function bioOf(account: TrueAccount): Record<string, unknown> {
  const { text, urls } = shortenedBio(account);
  const entities = filled({ description: { urls }, url: links(account) });
  return account.bio === null && account.website === null ? {} : filled({ description: text, entities });
}

function shapeC(account: TrueAccount): Record<string, unknown> {
  return filled({
    ...verificationOf(account),
    action_counts: { favorites_count: account.likes },
    banner: { image_url: `https://pbs.twimg.com/profile_banners/${account.id}/1` },
    profile_bio: bioOf(account),
    relationship_counts: { followers: account.followers, following: account.following },
    tweet_counts: { tweets: account.posts, media_tweets: account.media },
    website: account.website === null ? null : { url: shortLink(account) },
  });
}

const SHAPES = { A: shapeA, B: shapeB, C: shapeC } as const;

/** The user object; with `mixed`, the account's own ID decides, so that it always looks the same. */
export function graphqlUser(account: TrueAccount, shape: UserShape | 'mixed'): Record<string, unknown> {
  const turn = (['A', 'B', 'C'] as const)[Number(BigInt(account.id) % 3n)] ?? 'A';
  return SHAPES[shape === 'mixed' ? turn : shape](account);
}

/** The placeholder for a user whom X no longer shows. */
export function unavailableUser(): Record<string, unknown> {
  return { __typename: 'UserUnavailable', reason: 'Suspended', unavailable_reason: 'Suspended' };
}
