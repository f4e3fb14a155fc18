/** A TikTok profile from SociaVault: observed, because the vendor doesn't document it. */
import type { AccountId } from '../../model/ids.ts';
import type { ProfileFacts } from '../../model/profile.ts';
import { z } from '../../zod.ts';
import type { Resolved } from '../adapter.ts';
import { failure, type Result } from '../failure.ts';
import {
  anything,
  count,
  exactCount,
  first,
  flag,
  nonEmpty,
  readFlag,
  readId,
  readSeconds,
  section,
  text,
} from '../fields.ts';
import type { Connection } from '../http.ts';
import { open } from './envelope.ts';
import { refusalOfTikTok } from './tiktok-refusal.ts';
import { refusalOfData } from './x-refusal.ts';

const userSchema = z.object({
  id: anything,
  uid: anything,
  uniqueId: text,
  unique_id: text,
  nickname: text,
  signature: text,
  verified: flag,
  privateAccount: flag,
  secret: anything,
  createTime: anything,
  create_time: anything,
  avatarLarger: text,
  avatarMedium: text,
  follower_count: count,
  following_count: count,
  aweme_count: count,
});
const statsSchema = section({ followerCount: count, followingCount: count, videoCount: count });
/** The same counts as text. They are exact; those in `stats` are rounded. */
const exactStatsSchema = section({
  followerCount: exactCount,
  followingCount: exactCount,
  videoCount: exactCount,
});
const profileShape = { user: anything, stats: statsSchema, statsV2: exactStatsSchema };
const profileSchema = z.object({ ...profileShape, userInfo: section(profileShape) });

const outlineSchema = z.object({ userInfo: anything, user: anything, stats: anything, statsV2: anything });

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/**
 * Whether the response contains no profile: there is no data, or the user is `null` or empty and there are no counts. If
 * only the user's field is missing, the format is unknown.
 */
function isAbsent(data: unknown): boolean {
  if (data === undefined || isEmpty(data)) return true;
  const outer = outlineSchema.safeParse(data);
  if (!outer.success) return false;
  const { userInfo } = outer.data;
  if (isEmpty(userInfo)) return true;
  const inner = userInfo === undefined ? outer : outlineSchema.safeParse(userInfo);
  if (!inner.success) return false;
  const { user, stats, statsV2 } = inner.data;
  return isEmpty(user) && [stats, statsV2].every((value) => value === undefined || isEmpty(value));
}

function readProfile(data: unknown): { id: AccountId; handle: string | null; facts: ProfileFacts } | null {
  const outer = profileSchema.safeParse(data);
  if (!outer.success) return null;
  const { user: inner, stats, statsV2 } = outer.data.userInfo ?? outer.data;
  const parsed = userSchema.safeParse(inner ?? data);
  const id = parsed.success ? readId(parsed.data.id ?? parsed.data.uid) : null;
  if (!parsed.success || id === null) return null;
  const user = parsed.data;
  return {
    id,
    handle: first(nonEmpty(user.uniqueId), nonEmpty(user.unique_id)),
    facts: {
      name: user.nickname,
      bio: user.signature,
      location: null,
      website: null,
      avatarUrl: first(nonEmpty(user.avatarLarger), nonEmpty(user.avatarMedium)),
      followers: first(statsV2?.followerCount, stats?.followerCount, user.follower_count),
      following: first(statsV2?.followingCount, stats?.followingCount, user.following_count),
      posts: first(statsV2?.videoCount, stats?.videoCount, user.aweme_count),
      verified: user.verified,
      private: first(user.privateAccount, readFlag(user.secret)),
      createdAt: first(readSeconds(user.createTime), readSeconds(user.create_time)),
    },
  };
}

export async function resolveOnTikTok(
  profile: { readonly handle: string },
  connection: Connection,
): Promise<Result<Resolved>> {
  const sent = await connection.send({
    path: '/v1/scrape/tiktok/profile',
    query: { handle: profile.handle },
  });
  if (!sent.ok) return sent;
  const opened = open(sent.response, connection, profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const context = { response: sent.response, charged, handle: profile.handle, connection };
  const refused = refusalOfTikTok(data, context) ?? refusalOfData(data, context);
  if (refused !== null) return refused;
  const read = readProfile(data);
  if (read === null) {
    const unreadable = {
      kind: 'unreadable',
      status: sent.response.status,
      why: 'the profile has no ID',
    } as const;
    return failure(isAbsent(data) ? { kind: 'no-such-profile', said: null } : unreadable, { charged });
  }
  if (read.facts.private === true) return failure({ kind: 'private-profile', said: null }, { charged });
  return { ok: true, value: { ...read, handle: read.handle ?? profile.handle, charged } };
}
