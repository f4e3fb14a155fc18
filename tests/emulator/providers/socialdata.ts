/** SocialData: users by name, followers, friends. Priced per returned user and per profile request, in micro-dollars. */
import { json, type Reply } from '../exchange.ts';
import { DEFAULT_STYLE, type KeyState } from '../keys.ts';
import type { Relation } from '../platforms.ts';
import type { TrueAccount } from '../population/account.ts';
import type { Population } from '../population/population.ts';
import { snowflake } from '../population/position.ts';
import type { Ask, Provider, Refusal } from './provider.ts';
import { shortenedBio } from './x-links.ts';
import { bearerIn } from './x-limits.ts';

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthenticated.',
  402: 'Insufficient balance',
  403: 'Access to this endpoint is limited',
  404: 'User not found',
  422: 'The user id field is required.',
  429: 'Too Many Attempts.',
  500: 'Failed to fetch data from Twitter',
};

function problem(status: number, message?: string): Reply {
  return json(status, { status: 'error', message: message ?? SENTENCES[status] ?? 'Service unavailable' });
}

/** A user as SocialData returns it, without its number. */
export function socialDataUser(account: TrueAccount): Record<string, unknown> {
  return {
    id_str: account.id,
    name: account.name,
    screen_name: account.handle,
    location: account.location,
    url: account.website === null ? null : `https://t.co/${account.id.slice(-10)}`,
    description: shortenedBio(account).text,
    protected: account.private,
    verified: account.verified,
    followers_count: account.followers,
    friends_count: account.following,
    listed_count: account.listed,
    favourites_count: account.likes,
    statuses_count: account.posts,
    created_at: new Date(account.createdAt).toISOString().replace(/(\.\d{3})Z$/, '$1000Z'),
    profile_banner_url: null,
    profile_image_url_https: account.avatarUrl,
    can_dm: false,
  };
}

/** JSON in which every `id` is a number, although no JavaScript number could represent it. */
function withNumericIds(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"id_str":"(\d+)"/g, '"id":$1,"id_str":"$1"');
}

function profile(request: Ask, name: string): Reply {
  const { populations, key } = request;
  const population = /^\d+$/.test(name) ? populations.byId('x', name) : populations.byHandle('x', name);
  if (population === undefined) return problem(404);
  return {
    ...json(200, null, { rows: 1, charge: key.price }),
    body: withNumericIds(socialDataUser(population.owner)),
  };
}

const UNLIKE_A_POSITION = 2n ** 62n;

/** The first entry of the page that a cursor requests; `null` if the cursor is invalid. */
function start(cursor: string | null, population: Population, relation: Relation): number | null {
  if (cursor === null) return 0;
  const [, digits] = /^(\d{1,19})\|\d{1,20}$/.exec(cursor) ?? [];
  if (digits === undefined) return null;
  const position = BigInt(digits);
  return position >= UNLIKE_A_POSITION
    ? Number(position - UNLIKE_A_POSITION)
    : population.firstBelow(relation, position);
}

/** The cursor of the page that begins at an entry, and whether the list ends before it. */
function cursorAt(request: Ask, population: Population, relation: Relation, to: number) {
  const { listEnd, cursorForm } = request.key.style;
  const time = String(snowflake(request.now, to));
  if (to < population.size(relation) || listEnd === 'empty-page') {
    const position =
      cursorForm === 'number' || to === 0
        ? UNLIKE_A_POSITION + BigInt(to)
        : population.position(relation, to - 1);
    return `${String(position)}|${time}`;
  }
  return { null: null, zero: '0', 'zero-pair': `0|${time}` }[listEnd];
}

const MINUTE = 60_000;
const FREE_WITHOUT_DATA = 3;
const emptyAnswers = new WeakMap<KeyState, number[]>();

/** What a response without data costs: the first three of a minute are free. */
function chargeForNothing({ key, now }: Ask): number {
  const recent = (emptyAnswers.get(key) ?? []).filter((at) => at > now - MINUTE);
  emptyAnswers.set(key, [...recent, now]);
  return recent.length < FREE_WITHOUT_DATA ? 0 : key.price;
}

function connections(request: Ask, relation: Relation): Reply {
  const id = request.query.get('user_id');
  if (id === null || !/^\d+$/.test(id)) return problem(422);
  const population = request.populations.byId('x', id);
  if (population === undefined || population.protected) return problem(404);
  const from = start(request.query.get('cursor'), population, relation);
  if (from === null) return problem(422, 'The cursor is invalid.');
  const places = population.entries(relation, from, request.key.pageSize);
  const to = from + places.length;
  // The empty page after the last one has a blank cursor. Suspended users are left out.
  const next = from > 0 && places.length === 0 ? '' : cursorAt(request, population, relation, to);
  const users = places.flatMap((entry) => (entry.kind === 'account' ? [socialDataUser(entry.account)] : []));
  const charge = users.length === 0 ? chargeForNothing(request) : users.length * request.key.price;
  return {
    ...json(200, null, { rows: users.length, charge }),
    body: withNumericIds({ next_cursor: next, users }),
  };
}

function route(request: Ask): Reply {
  const { path, method } = request;
  if (method !== 'GET') return problem(404, 'The route could not be found.');
  const [, name] = /^\/twitter\/user\/([^/]+)$/.exec(path) ?? [];
  if (name !== undefined) return profile(request, decodeURIComponent(name));
  switch (path) {
    case '/twitter/followers/list':
      return connections(request, 'followers');
    case '/twitter/friends/list':
      return connections(request, 'following');
    case '/user/balance':
      return json(200, { balance_usd: request.key.balance / 1_000_000 });
    default:
      return problem(404, `The route ${path} could not be found.`);
  }
}

export const socialdata: Provider = {
  id: 'socialdata',
  name: 'SocialData',
  unit: 'usd',
  hosts: ['api.socialdata.tools'],
  prefix: '/socialdata',
  root: '/',
  defaultKey: '123|emulatorkey7f3a91c2d4e86b05a1b2c3d4e5f60718293a4b5c',
  settings: {
    balance: 100_000_000,
    price: 200,
    pageSize: 50,
    latencyMs: 0,
    rateLimit: null,
    style: DEFAULT_STYLE,
  },
  keyIn: bearerIn,
  bucket: () => 'all',
  respond: route,
  refuse: ({ status, message }: Refusal) =>
    // Refusals of its framework have no status in the body.
    status === 401 || status === 429
      ? json(status, { message: message ?? SENTENCES[status] })
      : problem(status, message),
  limitHeaders: (allowance, now): Record<string, string> =>
    allowance === null
      ? {}
      : {
          'x-ratelimit-limit': String(allowance.limit),
          'x-ratelimit-remaining': String(allowance.remaining),
          ...(allowance.allowed
            ? {}
            : { 'retry-after': String(Math.max(1, allowance.resetAt - Math.floor(now / 1000))) }),
        },
};
