/**
 * twitterapi.io: followers and following on X. Source: docs.twitterapi.io. Every returned account costs 15 credits, a
 * profile 18, and a request at least 15; 100,000 credits are US$1. Lists are requested by handle; the lookup states the
 * profile's ID and counts, which lists don't. Two formats of accounts occur, also in one page.
 */
import type { Account } from '../model/account.ts';
import { providerIdSchema, type Cursor } from '../model/ids.ts';
import { pagePrice, type Price } from '../model/money.ts';
import { RELATIONS } from '../model/platform.ts';
import { profileFacts, type Profile } from '../model/profile.ts';
import { z } from '../zod.ts';
import { defineAdapter, type Page, type PageRequest, type Resolved } from './adapter.ts';
import { cursorTimes } from './cursor-times.ts';
import { failedResponse, isHostError, readErrorText, type ErrorMeaning } from './error-response.ts';
import { failure, type Result } from './failure.ts';
import {
  anything,
  anyTrue,
  count,
  first,
  flag,
  nonEmpty,
  readCursor,
  readId,
  readList,
  readTime,
  section,
  text,
  verifiedType,
} from './fields.ts';
import type { Connection, ReceivedResponse } from './http.ts';
import { UnexpectedCounter } from './unexpected.ts';
import { expandedBio, expandedUrl, websiteOf } from './x-links.ts';

/** Micro-dollars. */
const CREDIT = 10;
const PER_REQUEST_AT_LEAST = 15 * CREDIT;

const PRICE: Price = {
  unit: 'usd',
  perRequest: 0,
  perRow: 15 * CREDIT,
  perPageAtLeast: PER_REQUEST_AT_LEAST,
  resolve: 18 * CREDIT,
  perFill: 0,
  // Asking for the balance seems free, but the minimum is documented for every request.
  keyCheck: PER_REQUEST_AT_LEAST,
};

/** How long to wait after a 429: keys that were never topped up may send one request in 5 seconds. Milliseconds. */
const WAIT = 5_200;

const userSchema = z.object({
  id: anything,
  userName: text,
  screen_name: text,
  username: text,
  name: text,
  description: text,
  profile_bio: section({
    description: text,
    entities: section({ url: section({ urls: anything }), description: section({ urls: anything }) }),
  }),
  location: text,
  url: text,
  followers: count,
  followers_count: count,
  following: count,
  following_count: count,
  friends_count: count,
  statusesCount: count,
  statuses_count: count,
  favouritesCount: count,
  favourites_count: count,
  isBlueVerified: flag,
  verified: flag,
  verifiedType: text,
  protected: flag,
  createdAt: text,
  created_at: text,
  profilePicture: text,
  profile_image_url_https: text,
});

/** In one of the formats, `url` is the profile's own address, which is no website. */
const PROFILE_ADDRESS = /^https?:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com(?:\/|$)/i;

function readUser(value: unknown): Account | null {
  const parsed = userSchema.safeParse(value);
  if (!parsed.success) return null;
  const user = parsed.data;
  const id = readId(user.id);
  if (id === null) return null;
  const bio = user.profile_bio;
  const kind = verifiedType(user.verifiedType);
  return {
    id,
    handle: first(nonEmpty(user.userName), nonEmpty(user.screen_name), nonEmpty(user.username)),
    name: user.name,
    bio: expandedBio(
      first(
        nonEmpty(user.description),
        nonEmpty(bio?.description ?? null),
        user.description,
        bio?.description,
      ),
      bio?.entities?.description?.urls,
    ),
    location: nonEmpty(user.location),
    website: websiteOf(
      [expandedUrl(bio?.entities?.url?.urls)],
      [PROFILE_ADDRESS.test(user.url ?? '') ? null : user.url],
    ),
    followers: first(user.followers, user.followers_count),
    following: first(user.following, user.following_count, user.friends_count),
    posts: first(user.statusesCount, user.statuses_count),
    likes: first(user.favouritesCount, user.favourites_count),
    listed: null,
    verified: kind === null ? anyTrue(user.isBlueVerified, user.verified) : true,
    verifiedType: first(kind, user.isBlueVerified === true ? 'blue' : null),
    private: user.protected,
    createdAt: readTime(first(user.createdAt, user.created_at)),
    language: null,
    region: null,
    avatarUrl: first(nonEmpty(user.profilePicture), nonEmpty(user.profile_image_url_https)),
    unavailable: null,
  };
}

const goneSchema = z.object({ unavailable: flag, unavailableReason: text, message: text });

/** An account that X no longer shows: it may lack everything else. */
function readGone(value: unknown): z.infer<typeof goneSchema> | null {
  const parsed = goneSchema.safeParse(value);
  return parsed.success && parsed.data.unavailable === true ? parsed.data : null;
}

const responseSchema = z.object({
  status: text,
  msg: text,
  message: text,
  error: text,
  detail: anything,
  data: anything,
  followers: anything,
  followings: anything,
  has_next_page: flag,
  next_cursor: anything,
});
type Received = z.infer<typeof responseSchema>;

function readMeaning(message: string): ErrorMeaning | null {
  if (/credits?\b.*recharge/i.test(message)) return { kind: 'no-credit' };
  if (/too many requests|\bqps\b/i.test(message)) return { kind: 'too-fast' };
  if (/suspended/i.test(message)) return { kind: 'no-such-profile', suspended: true };
  if (/protected|private/i.test(message)) return { kind: 'private-profile' };
  return /not found|no such|does(?:n['’]t| not) exist|unavailable/i.test(message)
    ? { kind: 'no-such-profile' }
    : null;
}

/** Without credit, the status varies, so the words decide. Its framework's 404 is about the path, not the profile. */
function meaningOf(
  { status }: ReceivedResponse,
  { detail }: Received,
  message: string | null,
  handle: string | null,
): ErrorMeaning | null {
  const byWords = message === null ? null : readErrorText(message, handle, readMeaning);
  if (byWords?.kind === 'no-credit') return byWords;
  return status === 404 && detail != null ? { kind: 'refused-request' } : null;
}

/** The requests that are refused before anything is done for them. Whether any other refusal costs is not documented. */
const FREE = [401, 402, 429];

interface Context {
  readonly handle: string | null;
  /** Whether the request was for a list, of which a response without accounts costs the minimum at most. */
  readonly isList: boolean;
}

/** The failure for a response without data. */
function refusal(response: ReceivedResponse, connection: Connection, { handle, isList }: Context) {
  const parsed = responseSchema.safeParse(response.json);
  if (!parsed.success || isHostError(response)) return failedResponse(response, null);
  const received = parsed.data;
  const { status, error, msg, message, detail } = received;
  if (status !== 'error' && error === null && detail == null) return failedResponse(response, null);
  const quoted = connection.quote(first(msg, message, typeof detail === 'string' ? detail : null, error));
  const failed = failedResponse(
    response,
    { message: quoted, meaning: meaningOf(response, received, quoted, handle), stated: null },
    {
      handle,
      words: readMeaning,
      unstated: FREE.includes(response.status) ? 0 : null,
      ...(isList ? { atMost: PER_REQUEST_AT_LEAST } : {}),
    },
  );
  const { trouble: runError, retryAfter } = failed.failure;
  return runError.kind === 'too-fast'
    ? { ...failed, failure: { ...failed.failure, retryAfter: retryAfter ?? WAIT } }
    : failed;
}

function unreadable(why: string, charged: number | null) {
  return failure({ kind: 'unreadable', status: 200, why }, { charged });
}

const NOT_JSON = 'the response is not a JSON object';

async function resolve({ handle }: Profile, connection: Connection): Promise<Result<Resolved>> {
  const sent = await connection.send({ path: '/twitter/user/info', query: { userName: handle } });
  if (!sent.ok) return sent;
  const { response } = sent;
  const context = { handle, isList: false };
  if (response.status !== 200) return refusal(response, connection, context);
  const parsed = responseSchema.safeParse(response.json);
  if (!parsed.success) return unreadable(NOT_JSON, null);
  const { status, data } = parsed.data;
  if (status === 'error') return refusal(response, connection, context);
  const gone = readGone(data);
  if (gone !== null) {
    const said = connection.quote(first(gone.message, gone.unavailableReason));
    const meaning = readMeaning(`${gone.unavailableReason ?? ''} ${gone.message ?? ''}`);
    // What such an answer costs is not documented.
    if (meaning?.kind === 'private-profile') return failure({ kind: meaning.kind, said }, { charged: null });
    const isSuspended = meaning?.kind === 'no-such-profile' && meaning.suspended === true;
    const suspended = isSuspended ? { suspended: true } : {};
    return failure({ kind: 'no-such-profile', said, ...suspended }, { charged: null });
  }
  const account = readUser(data);
  if (account === null) return unreadable('the profile has no ID', null);
  if (account.private === true)
    return failure({ kind: 'private-profile', said: null }, { charged: PRICE.resolve });
  return {
    ok: true,
    value: {
      id: account.id,
      handle: account.handle ?? handle,
      facts: profileFacts(account),
      charged: PRICE.resolve,
    },
  };
}

/** The next cursor; without the field that says whether there is one, a blank cursor is the end. */
function readNext({ has_next_page: hasMore, next_cursor: value }: Received): Cursor | 'end' | null {
  if (hasMore === false) return 'end';
  if (hasMore === null && value === '') return 'end';
  return typeof value === 'string' && value.trim() === '' ? null : readCursor(value);
}

function readPage(request: PageRequest, response: ReceivedResponse, connection: Connection): Result<Page> {
  const parsed = responseSchema.safeParse(response.json);
  if (!parsed.success) return unreadable(NOT_JSON, null);
  const received = parsed.data;
  const value = request.relation === 'followers' ? received.followers : received.followings;
  const list = Array.isArray(value) ? readList(value) : null;
  if (received.status === 'error' && (list === null || list.length === 0)) {
    return refusal(response, connection, { handle: request.profile.handle, isList: true });
  }
  if (list === null) return unreadable('the list is missing', null);
  const charged = pagePrice(PRICE, list.length);
  const next = readNext(received);
  if (next === null) return unreadable('the response does not state whether the list continues', charged);
  const unexpected = new UnexpectedCounter();
  const accounts: Account[] = [];
  let unread = 0;
  for (const item of list) {
    const account = readUser(item);
    if (account !== null) accounts.push(account);
    else if (readGone(item) !== null) unexpected.add('unavailable');
    else unread += 1;
  }
  return {
    ok: true,
    value: {
      accounts,
      unreadable: unread,
      ...unexpected.counted,
      next: next === 'end' ? null : next,
      expected: null,
      charged,
    },
  };
}

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor, limit } = request;
  const path = relation === 'followers' ? '/twitter/user/followers' : '/twitter/user/followings';
  const query = { userName: profile.handle, pageSize: String(limit), cursor: cursor ?? undefined };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const { response } = sent;
  return response.status === 200
    ? readPage(request, response, connection)
    : refusal(response, connection, { handle: profile.handle, isList: true });
}

const balanceSchema = z.object({ recharge_credits: z.number(), total_bonus_credits: z.number() });

/** What people copy along with a key: the header's name, and quotes. */
const AROUND_KEY = /^["'`\s]*(?:x-api-key\s*[:=])?["'`\s]*|["'`\s,]+$/gi;

/** twitterapi.io, `https://api.twitterapi.io`. */
export const twitterApiIo = defineAdapter({
  id: providerIdSchema.parse('twitterapi-io'),
  name: 'twitterapi.io',
  origin: 'https://api.twitterapi.io',
  key: {
    header: (key) => ['x-api-key', key],
    clean: (pasted) => pasted.replace(AROUND_KEY, ''),
    prefix: null,
    placeholder: '…',
    url: 'https://twitterapi.io/dashboard',
  },
  price: PRICE,
  note: null,
  documentation: { month: '2026-03', confirmed: false },
  lacks: ['follow-times', 'private'],
  topUpUrl: 'https://twitterapi.io/dashboard',
  fillSize: 0,
  platforms: {
    x: {
      relations: RELATIONS,
      pages: { most: 200, least: 20, adjustable: true, seconds: 1, withoutNewUntilStalled: 19 },
      resolve,
      fetchPage,
    },
    tiktok: null,
  },
  listsBy: 'looked-up-handle',
  fillIn: () => Promise.reject(new Error('twitterapi.io pages contain complete accounts.')),

  /** The balance lags behind and can be below zero. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/oapi/my/info' });
    if (!sent.ok) return sent;
    const { response } = sent;
    if (response.status !== 200) return refusal(response, connection, { handle: null, isList: true });
    const parsed = balanceSchema.safeParse(response.json);
    if (!parsed.success) return unreadable('the response has no balance', null);
    const credits = parsed.data.recharge_credits + parsed.data.total_bonus_credits;
    return { ok: true, value: { balance: Math.max(0, Math.round(credits)) * CREDIT, charged: null } };
  },

  /** The form of its cursors is not documented, so only a change counts. */
  advances(previous: Cursor | null, next: Cursor): boolean {
    return previous !== next;
  },

  followTime: cursorTimes['twitterapi-io'],
});
