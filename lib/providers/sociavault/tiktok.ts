/**
 * TikTok through SociaVault. Vendor: docs.sociavault.com, "GET /v1/scrape/tiktok/following"; followers and profile
 * are observed. Untrimmed, because the trimmed answer leaves out likes, posts, verification and `has_more`.
 */
import type { Account, AccountId, Cursor, ProfileFacts } from '../../model.ts';
import { z } from '../../zod.ts';
import type { Page, PageRequest, Resolved } from '../adapter.ts';
import { failure, type Result } from '../failure.ts';
import {
  anything,
  count,
  first,
  flag,
  nonEmpty,
  readFlag,
  readId,
  readList,
  readOffer,
  readSeconds,
  section,
  text,
} from '../fields.ts';
import type { Connection } from '../http.ts';
import { open, refusedInside, type DataContext } from './envelope.ts';

/** TikTok's own status codes, seen inside answers that call themselves a success. */
const STATUS_CODES: Readonly<Record<number, 'hidden-list' | 'no-such-profile'>> = {
  2096: 'hidden-list',
  3002060: 'hidden-list',
  2065: 'no-such-profile',
};

const statusSchema = z.object({
  success: flag,
  status_code: anything,
  statusCode: anything,
  status_msg: text,
  statusMsg: text,
});

/** TikTok's own refusal inside an answer that was paid for: a code that is not 0, or a success that is none. */
function refusal(
  data: unknown,
  { answer, charged, handle, connection }: DataContext,
): Extract<Result<never>, { ok: false }> | null {
  const parsed = statusSchema.safeParse(data);
  if (!parsed.success) return null;
  const { success, status_code, statusCode, status_msg, statusMsg } = parsed.data;
  const code = Number(first(readCode(status_code), readCode(statusCode)) ?? 0);
  if (code === 0 && success !== false) return null;
  const message = connection.quote(first(nonEmpty(status_msg), nonEmpty(statusMsg)));
  const kind = STATUS_CODES[code];
  return refusedInside({
    answer,
    message,
    meaning: kind === undefined ? null : { kind },
    charged,
    handle,
    code,
  });
}

/** A status code, as a number or its digits. */
function readCode(value: unknown): string | null {
  const digits = typeof value === 'number' ? String(value) : value;
  return typeof digits === 'string' && /^-?\d{1,15}$/.test(digits) ? digits : null;
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
  create_time: anything,
  language: text,
  region: text,
  avatar_larger: pictureSchema,
  avatar_medium: pictureSchema,
  avatar_thumb: pictureSchema,
});

/** HEIC, which TikTok lists first, is a format that neither browser shows. */
const NOT_SHOWN = /\.heic(?:$|[?#])/i;

function firstUrl(picture: z.infer<typeof pictureSchema> | undefined): string | null {
  const urls = (readList(picture?.url_list) ?? []).filter((url) => typeof url === 'string' && url !== '');
  const [best = null] = [...urls.filter((url) => !NOT_SHOWN.test(String(url))), ...urls];
  return typeof best === 'string' ? best : null;
}

/** `1` is also carried by accounts that nobody follows: only the reasons tell. Both absent is unknown. */
function readVerified(custom: string | null, enterprise: string | null): boolean | null {
  if (custom === null && enterprise === null) return null;
  return nonEmpty(custom) !== null || nonEmpty(enterprise) !== null;
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
    createdAt: readSeconds(user.create_time),
    language: nonEmpty(user.language),
    region: nonEmpty(user.region),
    avatarUrl: first(firstUrl(user.avatar_larger), firstUrl(user.avatar_medium), firstUrl(user.avatar_thumb)),
    unavailable: null,
  };
}

const listSchema = z.object({
  followers: anything,
  followings: anything,
  has_more: anything,
  min_time: anything,
  total: count,
});

/** `min_time` as the next cursor, in epoch seconds: `null` where none follows, `undefined` where it is no time. */
function readMinTime(value: unknown): Cursor | null | undefined {
  const offer = readOffer(value);
  if (offer == null) return offer;
  if (/^-\d{1,15}$/.test(offer) || Number(offer) === 0) return null;
  return /^\d{1,16}$/.test(offer) ? offer : undefined;
}

/**
 * What follows a page. With `has_more`, only its `false` ends a list; without it (a trimmed answer), an empty page
 * does, or a `min_time` that is missing, 0 or −1.
 */
function readNext(
  page: { readonly has_more?: unknown; readonly min_time?: unknown },
  isEmpty: boolean,
  sent: Cursor | null,
): Cursor | null | undefined {
  const more = readFlag(page.has_more);
  if (more === false || (more === null && isEmpty)) return null;
  const next = readMinTime(page.min_time);
  // More is promised, but not where: the list stands still at the cursor that was sent.
  return more === true && next === null ? sent : next;
}

export async function fetchTikTokPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const query = { handle: profile.handle, user_id: profile.id ?? undefined, min_time: cursor ?? undefined };
  const sent = await connection.send({ path: `/v1/scrape/tiktok/${relation}`, query });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection, profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const unreadable = (why: string) =>
    failure({ kind: 'unreadable', status: sent.answer.status, why }, { charged });
  const refused = refusal(data, { answer: sent.answer, charged, handle: profile.handle, connection });
  if (refused !== null) return refused;
  const parsed = listSchema.safeParse(data);
  if (!parsed.success) return unreadable('the answer has no data');
  const value = relation === 'followers' ? parsed.data.followers : parsed.data.followings;
  const list = readList(value);
  if (value === undefined || list === null) return unreadable('the list is missing or is none');
  const next = readNext(parsed.data, list.length === 0, cursor);
  if (next === undefined) return unreadable('the cursor is none');
  const accounts = list.map(readAccount).filter((account) => account !== null);
  return {
    ok: true,
    value: {
      accounts,
      unreadable: list.length - accounts.length,
      next,
      expected: parsed.data.total,
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
  createTime: anything,
  create_time: anything,
  avatarLarger: text,
  avatarMedium: text,
  follower_count: count,
  following_count: count,
  aweme_count: count,
});
const statsSchema = section({ followerCount: count, followingCount: count, videoCount: count });
const profileShape = { user: anything, stats: statsSchema };
const profileSchema = z.object({ ...profileShape, userInfo: section(profileShape) });

function readProfile(data: unknown): { id: AccountId; handle: string | null; facts: ProfileFacts } | null {
  const outer = profileSchema.safeParse(data);
  if (!outer.success) return null;
  const { user: inner, stats } = outer.data.userInfo ?? outer.data;
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
      followers: first(stats?.followerCount, user.follower_count),
      following: first(stats?.followingCount, user.following_count),
      posts: first(stats?.videoCount, user.aweme_count),
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
  const opened = open(sent.answer, connection, profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const refused = refusal(data, { answer: sent.answer, charged, handle: profile.handle, connection });
  if (refused !== null) return refused;
  const read = readProfile(data);
  if (read === null) {
    const absent =
      data === null || data === undefined || (typeof data === 'object' && Object.keys(data).length === 0);
    const unreadable = {
      kind: 'unreadable',
      status: sent.answer.status,
      why: 'the profile has no ID',
    } as const;
    return failure(absent ? { kind: 'no-such-profile', said: null } : unreadable, { charged });
  }
  if (read.facts.private === true) return failure({ kind: 'private-profile', said: null }, { charged });
  return { ok: true, value: { ...read, handle: read.handle ?? profile.handle, charged } };
}
