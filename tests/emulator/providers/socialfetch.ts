/** SocialFetch: TikTok lists by handle, one credit per request, whatever the result of the lookup. */
import { header, json, type Reply } from '../exchange.ts';
import { DEFAULT_STYLE } from '../keys.ts';
import type { Relation } from '../platforms.ts';
import type { TrueAccount } from '../population/account.ts';
import { hash } from '../population/random.ts';
import type { Ask, Provider, Refusal } from './provider.ts';
import { secondsIn, tiktokPage } from './tiktok-page.ts';
import { secUid } from './tiktok-user.ts';

type LookupStatus = 'found' | 'hidden' | 'private' | 'not_found';

function requestId(path: string, now: number): string {
  return `req_${hash(`${path}${String(now)}`).toString(36)}`;
}

function respond(request: Ask, data: unknown, charge: number, rows = 0): Reply {
  const meta = { requestId: requestId(request.path, request.now), creditsCharged: charge, version: 'v1' };
  return json(200, { data, meta }, { charge, rows });
}

function person(account: TrueAccount, trim: boolean): Record<string, unknown> {
  const { avatarUrl } = account;
  const whole = {
    ...(avatarUrl === null ? {} : { avatarUrls: { large: avatarUrl, medium: avatarUrl, thumb: avatarUrl } }),
    platformUserId: account.id,
    secUid: secUid(account),
  };
  return {
    handle: account.handle,
    displayName: account.name,
    avatarUrl,
    ...(trim ? {} : whole),
    bio: account.bio,
    verified: account.verified,
    privateAccount: account.private,
    metrics: { followers: account.followers, following: account.following },
  };
}

function connections(request: Ask, handle: string, relation: Relation): Reply {
  const listName = relation === 'followers' ? 'followers' : 'accounts';
  const totalName = relation === 'followers' ? 'totalFollowers' : 'totalFollowing';
  const nothing = (lookupStatus: LookupStatus): Reply =>
    respond(
      request,
      { lookupStatus, [listName]: [], page: { nextCursor: null, hasMore: false }, [totalName]: null },
      request.key.price,
    );
  const population = request.populations.byHandle('tiktok', handle.replace(/^@/, ''));
  if (population === undefined) return nothing('not_found');
  if (population.protected) return nothing('private');
  if (population.isHidden(relation)) return nothing('hidden');
  const page = tiktokPage(population, relation, secondsIn(request.query.get('cursor')), request.key.pageSize);
  const trim = request.query.get('trim') === 'true';
  const people = page.accounts.map((account) => person(account, trim));
  const total = relation === 'followers' ? population.owner.followers : population.owner.following;
  const data = {
    lookupStatus: 'found' satisfies LookupStatus,
    [listName]: people,
    page: { nextCursor: page.next === null ? null : String(page.next), hasMore: page.next !== null },
    [totalName]: total,
  };
  return respond(request, data, request.key.price, people.length);
}

function route(request: Ask): Reply {
  const [, handle, relation] =
    /^\/v1\/tiktok\/profiles\/([^/]+)\/(followers|following)$/.exec(request.path) ?? [];
  if (handle !== undefined) {
    return connections(
      request,
      decodeURIComponent(handle),
      relation === 'following' ? 'following' : 'followers',
    );
  }
  if (request.path === '/v1/whoami')
    return respond(request, { userId: 'user_emulator', apiKeyId: request.key.keyId }, 0);
  if (request.path === '/v1/balance') return respond(request, { balance: request.key.balance }, 0);
  return refuse({ status: 404 }, request.path);
}

const CODES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['bad_request', 'The request is not valid.'],
  401: ['unauthorized', 'The API key is not valid.'],
  402: ['insufficient_credits', 'Not enough credits for this request.'],
  403: ['forbidden', 'This key may not do this.'],
  404: ['not_found', 'There is no such route.'],
  429: ['rate_limited', 'Too many requests.'],
  500: ['internal_error', 'Something went wrong.'],
  502: ['lookup_failed', 'The lookup could not be completed.'],
  503: ['service_unavailable', 'The service is not available for the moment.'],
};

function refuse(refusal: Refusal, path: string): Reply {
  const [code, message] = CODES[refusal.status] ?? ['internal_error', 'Something went wrong.'];
  const checkout = refusal.status === 402 ? { checkoutUrl: 'https://www.socialfetch.dev/checkout' } : {};
  const error = { code, message: refusal.message ?? message, requestId: requestId(path, 0), ...checkout };
  return json(refusal.status, { error });
}

export const socialfetch: Provider = {
  id: 'socialfetch',
  name: 'SocialFetch',
  unit: 'credits',
  hosts: ['api.socialfetch.dev'],
  prefix: '/socialfetch',
  root: '/',
  defaultKey: 'sfk_emulator_0b6e4d19a7c25f83',
  settings: { balance: 5_000, price: 1, pageSize: 20, latencyMs: 0, rateLimit: null, style: DEFAULT_STYLE },
  keyIn: (headers) => header(headers, 'x-api-key'),
  bucket: () => 'all',
  respond: route,
  // A request without any key is told that it cannot pay.
  refuse: (refusal, path) => refuse(refusal.keyless === true ? { ...refusal, status: 402 } : refusal, path),
  limitHeaders: (allowance, now): Record<string, string> =>
    allowance?.allowed === false
      ? { 'retry-after': String(Math.max(1, allowance.resetAt - Math.floor(now / 1000))) }
      : {},
};
