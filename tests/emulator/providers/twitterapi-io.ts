/** twitterapi.io: profiles, followers, followings. Priced in credits, which are ten micro-dollars each. */
import { header, json, type Reply } from '../exchange.ts';
import { DEFAULT_STYLE } from '../keys.ts';
import type { Relation } from '../platforms.ts';
import type { Population } from '../population/population.ts';
import type { Ask, Provider, Refusal } from './provider.ts';
import { apiIoUser } from './twitterapi-io-user.ts';

const CREDIT = 10;
/** Micro-dollars. A profile, and the least that a request costs. */
const PROFILE = 18 * CREDIT;
const AT_LEAST = 15 * CREDIT;
const BONUS_CREDITS = 10_000;
const PAGE = { least: 20, most: 200 };

function failed(msg: string): Reply {
  return json(200, { status: 'error', msg, data: null }, { charge: AT_LEAST });
}

function info(request: Ask): Reply {
  const name = request.query.get('userName');
  if (name === null) return json(400, { detail: 'userName is required' });
  const population = request.populations.byHandle('x', name);
  if (population === undefined) return failed('user not found');
  const { userShape } = request.key.style;
  const data = apiIoUser(population.owner, userShape === 'mixed' ? 'A' : userShape);
  return json(200, { status: 'success', msg: 'success', data }, { rows: 1, charge: PROFILE });
}

/** Cursors are opaque, and need encoding in an address. */
function cursorOf(population: Population, relation: Relation, to: number): string {
  return Buffer.from(`after ${String(population.position(relation, to - 1))}?`).toString('base64');
}

function start(cursor: string, population: Population, relation: Relation): number | null {
  if (cursor === '') return 0;
  const [, position] = /^after (\d+)\?$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  return position === undefined ? null : population.firstBelow(relation, BigInt(position));
}

function connections(request: Ask, relation: Relation): Reply {
  const field = relation === 'followers' ? 'followers' : 'followings';
  const name = request.query.get('userName');
  if (name === null) return json(400, { detail: 'userName is required' });
  const population = request.populations.byHandle('x', name);
  const end = { has_next_page: false, next_cursor: '', status: 'success', msg: 'success', code: 0 };
  if (population === undefined || population.protected) {
    return request.key.style.noList === 'empty'
      ? json(200, { [field]: [], ...end }, { charge: AT_LEAST })
      : failed(population === undefined ? 'user not found' : 'user is protected');
  }
  const from = start(request.query.get('cursor') ?? '', population, relation);
  if (from === null) return json(422, { detail: [{ loc: ['query', 'cursor'], msg: 'invalid cursor' }] });
  // Other sizes are changed, not refused.
  const wanted = Number(request.query.get('pageSize') ?? PAGE.most) || PAGE.most;
  const size = Math.min(Math.max(wanted, PAGE.least), PAGE.most, request.key.pageSize);
  const places = population.entries(relation, from, size);
  const { userShape } = request.key.style;
  const users = places.flatMap((entry) =>
    entry.kind === 'account'
      ? [
          apiIoUser(
            entry.account,
            userShape === 'mixed' ? ((['A', 'B', 'C'] as const)[entry.index % 3] ?? 'A') : userShape,
          ),
        ]
      : [],
  );
  const to = from + places.length;
  const more =
    to < population.size(relation)
      ? { ...end, has_next_page: true, next_cursor: cursorOf(population, relation, to) }
      : end;
  const charge = Math.max(AT_LEAST, users.length * request.key.price);
  return json(200, { [field]: users, ...more }, { rows: users.length, charge });
}

function balance({ key }: Ask): Reply {
  return json(200, {
    recharge_credits: Math.floor(key.balance / CREDIT) - BONUS_CREDITS,
    total_bonus_credits: BONUS_CREDITS,
  });
}

const ROUTES: Readonly<Record<string, (request: Ask) => Reply>> = {
  '/twitter/user/info': info,
  '/twitter/user/followers': (request) => connections(request, 'followers'),
  '/twitter/user/followings': (request) => connections(request, 'following'),
  '/oapi/my/info': balance,
};

function refuse({ status, message }: Refusal): Reply {
  switch (status) {
    case 401:
      return json(401, { error: 'Unauthorized', message: message ?? 'Invalid API key' });
    case 402:
      return json(402, {
        error: 'Unauthorized',
        message: message ?? 'Credits is not enough.Please recharge',
      });
    case 403:
      return json(403, { error: 'Forbidden', message: message ?? 'Not allowed' });
    case 429:
      return json(429, {
        error: 'Too Many Requests',
        message: message ?? 'For free-tier users, the QPS limit is one request every 5 seconds.',
      });
    case 404:
      return json(404, { detail: message ?? 'Not Found' });
    case 400:
      return json(400, { detail: message ?? 'userName is required' });
    default:
      return json(status, { detail: message ?? 'Internal Server Error' });
  }
}

export const twitterapiIo: Provider = {
  id: 'twitterapi-io',
  name: 'twitterapi.io',
  unit: 'usd',
  hosts: ['api.twitterapi.io'],
  prefix: '/twitterapi',
  root: '/',
  defaultKey: 'new1_emulator7f3a91c2d4e86b05a1b2c3d4',
  settings: {
    balance: 100_000_000,
    price: 15 * CREDIT,
    pageSize: PAGE.most,
    latencyMs: 0,
    rateLimit: null,
    style: DEFAULT_STYLE,
  },
  keyIn: (headers) => header(headers, 'x-api-key'),
  bucket: () => 'all',
  respond: (request) => (ROUTES[request.path] ?? (() => refuse({ status: 404 })))(request),
  refuse,
  // No header states its rate limit.
  limitHeaders: () => ({}),
};
