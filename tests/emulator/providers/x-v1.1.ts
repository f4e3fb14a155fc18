/** X API v1.1: lists of IDs, and lookups that turn IDs into users. Requests are counted. */
import { json, type Reply } from '../exchange.ts';
import { DEFAULT_STYLE } from '../keys.ts';
import type { Relation } from '../platforms.ts';
import type { TrueAccount } from '../population/account.ts';
import type { Population } from '../population/population.ts';
import type { Ask, Provider, Refusal } from './provider.ts';
import { rubyDate } from './x-dates.ts';
import { shortenedBio } from './x-links.ts';
import { bearerIn, rateLimitHeaders } from './x-limits.ts';

const CURSOR_STEP = 1_591_087_837_626n;
const MOST_LOOKED_UP = 100;

function problem(status: number, code: number, message: string, charge = 0): Reply {
  return json(status, { errors: [{ code, message }] }, { charge });
}

function user(account: TrueAccount): Record<string, unknown> {
  const bio = shortenedBio(account);
  const official = account.verifiedType === 'business' || account.verifiedType === 'government';
  const fields = {
    id_str: account.id,
    name: account.name,
    screen_name: account.handle,
    location: account.location ?? '',
    description: bio.text,
    url: account.website === null ? null : `https://t.co/${account.id.slice(-10)}`,
    entities: {
      ...(account.website === null
        ? {}
        : { url: { urls: [{ expanded_url: account.website, indices: [0, 23] }] } }),
      description: { urls: bio.urls },
    },
    protected: account.private,
    followers_count: account.followers,
    friends_count: account.following,
    listed_count: account.listed,
    created_at: rubyDate(account.createdAt),
    favourites_count: account.likes,
    verified: official,
    statuses_count: account.posts,
    lang: null,
    profile_image_url_https: account.avatarUrl,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== null || name === 'lang'),
  );
}

/** JSON in which every `id` is a number, although no JavaScript number could represent it. */
function withNumericIds(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"id_str":"(\d+)"/g, '"id":$1,"id_str":"$1"');
}

function requested(request: Ask): Population | undefined {
  const id = request.query.get('user_id');
  return id === null
    ? request.populations.byHandle('x', request.query.get('screen_name') ?? '')
    : request.populations.byId('x', id);
}

function show(request: Ask): Reply {
  const population = requested(request);
  if (population === undefined) return problem(404, 50, 'User not found.', request.key.price);
  const reply = json(200, null, { rows: 1, charge: request.key.price });
  return { ...reply, body: withNumericIds(user(population.owner)) };
}

function start(cursor: string, size: number): number {
  if (cursor === '-1') return 0;
  if (!/^\d{1,25}$/.test(cursor) || BigInt(cursor) % CURSOR_STEP !== 0n) return size;
  const left = Number(BigInt(cursor) / CURSOR_STEP);
  return Math.max(0, size - left);
}

function ids(request: Ask, relation: Relation): Reply {
  const population = requested(request);
  if (population === undefined)
    return problem(404, 34, 'Sorry, that page does not exist.', request.key.price);
  if (population.protected) {
    return json(401, { request: request.path, error: 'Not authorized.' }, { charge: request.key.price });
  }
  const size = population.size(relation);
  const from = start(request.query.get('cursor') ?? '-1', size);
  const count = Math.min(
    Math.max(1, Number(request.query.get('count') ?? '5000') || 5000),
    request.key.pageSize,
  );
  // Suspended accounts are removed after paging.
  const places = population.entries(relation, from, count);
  const listed = places.flatMap((entry) => (entry.kind === 'account' ? [entry.account.id] : []));
  const to = from + places.length;
  const next = to < size ? String(BigInt(size - to) * CURSOR_STEP) : '0';
  const previous = from === 0 ? '0' : `-${String(BigInt(size - from) * CURSOR_STEP)}`;
  const stringify = request.query.get('stringify_ids') === 'true';
  const list = stringify ? JSON.stringify(listed) : `[${listed.join(',')}]`;
  // Written as text, because these numbers don't fit into a JavaScript number.
  const body =
    `{"ids":${list},"next_cursor":${next},"next_cursor_str":"${next}",` +
    `"previous_cursor":${previous},"previous_cursor_str":"${previous}","total_count":null}`;
  return { ...json(200, null, { rows: listed.length, charge: request.key.price }), body };
}

function lookUp(request: Ask): Reply {
  const wanted = (request.query.get('user_id') ?? '').split(',').filter((id) => /^\d{1,20}$/.test(id));
  if (wanted.length === 0 || wanted.length > MOST_LOOKED_UP) {
    return problem(403, 18, 'Too many terms specified in query.');
  }
  const found = wanted.flatMap((id) => request.populations.byAccountId('x', id) ?? []);
  if (found.length === 0) return problem(404, 17, 'No user matches for specified terms.', request.key.price);
  const reply = json(200, null, { rows: found.length, charge: request.key.price });
  return { ...reply, body: withNumericIds(found.map(user)) };
}

const ROUTES: Readonly<Record<string, (request: Ask) => Reply>> = {
  '/1.1/followers/ids.json': (request) => ids(request, 'followers'),
  '/1.1/friends/ids.json': (request) => ids(request, 'following'),
  '/1.1/users/lookup.json': lookUp,
  '/1.1/users/show.json': show,
};

const CODES: Readonly<Record<number, readonly [code: number, message: string]>> = {
  400: [25, 'Query parameters are missing.'],
  401: [89, 'Invalid or expired token.'],
  402: [453, 'You have used up what your access level includes.'],
  403: [453, 'You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints only.'],
  404: [34, 'Sorry, that page does not exist.'],
  429: [88, 'Rate limit exceeded'],
  503: [130, 'Over capacity'],
};

function refuse(refusal: Refusal): Reply {
  const [code, message] = CODES[refusal.status] ?? [131, 'Internal error'];
  return problem(refusal.status, refusal.code ?? code, refusal.message ?? message);
}

export const xV11: Provider = {
  id: 'x-v1.1',
  name: 'X API v1.1',
  unit: 'requests',
  hosts: ['api.x.com', 'api.twitter.com'],
  prefix: '/x',
  root: '/1.1/',
  defaultKey: 'AAAAAAAAAAAAAAAAAAAAAemulatorV11%2FdGVzdA%3D',
  settings: {
    balance: Infinity,
    price: 1,
    pageSize: 5000,
    latencyMs: 0,
    rateLimit: { limit: 900, windowSeconds: 900 },
    style: DEFAULT_STYLE,
  },
  keyIn: bearerIn,
  bucket: (path) => path,
  respond(request) {
    const responseTo = ROUTES[request.path];
    return responseTo === undefined ? refuse({ status: 404 }) : responseTo(request);
  },
  refuse,
  limitHeaders: rateLimitHeaders,
};
