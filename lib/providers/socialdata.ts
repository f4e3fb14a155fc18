/**
 * SocialData: followers and following on X. Source: docs.socialdata.tools and its TypeScript SDK. Every returned account
 * and every profile request is charged (US$0.0002); failed requests are free. The size of a page is not documented, and
 * whether an empty page is free depends on how many there were in the last minute.
 */
import type { Account } from '../model/account.ts';
import { providerIdSchema, type Cursor } from '../model/ids.ts';
import { RELATIONS } from '../model/platform.ts';
import { profileFacts, type Profile } from '../model/profile.ts';
import { z } from '../zod.ts';
import { defineAdapter, type Page, type PageRequest, type Resolved } from './adapter.ts';
import { cursorTimes } from './cursor-times.ts';
import { failedResponse, type ErrorMeaning } from './error-response.ts';
import { failure, type Result } from './failure.ts';
import { anything, count, flag, nonEmpty, readCursor, readId, readList, readTime, text } from './fields.ts';
import type { Call, Connection, ReceivedResponse } from './http.ts';
import { segment } from './path-segment.ts';
import { websiteOf } from './x-links.ts';

/** The price of an account, in micro-dollars. */
const PER_USER = 200;

const userSchema = z.object({
  // `id` is a number that loses digits in many JSON parsers, so it is not documented as usable.
  id_str: anything,
  name: text,
  screen_name: text,
  location: text,
  description: text,
  url: text,
  protected: flag,
  verified: flag,
  followers_count: count,
  friends_count: count,
  listed_count: count,
  favourites_count: count,
  statuses_count: count,
  created_at: text,
  profile_image_url_https: text,
});

function readUser(value: unknown): Account | null {
  const parsed = userSchema.safeParse(value);
  if (!parsed.success) return null;
  const user = parsed.data;
  const id = readId(user.id_str);
  if (id === null) return null;
  return {
    id,
    handle: nonEmpty(user.screen_name),
    name: user.name,
    bio: user.description,
    location: nonEmpty(user.location),
    website: websiteOf([], [user.url]),
    followers: user.followers_count,
    following: user.friends_count,
    posts: user.statuses_count,
    likes: user.favourites_count,
    listed: user.listed_count,
    // The blue tick, paid or not. Its kind is not stated.
    verified: user.verified,
    verifiedType: null,
    private: user.protected,
    createdAt: readTime(user.created_at),
    language: null,
    region: null,
    avatarUrl: nonEmpty(user.profile_image_url_https),
    unavailable: null,
  };
}

const errorSchema = z.object({ status: text, message: text });

/** What the message of a 404 means beyond the status, which covers unknown and suspended profiles. */
function readNotFound(message: string): ErrorMeaning | null {
  if (/\b(?:route|endpoint)\b/i.test(message)) return { kind: 'refused-request' };
  if (/suspended/i.test(message)) return { kind: 'no-such-profile', suspended: true };
  return /protected|private/i.test(message) ? { kind: 'private-profile' } : null;
}

/** The failure for a response without data. */
function refusal(response: ReceivedResponse, connection: Connection, handle: string | null) {
  const parsed = errorSchema.safeParse(response.json);
  const { status } = response;
  // Refusals of its framework are a message alone. A gateway's server errors look the same.
  const isOwn =
    parsed.success &&
    parsed.data.message !== null &&
    (parsed.data.status === 'error' || (status >= 400 && status < 500));
  if (!isOwn) return failedResponse(response, null);
  const message = connection.quote(parsed.data.message);
  return failedResponse(
    response,
    { message, meaning: null, stated: null },
    {
      handle,
      // Failed requests are free. With status 200, it is not documented what failed.
      unstated: status === 200 ? null : 0,
      ...(status === 404 ? { words: readNotFound } : {}),
    },
  );
}

const usersSchema = z.object({ users: anything });

/** A user by handle. Handles and IDs share one path, so a handle of digits has to be asked for in another way. */
async function findUser(handle: string, connection: Connection): Promise<Result<{ readonly user: unknown }>> {
  const isNumber = /^\d+$/.test(handle);
  const path = segment(handle);
  if (path === null) return failure({ kind: 'no-such-profile', said: null }, { charged: 0 });
  const call: Call = isNumber
    ? { method: 'POST', path: '/twitter/users-by-usernames', body: { usernames: [handle] } }
    : { path: `/twitter/user/${path}` };
  const sent = await connection.send(call);
  if (!sent.ok) return sent;
  const { response } = sent;
  if (response.status !== 200) return refusal(response, connection, handle);
  if (!isNumber) return { ok: true, value: { user: response.json } };
  const parsed = usersSchema.safeParse(response.json);
  const users = parsed.success && Array.isArray(parsed.data.users) ? readList(parsed.data.users) : null;
  if (users === null) {
    return failure({ kind: 'unreadable', status: 200, why: 'the list is missing' }, { charged: null });
  }
  return users.length === 0
    ? failure({ kind: 'no-such-profile', said: null }, { charged: null })
    : { ok: true, value: { user: users[0] } };
}

async function resolve({ handle }: Profile, connection: Connection): Promise<Result<Resolved>> {
  const found = await findUser(handle, connection);
  if (!found.ok) return found;
  const account = readUser(found.value.user);
  if (account === null) {
    const response = connection.lastResponse();
    const isError = errorSchema.safeParse(found.value.user).data?.status === 'error';
    if (response !== null && isError) return refusal(response, connection, handle);
    return failure({ kind: 'unreadable', status: 200, why: 'the profile has no ID' }, { charged: null });
  }
  if (account.private === true) {
    return failure({ kind: 'private-profile', said: null }, { charged: PER_USER });
  }
  return {
    ok: true,
    value: {
      id: account.id,
      handle: account.handle ?? handle,
      facts: profileFacts(account),
      charged: PER_USER,
    },
  };
}

const listSchema = z.object({ next_cursor: anything, users: anything });

/** The end is `null`, blank, or X's own last cursor, which is or begins with 0. A missing cursor is not an end. */
function readNext(value: unknown): Cursor | 'end' | null {
  if (value === undefined) return null;
  if (value === null || value === '') return 'end';
  const cursor = readCursor(value);
  return cursor !== null && /^0(?:\||$)/.test(cursor) ? 'end' : cursor;
}

function readPage(response: ReceivedResponse, connection: Connection, handle: string): Result<Page> {
  const unreadable = (why: string, charged: number | null) =>
    failure({ kind: 'unreadable', status: 200, why }, { charged });
  const parsed = listSchema.safeParse(response.json);
  const users = parsed.success && Array.isArray(parsed.data.users) ? readList(parsed.data.users) : null;
  if (!parsed.success || users === null) {
    const isError = errorSchema.safeParse(response.json).data?.status === 'error';
    return isError ? refusal(response, connection, handle) : unreadable('the list is missing', null);
  }
  const charged = users.length * PER_USER;
  const next = readNext(parsed.data.next_cursor);
  if (next === null) {
    return unreadable(
      'the response does not state whether the list continues',
      users.length > 0 ? charged : null,
    );
  }
  const accounts = users.map(readUser).filter((account) => account !== null);
  return {
    ok: true,
    value: {
      accounts,
      unreadable: users.length - accounts.length,
      next: next === 'end' ? null : next,
      expected: null,
      charged,
      // The first three empty responses of a minute are free. What the fourth costs is not documented.
      ...(users.length === 0 ? { maybeCharged: PER_USER } : {}),
    },
  };
}

async function fetchPage(
  { profile, relation, cursor }: PageRequest,
  connection: Connection,
): Promise<Result<Page>> {
  if (profile.id === null) return failure({ kind: 'no-such-profile', said: null }, { charged: 0 });
  const path = relation === 'followers' ? '/twitter/followers/list' : '/twitter/friends/list';
  const query = { user_id: profile.id, cursor: cursor ?? undefined };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const { response } = sent;
  return response.status === 200
    ? readPage(response, connection, profile.handle)
    : refusal(response, connection, profile.handle);
}

const balanceSchema = z.object({ balance_usd: z.number() });

/** From here on, the first part of a cursor is not a position: it has been seen as this plus another number. */
const POSITION_LIMIT = 2n ** 62n;

/** The position in a cursor `P|S` of X's own lists; `null` if the cursor has another form. */
function positionOf(cursor: Cursor): bigint | null {
  const digits = /^(\d{1,19})\|\d+$/.exec(cursor)?.[1];
  const position = digits === undefined ? null : BigInt(digits);
  return position !== null && position < POSITION_LIMIT ? position : null;
}

/** SocialData, `https://api.socialdata.tools`. */
export const socialData = defineAdapter({
  id: providerIdSchema.parse('socialdata'),
  name: 'SocialData',
  origin: 'https://api.socialdata.tools',
  key: {
    header: (key) => ['Authorization', `Bearer ${key}`],
    clean: (pasted) => pasted.trim().replace(/^Bearer\s+/i, ''),
    prefix: null,
    placeholder: '123|…',
    url: 'https://socialdata.tools',
  },
  price: { unit: 'usd', perRequest: 0, perRow: PER_USER, resolve: PER_USER, perFill: 0 },
  note: 'limited-access',
  documentation: { month: '2026-05', confirmed: false },
  lacks: ['certain-follow-times'],
  topUpUrl: 'https://socialdata.tools',
  fillSize: 0,
  platforms: {
    x: {
      relations: RELATIONS,
      // Pages of X's own lists, which these are, have been seen with 50 and 70 accounts, and clients request 200.
      pages: { most: 200, usual: 20, adjustable: false, seconds: 1, withoutNewUntilStalled: 19 },
      resolve,
      fetchPage,
    },
    tiktok: null,
  },
  listsBy: 'id',
  fillIn: () => Promise.reject(new Error('SocialData pages contain complete accounts.')),

  /** The balance is in dollars. Asking for it is not in the price list, and there is no minimum per request. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/user/balance' });
    if (!sent.ok) return sent;
    const { response } = sent;
    if (response.status !== 200) return refusal(response, connection, null);
    const parsed = balanceSchema.safeParse(response.json);
    return parsed.success
      ? { ok: true, value: { balance: Math.max(0, Math.round(parsed.data.balance_usd * 1_000_000)) } }
      : failure({ kind: 'unreadable', status: 200, why: 'the response has no balance' }, { charged: 0 });
  },

  advances(previous: Cursor | null, next: Cursor): boolean {
    if (previous === null) return true;
    const [before, after] = [positionOf(previous), positionOf(next)];
    return before === null || after === null ? previous !== next : after < before;
  },

  followTime: cursorTimes.socialdata,
});
