/**
 * TikTok through SociaVault. Vendor: docs.sociavault.com, "GET /v1/scrape/tiktok/following"; followers and profile
 * are observed. Untrimmed, because the trimmed answer leaves out likes, posts, verification and `has_more`.
 */
import type { Account, AccountId, ProfileFacts } from '../../model.ts';
import { z } from '../../zod.ts';
import type { Page, PageRequest, ProviderTrouble, Resolved, Result } from '../adapter.ts';
import {
  anything,
  count,
  first,
  flag,
  nonEmpty,
  readCursor,
  readId,
  readList,
  section,
  text,
} from '../fields.ts';
import { failure, type Connection } from '../http.ts';
import { open } from './envelope.ts';

/** TikTok's own status codes, seen inside answers that call themselves a success. */
const STATUS_CODES: Readonly<Record<number, 'hidden-list' | 'no-such-profile'>> = {
  2096: 'hidden-list',
  3002060: 'hidden-list',
  2065: 'no-such-profile',
};

function troubleOfCode(code: number, said: string | null): ProviderTrouble {
  const kind = STATUS_CODES[code];
  return kind === undefined ? { kind: 'provider-broken', status: code, said } : { kind, said };
}

const pictureSchema = section({ url_list: anything });

const accountSchema = z.object({
  uid: anything,
  unique_id: text,
  short_id: text,
  nickname: text,
  signature: text,
  follower_count: count,
  following_count: count,
  aweme_count: count,
  total_favorited: count,
  custom_verify: text,
  enterprise_verify_reason: text,
  secret: anything,
  create_time: count,
  language: text,
  region: text,
  avatar_larger: pictureSchema,
  avatar_medium: pictureSchema,
  avatar_thumb: pictureSchema,
});

function firstUrl(picture: z.infer<typeof pictureSchema> | undefined): string | null {
  const [url] = readList(picture?.url_list) ?? [];
  return typeof url === 'string' ? nonEmpty(url) : null;
}

/** `1` is also carried by accounts that nobody follows: only the reasons tell. Both absent is unknown. */
function readVerified(custom: string | null, enterprise: string | null): boolean | null {
  if (custom === null && enterprise === null) return null;
  return nonEmpty(custom) !== null || nonEmpty(enterprise) !== null;
}

function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 0 || value === 1 ? value === 1 : null;
}

function seconds(time: number | null): number | null {
  return time === null || time === 0 ? null : time * 1000;
}

function readAccount(value: unknown): Account | null {
  const parsed = accountSchema.safeParse(value);
  const id = parsed.success ? readId(parsed.data.uid) : null;
  if (!parsed.success || id === null) return null;
  const user = parsed.data;
  const shortId = user.short_id === '0' ? null : nonEmpty(user.short_id);
  return {
    id,
    handle: first(nonEmpty(user.unique_id), shortId, id),
    name: user.nickname,
    bio: user.signature,
    location: null,
    website: null,
    followers: user.follower_count,
    following: user.following_count,
    posts: user.aweme_count,
    likes: user.total_favorited,
    listed: null,
    verified: readVerified(user.custom_verify, user.enterprise_verify_reason),
    verifiedType: first(nonEmpty(user.custom_verify), nonEmpty(user.enterprise_verify_reason)),
    private: readFlag(user.secret),
    createdAt: seconds(user.create_time),
    language: nonEmpty(user.language),
    region: nonEmpty(user.region),
    avatarUrl: first(firstUrl(user.avatar_larger), firstUrl(user.avatar_medium), firstUrl(user.avatar_thumb)),
    unavailable: null,
  };
}

const listSchema = z.object({
  status_code: count,
  status_msg: text,
  followers: anything,
  followings: anything,
  has_more: flag,
  min_time: anything,
  total: count,
});

/** `min_time` as the next cursor, in epoch seconds; `null` where it names no time. */
function nextTime(minTime: unknown): string | null {
  const digits = typeof minTime === 'number' && Number.isSafeInteger(minTime) ? String(minTime) : minTime;
  return typeof digits === 'string' && /^[1-9]\d{0,15}$/.test(digits) ? digits : null;
}

/**
 * With `has_more`, only its `false` ends a list; without it (a trimmed answer), an empty page does, or a `min_time`
 * that is missing, 0 or −1.
 */
export async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const query = { handle: profile.handle, user_id: profile.id ?? undefined, min_time: cursor ?? undefined };
  const sent = await connection.send({ path: `/v1/scrape/tiktok/${relation}`, query });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const { status } = sent.answer;
  const parsed = listSchema.safeParse(data);
  if (!parsed.success)
    return failure({ kind: 'unreadable', status, why: 'the answer has no data' }, { charged });
  const code = parsed.data.status_code ?? 0;
  if (code !== 0) {
    const trouble = troubleOfCode(code, connection.quote(parsed.data.status_msg));
    return failure(trouble, { charged, retryable: trouble.kind === 'provider-broken' });
  }
  const value = relation === 'followers' ? parsed.data.followers : parsed.data.followings;
  const list = readList(value);
  if (value === undefined || list === null) {
    return failure({ kind: 'unreadable', status, why: 'the list is missing or is none' }, { charged });
  }
  const read = list.map(readAccount);
  const accounts = read.filter((account) => account !== null);
  const { has_more: more, min_time: minTime, total } = parsed.data;
  const ends = more === null ? list.length === 0 : !more;
  return {
    ok: true,
    value: {
      accounts,
      unreadable: list.length - accounts.length,
      next: ends ? null : readCursor(nextTime(minTime)),
      expected: total,
      charged,
    },
  };
}

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
  createTime: count,
  create_time: count,
  avatarLarger: text,
  avatarMedium: text,
  follower_count: count,
  following_count: count,
  aweme_count: count,
});
const statsSchema = section({ followerCount: count, followingCount: count, videoCount: count });
const profileSchema = z.object({
  user: anything,
  stats: statsSchema,
  userInfo: anything,
  status_code: count,
  status_msg: text,
});

function readProfile(data: unknown): { id: AccountId; handle: string | null; facts: ProfileFacts } | null {
  const profile = profileSchema.safeParse(data);
  if (!profile.success) return null;
  if (profile.data.userInfo !== undefined) return readProfile(profile.data.userInfo);
  const { stats } = profile.data;
  const parsed = userSchema.safeParse(profile.data.user ?? data);
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
      followers: first(stats?.followerCount, user.follower_count),
      following: first(stats?.followingCount, user.following_count),
      posts: first(stats?.videoCount, user.aweme_count),
      verified: user.verified,
      private: first(user.privateAccount, readFlag(user.secret)),
      createdAt: seconds(first(user.createTime, user.create_time)),
    },
  };
}

export async function resolve(
  profile: { readonly handle: string },
  connection: Connection,
): Promise<Result<Resolved>> {
  const sent = await connection.send({
    path: '/v1/scrape/tiktok/profile',
    query: { handle: profile.handle },
  });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const outer = profileSchema.safeParse(data);
  const code = (outer.success ? outer.data.status_code : null) ?? 0;
  if (outer.success && code !== 0) {
    const trouble = troubleOfCode(code, connection.quote(outer.data.status_msg));
    return failure(trouble, { charged, retryable: trouble.kind === 'provider-broken' });
  }
  const read = readProfile(data);
  if (read === null) {
    const absent =
      data === null || data === undefined || (typeof data === 'object' && Object.keys(data).length === 0);
    const unreadable = {
      kind: 'unreadable',
      status: sent.answer.status,
      why: 'the profile carries no id',
    } as const;
    return failure(absent ? { kind: 'no-such-profile', said: null } : unreadable, { charged });
  }
  if (read.facts.private === true) return failure({ kind: 'private-profile', said: null }, { charged });
  return { ok: true, value: { ...read, handle: read.handle ?? profile.handle, charged } };
}
