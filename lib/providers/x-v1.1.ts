/**
 * X API v1.1: ids by 5,000, completed by look-ups of 100. Vendor: developer.x.com, "GET followers/ids" and "GET
 * users/lookup". Closed to most keys today; it serves old enterprise contracts and compatible proxies.
 */
import { profileFacts, providerIdSchema, unknownAccount, type Account, type Cursor } from '../model.ts';
import { z } from '../zod.ts';
import type { Adapter, Fill, FillRequest, Page, PageRequest, Resolved } from './adapter.ts';
import { failure, type ProviderTrouble, type Result } from './failure.ts';
import { anything, count, readId, readList, readOffer, text } from './fields.ts';
import type { Answer, Connection } from './http.ts';
import { retryAfter } from './retry-after.ts';
import { readGraphqlUser } from './x-graphql-user.ts';

/** What the contract counts: requests. */
const REQUEST = 1;
const IDS_A_PAGE = 5000;
const IDS_A_LOOK_UP = 100;

const errorsSchema = z.object({ errors: anything, error: text, detail: text, title: text });
const errorSchema = z.object({ code: count, message: text });

interface Said {
  readonly code: number | null;
  /** In the form `{request, error}` instead of `{errors: [{code, message}]}`. */
  readonly bare: boolean;
  readonly said: string | null;
}

/** What an error says; `null` where the answer is none. */
function readError(json: unknown, connection: Connection): Said | null {
  const parsed = errorsSchema.safeParse(json);
  if (!parsed.success) return null;
  const { errors, error, detail, title } = parsed.data;
  const [listed] = readList(errors) ?? [];
  const first = errorSchema.safeParse(listed);
  if (first.success) {
    return { code: first.data.code, bare: false, said: connection.quote(first.data.message) };
  }
  if (error !== null) return { code: null, bare: true, said: connection.quote(error) };
  // The gateway before the API speaks in the newer API's form.
  const said = connection.quote(detail) ?? connection.quote(title);
  return said === null && errors === undefined ? null : { code: null, bare: false, said };
}

/** The API's error codes, which say more than the status. */
function troubleOfCode(code: number | null, said: string | null): ProviderTrouble | null {
  switch (code) {
    case 88:
      return { kind: 'too-fast', said };
    case 32:
    case 89:
    case 99:
    case 215:
      return { kind: 'bad-key', said };
    case 17:
    case 50:
    case 63:
      return { kind: 'no-such-profile', said };
    case 179:
      return { kind: 'private-profile', said };
    case 453:
      return { kind: 'not-allowed', said };
    default:
      return null;
  }
}

function troubleOfStatus(status: number, said: string | null): ProviderTrouble {
  switch (status) {
    case 401:
      return { kind: 'bad-key', said };
    case 403:
      return { kind: 'not-allowed', said };
    case 404:
      // Without the API's own words it is some other server's 404, at a mistaken base URL.
      return said === null ? { kind: 'refused-request', status, said } : { kind: 'no-such-profile', said };
    case 429:
      return { kind: 'too-fast', said };
    default:
      return status >= 500 || status === 200
        ? { kind: 'provider-broken', status, said }
        : { kind: 'refused-request', status, said };
  }
}

function troubleOf(status: number, error: Said | null): ProviderTrouble {
  const said = error?.said ?? null;
  if (status === 402) return { kind: 'no-credit', required: null, available: null, said };
  // A protected list answers 401 with `{request, error: "Not authorized."}`.
  if (status === 401 && error?.bare === true) return { kind: 'private-profile', said };
  return troubleOfCode(error?.code ?? null, said) ?? troubleOfStatus(status, said);
}

/** A request that the API looked up counts, found or not; one that it turned away at the door does not. */
function costOf(trouble: ProviderTrouble, error: Said | null): number | null {
  if (trouble.kind === 'private-profile') return REQUEST;
  if (trouble.kind !== 'no-such-profile') return 0;
  return troubleOfCode(error?.code ?? null, null) === null ? null : REQUEST;
}

function refusal(answer: Answer, connection: Connection) {
  const error = readError(answer.json, connection);
  const trouble = troubleOf(answer.status, error);
  const retryable = trouble.kind === 'too-fast' || trouble.kind === 'provider-broken';
  return failure(trouble, {
    charged: costOf(trouble, error),
    retryable,
    retryAfter: retryable ? retryAfter(answer) : null,
  });
}

const identitySchema = z.object({ id: anything, id_str: anything });

/** The v1.1 user object is what GraphQL later called `legacy`, with its id beside it. */
function readUser(value: unknown): Account | null {
  const parsed = identitySchema.safeParse(value);
  if (!parsed.success) return null;
  const id = readId(parsed.data.id_str) ?? readId(parsed.data.id);
  return readGraphqlUser({ rest_id: id, legacy: value });
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

const idsSchema = z.object({ ids: anything, next_cursor: anything, next_cursor_str: anything });

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const path = relation === 'followers' ? '/1.1/followers/ids.json' : '/1.1/friends/ids.json';
  const who = profile.id === null ? { screen_name: profile.handle } : { user_id: profile.id };
  const query = { ...who, stringify_ids: 'true', count: String(request.limit), cursor: cursor ?? '-1' };
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
  const { next_cursor_str: cursorText, next_cursor: cursorNumber } = parsed.data;
  const next = readOffer(cursorText) ?? readOffer(cursorNumber);
  if (next === undefined || (next === null && readOffer(cursorText) === undefined)) {
    return failure({ kind: 'unreadable', status: 200, why: 'the cursor is none' }, { charged: REQUEST });
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
  const { answer } = sent;
  // When none of the ids is left, the answer is a 404 with code 17 instead of an empty list.
  const noneLeft = answer.status === 404 && readError(answer.json, connection)?.code === 17;
  if (noneLeft) return { ok: true, value: { accounts: [], unreadable: 0, charged: REQUEST } };
  if (answer.status !== 200) return refusal(answer, connection);
  const list = Array.isArray(answer.json) ? readList(answer.json) : null;
  if (list === null) {
    if (readError(answer.json, connection) !== null) return refusal(answer, connection);
    return failure({ kind: 'unreadable', status: 200, why: 'the list is missing' }, { charged: REQUEST });
  }
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
  price: {
    unit: 'requests',
    perRequest: REQUEST,
    perRow: 0,
    resolve: REQUEST,
    perFill: REQUEST,
    keyCheck: REQUEST,
  },
  note: 'old-contract',
  topUpUrl: null,
  fillSize: IDS_A_LOOK_UP,
  supports: (platform) => platform === 'x',
  listsBy: 'id',
  pages: () => ({ most: IDS_A_PAGE, adjustable: true, seconds: 60, withoutNewUntilStalled: 19 }),
  resolve,
  fetchPage,
  fillIn,

  /** Any account will do: what is asked is whether the key is let in. It counts as any other request. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/1.1/users/show.json', query: { screen_name: 'x' } });
    if (!sent.ok) return sent;
    const { answer } = sent;
    if (answer.status === 200 && readUser(answer.json) !== null) {
      return { ok: true, value: { balance: null, charged: REQUEST } };
    }
    if (answer.status === 200 && readError(answer.json, connection) === null) {
      return failure(
        { kind: 'unreadable', status: 200, why: 'no account in the answer' },
        { charged: REQUEST },
      );
    }
    const refused = refusal(answer, connection);
    const { kind } = refused.failure.trouble;
    // Whatever became of that account: a key that is told so was let in.
    return kind === 'no-such-profile' || kind === 'private-profile'
      ? { ok: true, value: { balance: null, charged: REQUEST } }
      : refused;
  },

  advances(previous: Cursor | null, next: Cursor): boolean {
    return previous !== next;
  },
};
