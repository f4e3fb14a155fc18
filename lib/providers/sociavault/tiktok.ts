/**
 * TikTok lists from SociaVault. Source: docs.sociavault.com, "GET /v1/scrape/tiktok/following"; followers were observed.
 * Untrimmed, because the trimmed response omits likes, posts, verification, and `has_more`.
 */
import type { Account } from '../../model/account.ts';
import type { Cursor } from '../../model/ids.ts';
import { z } from '../../zod.ts';
import type { Page, PageRequest } from '../adapter.ts';
import { failure, type Result } from '../failure.ts';
import {
  anything,
  count,
  first,
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
import { UnexpectedCounter } from '../unexpected.ts';
import { open } from './envelope.ts';
import { refusalOfTikTok } from './tiktok-refusal.ts';
import { refusalOfData } from './x-refusal.ts';

const pictureSchema = section({ url_list: anything });

const accountSchema = z.object({
  uid: anything,
  unique_id: text,
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

/** TikTok lists HEIC first, but neither browser supports it. */
const HEIC = /\.heic(?:$|[?#])/i;

function firstUrl(picture: z.infer<typeof pictureSchema> | undefined): string | null {
  const urls = (readList(picture?.url_list) ?? []).filter((url) => typeof url === 'string' && url !== '');
  const [best = null] = [...urls.filter((url) => !HEIC.test(String(url))), ...urls];
  return typeof best === 'string' ? best : null;
}

/** Whether there is a reason for verification; `null` if both fields are absent. The flag `1` is not reliable. */
function readVerified(custom: string | null, enterprise: string | null): boolean | null {
  if (custom === null && enterprise === null) return null;
  return nonEmpty(custom) !== null || nonEmpty(enterprise) !== null;
}

function readAccount(value: unknown): Account | null {
  const parsed = accountSchema.safeParse(value);
  const id = parsed.success ? readId(parsed.data.uid) : null;
  if (!parsed.success || id === null) return null;
  const user = parsed.data;
  return {
    id,
    handle: nonEmpty(user.unique_id),
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

/** `min_time` as the next cursor, in epoch seconds: `null` if there is none, `undefined` if it is not a time. */
function readMinTime(value: unknown): Cursor | null | undefined {
  const offer = readOffer(value);
  if (offer == null) return offer;
  if (/^-\d{1,15}$/.test(offer) || Number(offer) === 0) return null;
  return /^\d{1,16}$/.test(offer) ? offer : undefined;
}

/** Fields of an account that are objects. */
const OBJECT_FIELDS = ['avatar_larger', 'avatar_medium', 'avatar_thumb'];

/**
 * The next cursor. A list ends if `has_more` is false. Without `has_more`, it ends only at a `min_time` of 0 or −1, not
 * if that is missing too.
 * @returns `undefined` if the response does not state how the list continues
 */
function readNext(
  page: { readonly has_more?: unknown; readonly min_time?: unknown },
  sent: Cursor | null,
): Cursor | null | undefined {
  const more = readFlag(page.has_more);
  if (more === false) return null;
  const next = readMinTime(page.min_time);
  // There is more but no cursor for it. Repeating the cursor that was sent makes the list stall.
  if (more === true && next === null) return sent ?? undefined;
  return next === null && isNothing(page.min_time) ? undefined : next;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

export async function fetchTikTokPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const query = { handle: profile.handle, user_id: profile.id ?? undefined, min_time: cursor ?? undefined };
  const sent = await connection.send({ path: `/v1/scrape/tiktok/${relation}`, query });
  if (!sent.ok) return sent;
  const opened = open(sent.response, connection, profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const unreadable = (why: string) =>
    failure({ kind: 'unreadable', status: sent.response.status, why }, { charged });
  const context = { response: sent.response, charged, handle: profile.handle, connection };
  const refused = refusalOfTikTok(data, context) ?? refusalOfData(data, context);
  if (refused !== null) return refused;
  const parsed = listSchema.safeParse(data);
  if (!parsed.success) return unreadable('the response has no data');
  const value = relation === 'followers' ? parsed.data.followers : parsed.data.followings;
  const list = readList(value);
  if (value === undefined || list === null) return unreadable('the list is missing or is not a list');
  const next = readNext(parsed.data, cursor);
  if (next === undefined) return unreadable('the response does not state how the list continues');
  const unexpected = new UnexpectedCounter();
  for (const user of list) unexpected.addListsForObjects(user, OBJECT_FIELDS);
  const accounts = list.map(readAccount).filter((account) => account !== null);
  return {
    ok: true,
    value: {
      accounts,
      unreadable: list.length - accounts.length,
      ...unexpected.counted,
      next,
      expected: parsed.data.total,
      charged,
    },
  };
}
