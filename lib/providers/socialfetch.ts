/**
 * SocialFetch: TikTok followers and following. Source: socialfetch.dev, "List TikTok profile followers"; following was
 * observed. A request costs one credit, even if nothing is found. Lists are requested by handle, so no lookup is needed.
 */
import type { Account } from '../model/account.ts';
import { accountIdSchema, providerIdSchema, type AccountId, type Cursor } from '../model/ids.ts';
import { wellFormed } from '../well-formed.ts';
import { RELATIONS } from '../model/platform.ts';
import { z } from '../zod.ts';
import { defineAdapter, type Page, type PageRequest } from './adapter.ts';
import { failedResponse, isHostError, type ErrorEnvelope } from './error-response.ts';
import { failure, type ProviderError, type Result } from './failure.ts';
import {
  anything,
  charge,
  count,
  first,
  flag,
  nonEmpty,
  readOffer,
  readId,
  unredacted,
  readList,
  readSeconds,
  readTime,
  section,
  text,
} from './fields.ts';
import { UnexpectedCounter } from './unexpected.ts';
import { cursorTimes } from './cursor-times.ts';
import type { ReceivedResponse, Connection } from './http.ts';
import { segment } from './path-segment.ts';

const CREDITS = 1;

const envelopeSchema = z.object({
  data: anything,
  meta: section({ creditsCharged: charge }),
  error: section({ code: text, message: text }),
});

/** Codes about the key: a request without one has been observed to return 402. */
const KEY_ERROR = /key|auth/i;

function isError(error: z.infer<typeof envelopeSchema>['error']): boolean {
  return error !== null && (error.code !== null || error.message !== null);
}

/** SocialFetch's own error in a response; `null` if there is none or it is another server's. */
function readError(response: ReceivedResponse, connection: Connection): ErrorEnvelope | null {
  const parsed = envelopeSchema.safeParse(response.json);
  if (!parsed.success) return null;
  const { error, meta } = parsed.data;
  const stated = meta?.creditsCharged ?? null;
  if (stated === null && (!isError(error) || isHostError(response))) return null;
  return {
    message: connection.quote(error?.message) ?? connection.quote(error?.code),
    // 402 is also returned for a missing key.
    meaning: response.status === 402 && KEY_ERROR.test(error?.code ?? '') ? { kind: 'bad-key' } : null,
    stated,
  };
}

/** The data of a successful response and its cost, or the failure that the response means. */
function open(
  response: ReceivedResponse,
  connection: Connection,
  handle: string | null,
): Result<{ data: unknown; charged: number }> {
  const parsed = envelopeSchema.safeParse(response.json);
  if (response.status !== 200 || !parsed.success || parsed.data.data == null || isError(parsed.data.error)) {
    return failedResponse(response, readError(response, connection), { handle });
  }
  return {
    ok: true,
    value: { data: parsed.data.data, charged: parsed.data.meta?.creditsCharged ?? CREDITS },
  };
}

const listSchema = z.object({
  lookupStatus: text,
  followers: anything,
  accounts: anything,
  page: section({ nextCursor: anything, hasMore: flag }),
  totalFollowers: count,
  totalFollowing: count,
});

const accountSchema = z.object({
  handle: text,
  displayName: text,
  avatarUrl: text,
  platformUserId: anything,
  secUid: text,
  bio: text,
  verified: flag,
  privateAccount: flag,
  metrics: section({ followers: count, following: count }),
  accountCreatedAt: anything,
  region: text,
  language: text,
});

/** The numeric ID is provided "when available". An account without one is identified by its stable ID or its handle. */
function idOf(user: z.infer<typeof accountSchema>): AccountId | null {
  const numeric = readId(user.platformUserId);
  if (numeric !== null) return numeric;
  for (const other of [user.secUid, user.handle]) {
    const parsed = accountIdSchema.safeParse(wellFormed(unredacted(nonEmpty(other)) ?? ''));
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** Epoch seconds or ISO 8601: both were observed. */
function readCreated(value: unknown): number | null {
  return readSeconds(value) ?? readTime(typeof value === 'string' ? value : null);
}

function readAccount(value: unknown): Account | null {
  const parsed = accountSchema.safeParse(value);
  const id = parsed.success ? idOf(parsed.data) : null;
  if (!parsed.success || id === null) return null;
  const user = parsed.data;
  return {
    id,
    handle: nonEmpty(user.handle),
    name: user.displayName,
    bio: user.bio,
    location: null,
    website: null,
    followers: first(user.metrics?.followers),
    following: first(user.metrics?.following),
    posts: null,
    likes: null,
    listed: null,
    verified: user.verified,
    verifiedType: null,
    private: user.privateAccount,
    createdAt: readCreated(user.accountCreatedAt),
    language: nonEmpty(user.language),
    region: nonEmpty(user.region),
    avatarUrl: nonEmpty(user.avatarUrl),
    unavailable: null,
  };
}

const LOOKUP_ERRORS = {
  hidden: 'hidden-list',
  private: 'private-profile',
  not_found: 'no-such-profile',
} as const;

function errorOfLookup(status: string | null): ProviderError | null {
  return status === 'hidden' || status === 'private' || status === 'not_found'
    ? { kind: LOOKUP_ERRORS[status], said: null }
    : null;
}

/** Fields of an account that are objects. */
const OBJECT_FIELDS = ['metrics', 'avatarUrls'];

/**
 * The next cursor; `null` at the documented end of a list: `hasMore` is false or `nextCursor` is `null`.
 * @returns `undefined` if the response does not state how the list continues
 */
function readNext(page: z.infer<typeof listSchema>['page']): Cursor | null | undefined {
  if (page?.hasMore === false) return null;
  return page?.nextCursor === undefined ? undefined : readOffer(page.nextCursor);
}

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const handle = segment(profile.handle);
  if (handle === null) return failure({ kind: 'no-such-profile', said: null }, { charged: 0 });
  const sent = await connection.send({
    path: `/v1/tiktok/profiles/${handle}/${relation}`,
    query: { cursor: cursor ?? undefined, userId: profile.id ?? undefined },
  });
  if (!sent.ok) return sent;
  const opened = open(sent.response, connection, profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const unreadable = (why: string) =>
    failure({ kind: 'unreadable', status: sent.response.status, why }, { charged });
  const parsed = listSchema.safeParse(data);
  if (!parsed.success) return unreadable('the response has no data');
  const { lookupStatus, followers, accounts: listed, page, totalFollowers, totalFollowing } = parsed.data;
  const error = errorOfLookup(lookupStatus);
  if (error !== null) return failure(error, { charged });
  const value = relation === 'followers' ? followers : listed;
  // The list is required, so `null` is not an empty list.
  const list = value === null ? null : readList(value);
  if (value === undefined || list === null) return unreadable('the list is missing or is not a list');
  const next = readNext(page);
  if (next === undefined) return unreadable('the response does not state how the list continues');
  if (list.length === 0 && next === null && lookupStatus !== 'found') {
    // Missing, or a new status for a list that isn't available: it must not be read as an empty list.
    return unreadable('the lookup status is missing or unknown');
  }
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
      expected: relation === 'followers' ? totalFollowers : totalFollowing,
      charged,
    },
  };
}

const balanceSchema = z.object({ balance: count });

/** Cursors are epoch seconds, which decrease from page to page. */
function advances(previous: Cursor | null, next: Cursor): boolean {
  if (previous === null) return true;
  const isTime = /^\d{1,15}$/;
  return isTime.test(previous) && isTime.test(next) ? Number(next) < Number(previous) : previous !== next;
}

/** SocialFetch, `https://api.socialfetch.dev`. */
export const socialFetch = defineAdapter({
  id: providerIdSchema.parse('socialfetch'),
  name: 'SocialFetch',
  origin: 'https://api.socialfetch.dev',
  key: {
    header: (key) => ['x-api-key', key],
    clean: (pasted) => pasted.trim(),
    prefix: 'sfk_',
    placeholder: 'sfk_…',
    url: 'https://www.socialfetch.dev/dashboard',
  },
  price: { unit: 'credits', perRequest: CREDITS, perRow: 0, resolve: 0, perFill: 0 },
  note: null,
  documentation: { month: '2026-05', confirmed: false },
  lacks: ['dates'],
  topUpUrl: 'https://www.socialfetch.dev/dashboard',
  fillSize: 0,
  platforms: {
    x: null,
    tiktok: {
      relations: RELATIONS,
      // The page size is not documented; TikTok itself lists 20 at a time.
      pages: { most: 20, adjustable: false, seconds: 1.25, withoutNewUntilStalled: 2 },
      // The first page of a list states the count.
      resolve: null,
      fetchPage,
    },
  },
  listsBy: 'handle',
  fillIn: () => Promise.reject(new Error('SocialFetch pages contain complete accounts.')),

  /** `/v1/balance` is free. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/v1/balance' });
    if (!sent.ok) return sent;
    const opened = open(sent.response, connection, null);
    if (!opened.ok) return opened;
    const parsed = balanceSchema.safeParse(opened.value.data);
    return { ok: true, value: { balance: parsed.success ? parsed.data.balance : null } };
  },

  advances,

  followTime: cursorTimes.socialfetch,
});
