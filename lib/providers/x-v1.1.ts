/**
 * X API v1.1: ids by 5,000, completed by look-ups of 100. Vendor: developer.x.com, "GET followers/ids" and "GET
 * users/lookup". Closed to most keys today; it serves old enterprise contracts and compatible proxies.
 */
import { providerIdSchema, type Account, type AccountId, type Cursor } from '../model.ts';
import { z } from '../zod.ts';
import type {
  Adapter,
  Fill,
  FillRequest,
  Page,
  PageRequest,
  ProviderTrouble,
  Resolved,
  Result,
} from './adapter.ts';
import { anything, count, readCursor, readId, readList, text } from './fields.ts';
import { failure, type Answer, type Connection } from './http.ts';
import { retryAfter } from './retry-after.ts';
import { profileFacts, readGraphqlUser } from './x-graphql-user.ts';

/** What the contract counts: requests. */
const REQUEST = 1;
const IDS_A_PAGE = 5000;
const IDS_A_LOOK_UP = 100;

const errorsSchema = z.object({ errors: anything, error: text });
const errorSchema = z.object({ code: count, message: text });

interface Said {
  readonly code: number | null;
  readonly said: string | null;
}

function readError(json: unknown, connection: Connection): Said | null {
  const parsed = errorsSchema.safeParse(json);
  if (!parsed.success) return null;
  const [listed] = readList(parsed.data.errors) ?? [];
  const error = errorSchema.safeParse(listed);
  if (error.success) return { code: error.data.code, said: connection.quote(error.data.message) };
  return parsed.data.error === null ? null : { code: null, said: connection.quote(parsed.data.error) };
}

/** The document's error codes, which say more than the status. */
function troubleOf(status: number, error: Said | null): ProviderTrouble {
  const said = error?.said ?? null;
  switch (error?.code) {
    case 88:
      return { kind: 'too-fast', said };
    case 89:
    case 32:
      return { kind: 'bad-key', said };
    case 17:
    case 50:
    case 63:
      return { kind: 'no-such-profile', said };
    case 453:
      return { kind: 'not-allowed', said };
    case null:
      // A protected list answers 401 with `{request, error: "Not authorized."}`.
      if (status === 401) return { kind: 'private-profile', said };
      break;
    default:
  }
  if (status === 401) return { kind: 'bad-key', said };
  if (status === 402) return { kind: 'no-credit', required: null, available: null, said };
  if (status === 403) return { kind: 'not-allowed', said };
  if (status === 404) return { kind: 'no-such-profile', said };
  if (status === 429) return { kind: 'too-fast', said };
  return status >= 500 || status === 200
    ? { kind: 'provider-broken', status, said }
    : { kind: 'refused-request', status, said };
}

function refusal(answer: Answer, connection: Connection) {
  const trouble = troubleOf(answer.status, readError(answer.json, connection));
  return failure(trouble, {
    charged: 0,
    retryable: trouble.kind === 'too-fast' || trouble.kind === 'provider-broken',
    retryAfter: retryAfter(answer),
  });
}

const objectSchema = z.looseObject({ id: anything, id_str: anything });

/** The v1.1 user object is what GraphQL later called `legacy`, with its id beside it. */
function readUser(value: unknown): Account | null {
  const parsed = objectSchema.safeParse(value);
  if (!parsed.success) return null;
  const { id, id_str: idText, ...legacy } = parsed.data;
  return readGraphqlUser({ rest_id: idText ?? id, legacy });
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
  const { answer } = sent;
  if (answer.status !== 200) return refusal(answer, connection);
  const account = readUser(answer.json);
  if (account === null) {
    const error = readError(answer.json, connection);
    if (error !== null) return refusal(answer, connection);
    return failure(
      { kind: 'unreadable', status: 200, why: 'the profile carries no id' },
      { charged: REQUEST },
    );
  }
  const { id, handle } = account;
  return {
    ok: true,
    value: { id, handle: handle ?? profile.handle, facts: profileFacts(account), charged: REQUEST },
  };
}

/** A row of which nothing is known yet but its id. */
function bare(id: AccountId): Account {
  return {
    id,
    handle: null,
    name: null,
    bio: null,
    location: null,
    website: null,
    followers: null,
    following: null,
    posts: null,
    likes: null,
    listed: null,
    verified: null,
    verifiedType: null,
    private: null,
    createdAt: null,
    language: null,
    region: null,
    avatarUrl: null,
    unavailable: null,
  };
}

const idsSchema = z.object({ ids: anything, next_cursor: anything, next_cursor_str: anything });

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const path = relation === 'followers' ? '/1.1/followers/ids.json' : '/1.1/friends/ids.json';
  const who = profile.id === null ? { screen_name: profile.handle } : { user_id: profile.id };
  const query = { ...who, stringify_ids: 'true', count: String(IDS_A_PAGE), cursor: cursor ?? '-1' };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const { answer } = sent;
  if (answer.status !== 200) return refusal(answer, connection);
  const parsed = idsSchema.safeParse(answer.json);
  const list = parsed.success && parsed.data.ids !== undefined ? readList(parsed.data.ids) : null;
  if (!parsed.success || list === null) {
    if (readError(answer.json, connection) !== null) return refusal(answer, connection);
    return failure(
      { kind: 'unreadable', status: 200, why: 'the list of ids is missing' },
      { charged: REQUEST },
    );
  }
  const ids = list.map(readId).filter((id) => id !== null);
  const next = readCursor(parsed.data.next_cursor_str ?? parsed.data.next_cursor);
  return {
    ok: true,
    value: {
      accounts: ids.map(bare),
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
  const { answer } = sent;
  // When none of the ids is left, the answer is a 404 with code 17 instead of an empty list.
  const noneLeft = answer.status === 404 && readError(answer.json, connection)?.code === 17;
  if (noneLeft) return { ok: true, value: { accounts: [], unreadable: 0, charged: REQUEST } };
  if (answer.status !== 200) return refusal(answer, connection);
  const list = Array.isArray(answer.json) ? readList(answer.json) : null;
  if (list === null)
    return failure({ kind: 'unreadable', status: 200, why: 'the list is missing' }, { charged: REQUEST });
  const accounts = list.map(readUser).filter((account) => account !== null);
  return { ok: true, value: { accounts, unreadable: list.length - accounts.length, charged: REQUEST } };
}

/** X API v1.1, `https://api.x.com/1.1/…`. */
export const xV11: Adapter = {
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
  price: { unit: 'requests', perRequest: REQUEST, perRow: 0, resolve: REQUEST, perFill: REQUEST },
  topUpUrl: null,
  fillSize: IDS_A_LOOK_UP,
  supports: (platform) => platform === 'x',
  pages: () => ({ most: IDS_A_PAGE, adjustable: false, seconds: 60, withoutNewUntilStalled: 20 }),
  resolve,
  fetchPage,
  fillIn,

  /** Any account will do: what is asked is whether the key is let in. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/1.1/users/show.json', query: { screen_name: 'x' } });
    if (!sent.ok) return sent;
    const { answer } = sent;
    return answer.status === 200 || answer.status === 404
      ? { ok: true, value: { balance: null } }
      : refusal(answer, connection);
  },

  advances(previous: Cursor | null, next: Cursor): boolean {
    return previous !== next;
  },
};
