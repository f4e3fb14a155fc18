/**
 * X API v2: followers and following from the platform itself. Source: docs.x.com, "GET /2/users/:id/followers". Every
 * returned account is charged (US$0.010 with pay-per-use in 2026), including the result of a handle lookup.
 */
import type { Account } from '../model/account.ts';
import { providerIdSchema, type Cursor } from '../model/ids.ts';
import { profileFacts } from '../model/profile.ts';
import { RELATIONS } from '../model/platform.ts';
import { z } from '../zod.ts';
import { defineAdapter, type Page, type PageRequest, type Resolved } from './adapter.ts';
import { failedResponse, type ErrorMeaning } from './error-response.ts';
import { failure, type Result } from './failure.ts';
import {
  anything,
  count,
  first,
  flag,
  nonEmpty,
  readId,
  readList,
  readOffer,
  readTime,
  section,
  text,
  verifiedType,
} from './fields.ts';
import { cursorTimes } from './cursor-times.ts';
import type { ReceivedResponse, Call, Connection } from './http.ts';
import { segment } from './path-segment.ts';
import { expandedBio, expandedUrl, websiteOf } from './x-links.ts';
import { UnexpectedCounter } from './unexpected.ts';
import { isOwnProblem, withSuspension } from './x-errors.ts';

/** The price of an account, in micro-dollars. */
const PER_USER = 10_000;

/** Fields that exist both before and after the renames of August 2026. Unknown fields are rejected with a 400. */
const USER_FIELDS =
  'created_at,description,entities,id,location,name,profile_image_url,protected,public_metrics,url,username,verified,verified_type,withheld';

const userSchema = z.object({
  id: anything,
  name: text,
  username: text,
  created_at: text,
  description: text,
  entities: section({ url: section({ urls: anything }), description: section({ urls: anything }) }),
  location: text,
  profile_image_url: text,
  protected: flag,
  public_metrics: section({
    followers_count: count,
    following_count: count,
    tweet_count: count,
    post_count: count,
    listed_count: count,
    like_count: count,
  }),
  url: text,
  verified: flag,
  verified_type: text,
});

function readUser(value: unknown): Account | null {
  const parsed = userSchema.safeParse(value);
  if (!parsed.success) return null;
  const user = parsed.data;
  const id = readId(user.id);
  if (id === null) return null;
  const metrics = user.public_metrics;
  return {
    id,
    handle: nonEmpty(user.username),
    name: user.name,
    bio: expandedBio(user.description, user.entities?.description?.urls),
    location: nonEmpty(user.location),
    website: websiteOf([expandedUrl(user.entities?.url?.urls)], [user.url]),
    followers: first(metrics?.followers_count),
    following: first(metrics?.following_count),
    posts: first(metrics?.post_count, metrics?.tweet_count),
    likes: first(metrics?.like_count),
    listed: first(metrics?.listed_count),
    verified: user.verified,
    verifiedType: verifiedType(user.verified_type),
    private: user.protected,
    createdAt: readTime(user.created_at),
    language: null,
    region: null,
    avatarUrl: nonEmpty(user.profile_image_url),
    unavailable: null,
  };
}

/** Fields of a user that are objects. */
const OBJECT_FIELDS = ['public_metrics', 'entities'];

const problemSchema = z.object({
  type: text,
  title: text,
  detail: text,
  message: text,
  code: count,
  resource_id: text,
});
type Problem = z.infer<typeof problemSchema>;

const responseSchema = z.object({
  data: anything,
  errors: anything,
  meta: anything,
  includes: section({ meta: anything }),
});

function readProblems(json: unknown): Problem[] {
  const response = responseSchema.safeParse(json);
  const listed = response.success ? (readList(response.data.errors) ?? []) : [];
  const root = problemSchema.safeParse(json);
  return [
    ...listed.flatMap((value) => problemSchema.safeParse(value).data ?? []),
    // A root object with only a message is a gateway's: X's own have a title.
    ...(root.success ? [{ ...root.data, message: null, code: null }] : []),
  ];
}

function hasErrors(errors: unknown): boolean {
  return (readList(errors) ?? []).length > 0;
}

/** The last segment of a problem's `type` identifies it; the host varies. */
function kindOfProblem(problem: Problem): string {
  return problem.type?.split('/').at(-1) ?? '';
}

function meaningOfProblem(problem: Problem): ErrorMeaning | null {
  switch (kindOfProblem(problem)) {
    case 'resource-not-found':
    case 'resource-unavailable':
      return { kind: 'no-such-profile' };
    case 'not-authorized-for-resource':
      return { kind: 'private-profile' };
    case 'client-forbidden':
    case 'disallowed-resource':
    case 'unsupported-authentication':
      return { kind: 'not-allowed' };
    case 'rate-limit-exceeded':
      return { kind: 'too-fast' };
    case 'internal-error':
      return { kind: 'provider-broken' };
    case 'usage-capped':
    case 'credits':
    case 'credits-depleted':
      return { kind: 'no-credit' };
    default:
      // The previous API's format, which is still used for rate limits.
      return problem.code === 88 ? { kind: 'too-fast' } : null;
  }
}

/** What the problems mean, unless the status is already specific. */
function meaningOfProblems(problems: readonly Problem[], status: number): ErrorMeaning | null {
  const named = problems.map(meaningOfProblem).find((meaning) => meaning !== null) ?? null;
  // The meaning of a 401 or 429 is its status, except for an exhausted quota.
  const isSpecific = status === 401 || status === 429;
  if (isSpecific && named?.kind !== 'no-credit') return null;
  // A 200 with an unknown problem would fail again.
  return named ?? (status === 200 ? { kind: 'refused-request' } : null);
}

/** The failure for a response that is not a 200 with data. */
function refusal(response: ReceivedResponse, connection: Connection, handle: string | null) {
  const problems = readProblems(response.json).filter(isOwnProblem);
  if (problems.length === 0) return failedResponse(response, null);
  const message =
    problems
      .map(({ detail, message, title }) => connection.quote(detail ?? message ?? title))
      .find((quoted) => quoted !== null) ?? null;
  const meaning = meaningOfProblems(problems, response.status);
  return failedResponse(response, {
    message,
    meaning: meaning?.kind === 'no-such-profile' ? withSuspension(meaning, message, handle) : meaning,
    stated: null,
  });
}

function rejectsFields(response: ReceivedResponse): boolean {
  return response.status === 400 && new TextDecoder().decode(response.bytes).includes('user.fields');
}

/** Requests all fields; if the API rejects one, sends the request again without them. */
async function sendWithFields(call: Call, connection: Connection) {
  const sent = await connection.send({ ...call, query: { ...call.query, 'user.fields': USER_FIELDS } });
  return sent.ok && rejectsFields(sent.response) ? connection.send(call) : sent;
}

const NOT_JSON = 'the response is not a JSON object';

async function resolve(
  profile: { readonly handle: string },
  connection: Connection,
): Promise<Result<Resolved>> {
  const handle = segment(profile.handle);
  if (handle === null) return failure({ kind: 'no-such-profile', said: null }, { charged: 0 });
  const sent = await sendWithFields({ path: `/2/users/by/username/${handle}` }, connection);
  if (!sent.ok) return sent;
  const { response } = sent;
  if (response.status !== 200) return refusal(response, connection, profile.handle);
  const parsed = responseSchema.safeParse(response.json);
  if (!parsed.success) return failure({ kind: 'unreadable', status: 200, why: NOT_JSON }, { charged: null });
  const { data, errors } = parsed.data;
  // For a missing user, the API returns a 200 with `errors` and no `data`.
  if (data == null && hasErrors(errors)) return refusal(response, connection, profile.handle);
  const account = readUser(data);
  if (account === null) {
    return failure(
      { kind: 'unreadable', status: 200, why: 'the profile has no ID' },
      { charged: data == null ? null : PER_USER },
    );
  }
  const facts = profileFacts(account);
  return {
    ok: true,
    value: { id: account.id, handle: account.handle ?? profile.handle, facts, charged: PER_USER },
  };
}

const metaSchema = z.object({ next_token: anything, result_count: anything });

/** The next cursor in `meta`. `end` requires the result count that every documented `meta` has. */
function readNext(meta: unknown): { readonly cursor: Cursor } | 'end' | 'absent' | 'invalid' {
  if (meta === undefined || meta === null) return 'absent';
  const parsed = metaSchema.safeParse(meta);
  if (!parsed.success) return 'invalid';
  const next = readOffer(parsed.data.next_token);
  if (next === undefined) return 'invalid';
  if (next !== null) return { cursor: next };
  return readResultCount(meta) === null ? 'absent' : 'end';
}

/** The number of accounts that a response states. */
function readResultCount(meta: unknown): number | null {
  return z.object({ result_count: count }).safeParse(meta).data?.result_count ?? null;
}

/** Whether problems without rows are about the profile itself, not about accounts in its list. */
function concernsProfile(response: ReceivedResponse, id: string): boolean {
  return readProblems(response.json)
    .filter(isOwnProblem)
    .some(({ resource_id }) => resource_id === null || resource_id === id);
}

function readPage(request: PageRequest, response: ReceivedResponse, connection: Connection): Result<Page> {
  const unreadable = (why: string) => failure({ kind: 'unreadable', status: 200, why }, { charged: null });
  const parsed = responseSchema.safeParse(response.json);
  if (!parsed.success) return unreadable(NOT_JSON);
  const { data, errors, includes } = parsed.data;
  // In the documentation's example with included posts, `meta` is inside `includes`.
  const meta = parsed.data.meta ?? includes?.meta;
  const next = readNext(meta);
  // With rows, or if the list continues, errors are about single accounts.
  const hasOnlyErrors = data == null && hasErrors(errors) && typeof next === 'string';
  if (hasOnlyErrors && (meta == null || concernsProfile(response, request.profile.id ?? ''))) {
    return refusal(response, connection, request.profile.handle);
  }
  const list = readList(data);
  if (list === null) return unreadable('the list is not a list');
  if (next === 'invalid') return unreadable('the cursor is invalid');
  if (next === 'absent') return unreadable('the response does not state whether the list continues');
  // A result count without results means that the list is missing, not empty.
  if (list.length === 0 && (readResultCount(meta) ?? 0) > 0) return unreadable('the list is missing');
  const unexpected = new UnexpectedCounter();
  for (const user of list) unexpected.addListsForObjects(user, OBJECT_FIELDS);
  const accounts = list.map(readUser).filter((account) => account !== null);
  return {
    ok: true,
    value: {
      accounts,
      unreadable: list.length - accounts.length,
      ...unexpected.counted,
      next: next === 'end' ? null : next.cursor,
      expected: null,
      charged: list.length * PER_USER,
    },
  };
}

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, limit, cursor } = request;
  const id = segment(profile.id ?? '');
  if (id === null) return failure({ kind: 'no-such-profile', said: null }, { charged: 0 });
  const path = `/2/users/${id}/${relation}`;
  const query = { max_results: String(limit), pagination_token: cursor ?? undefined };
  const sent = await sendWithFields({ path, query }, connection);
  if (!sent.ok) return sent;
  const { response } = sent;
  if (response.status !== 200) return refusal(response, connection, profile.handle);
  return readPage(request, response, connection);
}

/** X API v2, `https://api.x.com`. */
export const xV2 = defineAdapter({
  id: providerIdSchema.parse('x-v2'),
  name: 'X API v2',
  origin: 'https://api.x.com',
  key: {
    header: (key) => ['Authorization', `Bearer ${key}`],
    clean: (pasted) => pasted.trim().replace(/^Bearer\s+/i, ''),
    prefix: 'AAAA',
    placeholder: 'AAAA…',
    url: 'https://console.x.com',
  },
  price: { unit: 'usd', perRequest: 0, perRow: PER_USER, resolve: PER_USER, perFill: 0 },
  note: 'x-policy',
  documentation: { month: '2026-08', confirmed: false },
  lacks: [],
  topUpUrl: 'https://console.x.com',
  fillSize: 0,
  platforms: {
    x: {
      relations: RELATIONS,
      // The documented limit is 15 requests in 15 minutes; at run time the headers decide.
      pages: { most: 1000, adjustable: true, seconds: 60, withoutNewUntilStalled: 19 },
      resolve,
      fetchPage,
    },
    tiktok: null,
  },
  listsBy: 'id',
  fillIn: () => Promise.reject(new Error('X API v2 pages contain complete accounts.')),

  /** `/2/usage/tweets` accepts every valid key. It states caps, not a balance. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/2/usage/tweets' });
    if (!sent.ok) return sent;
    const { response } = sent;
    if (response.status !== 200) return refusal(response, connection, null);
    return responseSchema.safeParse(response.json).success
      ? { ok: true, value: { balance: null } }
      : failure({ kind: 'unreadable', status: 200, why: NOT_JSON }, { charged: 0 });
  },

  /** X documents tokens as opaque, so only a change counts. */
  advances(previous: Cursor | null, next: Cursor): boolean {
    return previous !== next;
  },

  followTime: cursorTimes['x-v2'],
});
