/**
 * X API v1.1: pages of 5,000 IDs, completed by lookups of 100. Source: developer.x.com, "GET followers/ids" and "GET
 * users/lookup". Most keys have no access today; it serves old enterprise contracts and compatible proxies.
 */
import { unknownAccount, type Account } from '../model/account.ts';
import { providerIdSchema, type Cursor } from '../model/ids.ts';
import { profileFacts } from '../model/profile.ts';
import { RELATIONS } from '../model/platform.ts';
import { z } from '../zod.ts';
import {
  defineAdapter,
  type Fill,
  type FillRequest,
  type Page,
  type PageRequest,
  type Resolved,
} from './adapter.ts';
import { failedResponse, type ErrorMeaning } from './error-response.ts';
import { failure, type Result } from './failure.ts';
import { anything, count, readCursor, readId, readList, text } from './fields.ts';
import { cursorTimes } from './cursor-times.ts';
import type { ReceivedResponse, Connection } from './http.ts';
import { UnexpectedCounter } from './unexpected.ts';
import { isOwnProblem, meaningOfXCode } from './x-errors.ts';
import { readGraphqlUser } from './x-graphql-user.ts';

/** The price of every request: contracts count requests. */
const REQUEST = 1;
const IDS_PER_PAGE = 5000;
const IDS_PER_LOOKUP = 100;

const errorsSchema = z.object({
  errors: anything,
  request: text,
  error: text,
  detail: text,
  title: text,
  type: text,
});
const errorSchema = z.object({ code: count, message: text });

interface ApiError {
  readonly code: number | null;
  /** Whether the format is `{request, error}` instead of `{errors: [{code, message}]}`. */
  readonly withoutCode: boolean;
  readonly message: string | null;
}

/** The API's own error in a response; `null` if there is none or it is another server's. */
function readError(json: unknown, connection: Connection): ApiError | null {
  const parsed = errorsSchema.safeParse(json);
  if (!parsed.success) return null;
  const { errors, error, request, detail, title } = parsed.data;
  const listed = (readList(errors) ?? []).flatMap((value) => {
    const one = errorSchema.safeParse(value);
    return one.success && (one.data.code !== null || one.data.message !== null) ? [one.data] : [];
  });
  const mostSpecific = listed.find(({ code }) => meaningOfXCode(code) !== null) ?? listed[0];
  if (mostSpecific !== undefined) {
    const { code, message } = mostSpecific;
    return { code, withoutCode: false, message: connection.quote(message) };
  }
  if (error !== null && request !== null) {
    return { code: null, withoutCode: true, message: connection.quote(error) };
  }
  // The gateway in front of the API uses the newer API's format.
  const message = connection.quote(detail) ?? connection.quote(title);
  return isOwnProblem(parsed.data) ? { code: null, withoutCode: false, message } : null;
}

function meaningOf(status: number, { code, withoutCode, message }: ApiError): ErrorMeaning | null {
  if (status === 402) return null;
  // A protected list returns 401 with `{request, error: "Not authorized."}`; an invalid token has the same format.
  if (withoutCode)
    return status === 401 && /^not authorized/i.test(message ?? '') ? { kind: 'private-profile' } : null;
  const meaning = meaningOfXCode(code);
  switch (meaning) {
    case null:
      return null;
    case 'no-such-profile':
      return { kind: 'no-such-profile' };
    case 'suspended':
      return { kind: 'no-such-profile', suspended: true };
    case 'private':
      return { kind: 'private-profile' };
    case 'too-fast':
      return { kind: 'too-fast' };
    case 'credentials':
      return { kind: 'bad-key' };
    case 'access':
      return { kind: 'not-allowed' };
    case 'internal':
      return { kind: 'provider-broken' };
  }
}

/** A lookup is charged even if nothing was found. A request that was rejected before the lookup is free. */
function costOf(status: number, meaning: ErrorMeaning | null): number | null {
  if (meaning?.kind === 'private-profile' || meaning?.kind === 'no-such-profile') return REQUEST;
  return meaning === null && status === 404 ? null : 0;
}

function refusal(response: ReceivedResponse, connection: Connection) {
  const error = readError(response.json, connection);
  if (error === null) return failedResponse(response, null);
  const meaning = meaningOf(response.status, error);
  const envelope = { message: error.message, meaning, stated: null };
  return failedResponse(response, envelope, { unstated: costOf(response.status, meaning) });
}

const handleSchema = z.object({ screen_name: text });
const identitySchema = z.object({ id: anything, id_str: anything });

/** The v1.1 user object is what GraphQL later called `legacy`, plus the ID. */
function readUser(value: unknown): Account | null {
  const parsed = identitySchema.safeParse(value);
  if (!parsed.success) return null;
  const id = readId(parsed.data.id_str) ?? readId(parsed.data.id);
  return readGraphqlUser({ rest_id: id, legacy: value });
}

/** The failure for a 200 without a usable user: an error, a user without an ID, or another server's response. */
function missingUser(response: ReceivedResponse, connection: Connection) {
  const isUser = handleSchema.safeParse(response.json).data?.screen_name != null;
  if (!isUser) return refusal(response, connection);
  const why = 'the profile has no ID';
  return failure({ kind: 'unreadable', status: 200, why }, { charged: REQUEST });
}

async function resolve(
  profile: { readonly handle: string },
  connection: Connection,
): Promise<Result<Resolved>> {
  const sent = await connection.send({
    path: '/1.1/users/show.json',
    query: { screen_name: profile.handle },
  });
  if (!sent.ok) return sent;
  const { response } = sent;
  if (response.status !== 200) return refusal(response, connection);
  const account = readUser(response.json);
  if (account === null) return missingUser(response, connection);
  const { id, handle } = account;
  return {
    ok: true,
    value: { id, handle: handle ?? profile.handle, facts: profileFacts(account), charged: REQUEST },
  };
}

/** Fields of a v1.1 user that are objects. */
const OBJECT_FIELDS = ['entities'];

const idsSchema = z.object({ ids: anything, next_cursor: anything, next_cursor_str: anything });

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const path = relation === 'followers' ? '/1.1/followers/ids.json' : '/1.1/friends/ids.json';
  const target = profile.id === null ? { screen_name: profile.handle } : { user_id: profile.id };
  const query = { ...target, stringify_ids: 'true', count: String(request.limit), cursor: cursor ?? '-1' };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const { response } = sent;
  if (response.status !== 200) return refusal(response, connection);
  const parsed = idsSchema.safeParse(response.json);
  // Must be an array: no other value is an empty list.
  const list = parsed.success && Array.isArray(parsed.data.ids) ? readList(parsed.data.ids) : null;
  if (!parsed.success || list === null) {
    // If the cursor is missing too, nothing indicates that the response is the API's.
    const isForeign = parsed.data?.next_cursor === undefined && parsed.data?.next_cursor_str === undefined;
    if (isForeign || readError(response.json, connection) !== null) return refusal(response, connection);
    return failure(
      { kind: 'unreadable', status: 200, why: 'the list of IDs is missing' },
      { charged: REQUEST },
    );
  }
  const ids = list.map(readId).filter((id) => id !== null);
  const next = readCursor(parsed.data.next_cursor_str) ?? readCursor(parsed.data.next_cursor);
  // The documented end is the cursor 0. A missing cursor is not the end.
  if (next === null || next.trim() === '') {
    return failure(
      { kind: 'unreadable', status: 200, why: 'the response does not state whether the list continues' },
      { charged: REQUEST },
    );
  }
  return {
    ok: true,
    value: {
      accounts: ids.map(unknownAccount),
      unreadable: list.length - ids.length,
      next: next === '0' ? null : next,
      expected: null,
      charged: REQUEST,
    },
  };
}

async function fillIn({ ids }: FillRequest, connection: Connection): Promise<Result<Fill>> {
  const sent = await connection.send({ path: '/1.1/users/lookup.json', query: { user_id: ids.join(',') } });
  if (!sent.ok) return sent;
  const { response } = sent;
  // If none of the IDs exists any more, the API returns a 404 with code 17 instead of an empty list.
  const noneExists = response.status === 404 && readError(response.json, connection)?.code === 17;
  if (noneExists) return { ok: true, value: { accounts: [], unreadable: 0, charged: REQUEST } };
  if (response.status !== 200) return refusal(response, connection);
  const list = Array.isArray(response.json) ? readList(response.json) : null;
  if (list === null) return refusal(response, connection);
  const unexpected = new UnexpectedCounter();
  for (const user of list) unexpected.addListsForObjects(user, OBJECT_FIELDS);
  const accounts = list.map(readUser).filter((account) => account !== null);
  const unreadable = list.length - accounts.length;
  return { ok: true, value: { accounts, unreadable, ...unexpected.counted, charged: REQUEST } };
}

/** X API v1.1, `https://api.x.com/1.1/…`. */
export const xV11 = defineAdapter({
  id: providerIdSchema.parse('x-v1.1'),
  name: 'X API v1.1',
  origin: 'https://api.x.com',
  key: {
    header: (key) => ['Authorization', `Bearer ${key}`],
    clean: (pasted) => pasted.trim().replace(/^Bearer\s+/i, ''),
    prefix: null,
    placeholder: 'AAAA…',
    url: 'https://console.x.com',
  },
  price: {
    unit: 'requests',
    perRequest: REQUEST,
    perRow: 0,
    resolve: REQUEST,
    perFill: REQUEST,
    keyCheck: REQUEST,
  },
  note: 'old-contract',
  documentation: { month: null, confirmed: false },
  lacks: [],
  topUpUrl: null,
  fillSize: IDS_PER_LOOKUP,
  platforms: {
    x: {
      relations: RELATIONS,
      pages: { most: IDS_PER_PAGE, adjustable: true, seconds: 60, withoutNewUntilStalled: 19 },
      resolve,
      fetchPage,
    },
    tiktok: null,
  },
  listsBy: 'id',
  fillIn,

  /** Looks up an arbitrary account to see whether the key is accepted. It is charged like any other request. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/1.1/users/show.json', query: { screen_name: 'x' } });
    if (!sent.ok) return sent;
    const { response } = sent;
    if (response.status === 200 && readUser(response.json) !== null) {
      return { ok: true, value: { balance: null, charged: REQUEST } };
    }
    const refused =
      response.status === 200 ? missingUser(response, connection) : refusal(response, connection);
    const { trouble: runError, charged } = refused.failure;
    const { kind } = runError;
    // An error about the account, with the API's own code, means that the key was accepted.
    return charged === REQUEST && (kind === 'no-such-profile' || kind === 'private-profile')
      ? { ok: true, value: { balance: null, charged: REQUEST } }
      : refused;
  },

  advances(previous: Cursor | null, next: Cursor): boolean {
    return previous !== next;
  },

  followTime: cursorTimes['x-v1.1'],
});
