/**
 * X's GraphQL user object, in its three versions: everything in `legacy` (until mid-2025), names and flags outside of it
 * (since mid-2025), and no `legacy` at all (since August 2026). Source: SociaVault, "Followers".
 */
import type { Account } from '../model/account.ts';
import { z } from '../zod.ts';
import {
  anything,
  anyTrue,
  count,
  first,
  flag,
  nonEmpty,
  readId,
  readTime,
  section,
  text,
  verifiedType,
} from './fields.ts';
import { expandedBio, expandedUrl, websiteOf } from './x-links.ts';

const entities = section({ url: section({ urls: anything }), description: section({ urls: anything }) });

const userSchema = z.object({
  __typename: text,
  rest_id: anything,
  is_blue_verified: flag,
  legacy: section({
    name: text,
    screen_name: text,
    description: text,
    location: text,
    url: text,
    entities,
    followers_count: count,
    friends_count: count,
    statuses_count: count,
    favourites_count: count,
    listed_count: count,
    created_at: text,
    profile_image_url_https: text,
    protected: flag,
    verified: flag,
    verified_type: text,
  }),
  core: section({ name: text, screen_name: text, created_at: text }),
  avatar: section({ image_url: text }),
  location: section({ location: text }),
  privacy: section({ protected: flag }),
  verification: section({ is_blue_verified: flag, verified: flag, verified_type: text }),
  relationship_counts: section({ followers: count, following: count }),
  tweet_counts: section({ tweets: count }),
  action_counts: section({ favorites_count: count }),
  profile_bio: section({ description: text, entities }),
  website: section({ url: text }),
});

/** Fields of a user object that are objects. */
export const USER_SECTIONS: readonly string[] = [
  'legacy',
  'core',
  'avatar',
  'location',
  'privacy',
  'verification',
  'relationship_counts',
  'tweet_counts',
  'action_counts',
  'profile_bio',
  'website',
];

/** The account that a GraphQL user object describes; `null` if it has no ID. */
export function readGraphqlUser(value: unknown): Account | null {
  const parsed = userSchema.safeParse(value);
  if (!parsed.success) return null;
  const user = parsed.data;
  const { legacy, core } = user;
  const id = readId(user.rest_id);
  if (id === null) return null;
  const kind = first(verifiedType(user.verification?.verified_type), verifiedType(legacy?.verified_type));
  const bio = user.profile_bio;
  const isBlue = anyTrue(user.is_blue_verified, user.verification?.is_blue_verified);
  const flags = [isBlue, user.verification?.verified, legacy?.verified];
  return {
    id,
    handle: first(nonEmpty(core?.screen_name ?? null), nonEmpty(legacy?.screen_name ?? null)),
    name: first(core?.name, legacy?.name),
    bio: first(
      expandedBio(bio?.description ?? null, bio?.entities?.description?.urls),
      expandedBio(legacy?.description ?? null, legacy?.entities?.description?.urls),
    ),
    location: nonEmpty(first(user.location?.location, legacy?.location)),
    website: websiteOf(
      [expandedUrl(bio?.entities?.url?.urls), expandedUrl(legacy?.entities?.url?.urls)],
      [user.website?.url, legacy?.url],
    ),
    followers: first(user.relationship_counts?.followers, legacy?.followers_count),
    following: first(user.relationship_counts?.following, legacy?.friends_count),
    posts: first(user.tweet_counts?.tweets, legacy?.statuses_count),
    likes: first(user.action_counts?.favorites_count, legacy?.favourites_count),
    listed: first(legacy?.listed_count),
    verified: kind === null ? anyTrue(...flags) : true,
    verifiedType: first(kind, isBlue === true ? 'blue' : null),
    private: first(user.privacy?.protected, legacy?.protected),
    createdAt: readTime(first(core?.created_at, legacy?.created_at)),
    language: null,
    region: null,
    avatarUrl: first(
      nonEmpty(user.avatar?.image_url ?? null),
      nonEmpty(legacy?.profile_image_url_https ?? null),
    ),
    unavailable: null,
  };
}
