/**
 * Responses of every provider in the shape of its contract, with arbitrary values. The parts that identify a
 * response, and the cursor of the next page, are correct.
 */
import type { Random } from './random.ts';
import { anyText, flagLike, idLike, jsonOf, numberLike, textLike, timeLike } from './values.ts';

export interface ArbitraryList {
  readonly provider: 'sociavault' | 'socialfetch' | 'x-v2' | 'x-v1.1';
  readonly platform: 'x' | 'tiktok';
  readonly handle: string;
  readonly pages: number;
  readonly rows: number;
  /**
   * Where the profile's count is the list's, and responses claim to cost what they do: on all pages, or on all but the
   * last. Otherwise a run within limits ends at the first claim.
   */
  readonly sane?: 'all' | 'all but the last';
}

const PROFILE = '44196397';
/** Decreases from page to page, as positions and times do. */
const TOP = 1_900_000_000;

function serial(page: number, row: number): bigint {
  return 1_000_000_000_000_000_000n + BigInt(page) * 100_000n + BigInt(row);
}

function graphqlUser(random: Random, id: unknown, protectedFlag: unknown = flagLike(random)) {
  const urls = [{ url: textLike(random), expanded_url: textLike(random) }];
  const legacy = {
    name: textLike(random),
    screen_name: textLike(random),
    description: textLike(random),
    location: textLike(random),
    url: textLike(random),
    entities: random.chance(0.5) ? { url: { urls } } : textLike(random),
    followers_count: numberLike(random),
    friends_count: numberLike(random),
    statuses_count: numberLike(random),
    favourites_count: numberLike(random),
    listed_count: numberLike(random),
    created_at: timeLike(random),
    profile_image_url_https: textLike(random),
    protected: protectedFlag,
    verified: flagLike(random),
    verified_type: textLike(random),
  };
  const apart = {
    core: { name: textLike(random), screen_name: textLike(random), created_at: timeLike(random) },
    avatar: { image_url: textLike(random) },
    location: { location: textLike(random) },
    privacy: { protected: protectedFlag },
    verification: { verified: flagLike(random), verified_type: textLike(random) },
    relationship_counts: { followers: numberLike(random), following: numberLike(random) },
    tweet_counts: { tweets: numberLike(random) },
    action_counts: { favorites_count: numberLike(random) },
    profile_bio: { description: textLike(random), entities: { url: { urls } } },
    website: { url: textLike(random) },
  };
  const of = random.pick([{ legacy }, apart, { legacy, ...apart }]);
  return { __typename: 'User', rest_id: id, is_blue_verified: flagLike(random), ...of };
}

function tiktokUser(random: Random, id: unknown): unknown {
  const picture = { url_list: [textLike(random), textLike(random)] };
  return {
    uid: id,
    unique_id: textLike(random),
    short_id: textLike(random),
    sec_uid: textLike(random),
    nickname: textLike(random),
    signature: textLike(random),
    follower_count: numberLike(random),
    following_count: numberLike(random),
    aweme_count: numberLike(random),
    total_favorited: numberLike(random),
    custom_verify: textLike(random),
    enterprise_verify_reason: textLike(random),
    secret: flagLike(random),
    create_time: timeLike(random),
    language: textLike(random),
    region: textLike(random),
    avatar_larger: picture,
    avatar_thumb: textLike(random),
  };
}

function socialFetchUser(random: Random, id: unknown): unknown {
  return {
    handle: textLike(random),
    displayName: textLike(random),
    avatarUrl: textLike(random),
    platformUserId: random.chance(0.8) ? id : null,
    // Used in place of an ID, so it must be unique.
    secUid: `${String(id)} ${anyText(random)}`,
    bio: textLike(random),
    verified: flagLike(random),
    privateAccount: flagLike(random),
    metrics: { followers: numberLike(random), following: numberLike(random) },
    accountCreatedAt: timeLike(random),
    region: textLike(random),
    language: textLike(random),
  };
}

function v2User(random: Random, id: unknown) {
  return {
    id,
    name: textLike(random),
    username: textLike(random),
    created_at: timeLike(random),
    description: textLike(random),
    entities: { url: { urls: [{ expanded_url: textLike(random), url: textLike(random) }] } },
    location: textLike(random),
    profile_image_url: textLike(random),
    protected: flagLike(random),
    public_metrics: {
      followers_count: numberLike(random),
      following_count: numberLike(random),
      tweet_count: numberLike(random),
      listed_count: numberLike(random),
      like_count: numberLike(random),
    },
    url: textLike(random),
    verified: flagLike(random),
    verified_type: textLike(random),
  };
}

function v1User(random: Random, id: unknown) {
  return {
    id_str: id,
    name: textLike(random),
    screen_name: textLike(random),
    description: textLike(random),
    location: textLike(random),
    url: textLike(random),
    followers_count: numberLike(random),
    friends_count: numberLike(random),
    statuses_count: numberLike(random),
    favourites_count: numberLike(random),
    listed_count: numberLike(random),
    created_at: timeLike(random),
    profile_image_url_https: textLike(random),
    protected: flagLike(random),
    verified: flagLike(random),
  };
}

/** The content of the response to a handle lookup. */
export function lookUpOf(list: ArbitraryList, random: Random): string {
  const { provider, platform, handle, pages, rows, sane } = list;
  const expected = pages * rows;
  switch (provider) {
    case 'sociavault': {
      const data =
        platform === 'x'
          ? // A protected profile has no list.
            { user: { result: stated(graphqlUser(random, PROFILE, false)) } }
          : {
              userInfo: {
                user: {
                  id: PROFILE,
                  uniqueId: handle,
                  nickname: textLike(random),
                  signature: textLike(random),
                  avatarLarger: textLike(random),
                  createTime: timeLike(random),
                },
                stats: { followerCount: expected, followingCount: numberLike(random) },
              },
            };
      return jsonOf({ success: true, credits_used: claimOf(list, false, random), data });
    }
    case 'x-v2':
      return jsonOf({ data: stated(v2User(random, PROFILE)) });
    case 'x-v1.1':
      return jsonOf(stated(v1User(random, PROFILE)));
    case 'socialfetch':
      throw new Error('SocialFetch has no lookup.');
  }

  /** The user with the list's own count, where that is wanted. */
  function stated(user: object): object {
    if (sane === undefined) return user;
    const counts = { followers_count: expected };
    return {
      ...user,
      ...counts,
      legacy: { ...('legacy' in user ? (user.legacy as object) : {}), ...counts },
      relationship_counts: { followers: expected },
      public_metrics: counts,
    };
  }
}

/** What a response says it cost. */
function claimOf({ sane }: ArbitraryList, isLast: boolean, random: Random): unknown {
  const isSane = sane === 'all' || (sane === 'all but the last' && !isLast);
  return isSane ? 1 : numberLike(random);
}

/** A page, counted from 0. */
export function pageOf(list: ArbitraryList, page: number, random: Random): string {
  const { provider, platform, pages, rows } = list;
  const isLast = page === pages - 1;
  const ids = Array.from({ length: rows }, (_, row) => idLike(random, serial(page, row)));
  const next = TOP - page - 1;
  switch (provider) {
    case 'sociavault': {
      const credits_used = claimOf(list, isLast, random);
      if (platform === 'tiktok') {
        const followers = ids.map((id) => tiktokUser(random, id));
        const data = { status_code: 0, followers, has_more: !isLast, min_time: isLast ? -1 : next };
        return jsonOf({ success: true, credits_used, data });
      }
      const entries = ids.map((id, row) => ({
        entryId: `user-${String(row)}`,
        content: {
          entryType: 'TimelineTimelineItem',
          itemContent: { itemType: 'TimelineUser', user_results: { result: graphqlUser(random, id) } },
        },
      }));
      const cursor = { bottom: `${String(isLast ? 0 : next)}|1`, top: '-1|1' };
      const instructions = [{ type: 'TimelineAddEntries', entries }];
      return jsonOf({
        success: true,
        credits_used,
        data: { cursor, result: { timeline: { instructions } } },
      });
    }
    case 'socialfetch':
      return jsonOf({
        data: {
          lookupStatus: 'found',
          followers: ids.map((id) => socialFetchUser(random, id)),
          page: { hasMore: !isLast, nextCursor: isLast ? null : String(next) },
          totalFollowers: list.sane === undefined ? numberLike(random) : pages * rows,
        },
        meta: { creditsCharged: claimOf(list, isLast, random) },
      });
    case 'x-v2':
      return jsonOf({
        data: ids.map((id) => v2User(random, id)),
        meta: isLast ? { result_count: rows } : { result_count: rows, next_token: `T${String(page)}` },
      });
    case 'x-v1.1':
      return jsonOf({ ids, next_cursor_str: isLast ? '0' : String(page + 1) });
  }
}

/** The details of accounts, some of them left out. */
export function detailsOf(ids: readonly string[], random: Random): string {
  return jsonOf(ids.filter(() => random.chance(0.95)).map((id) => v1User(random, id)));
}
