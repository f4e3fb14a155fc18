/** SociaVault: one key for X and TikTok, one credit per request. */
import { header, json, type Reply } from '../exchange.ts';
import { DEFAULT_STYLE } from '../keys.ts';
import type { Ask, Provider, Refusal } from './provider.ts';
import { tiktokConnections, tiktokProfile } from './sociavault-tiktok.ts';
import { connections, profile } from './sociavault-x.ts';

const ROUTES: Readonly<Record<string, (request: Ask) => Reply>> = {
  '/v1/credits': (request) =>
    json(200, { credits: request.key.balance, subscriptionStatus: 'active', subscriptionId: 'sub_emulator' }),
  '/v1/scrape/twitter/profile': profile,
  '/v1/scrape/twitter/followers': (request) => connections(request, 'followers'),
  '/v1/scrape/twitter/followings': (request) => connections(request, 'following'),
  '/v1/scrape/tiktok/profile': tiktokProfile,
  '/v1/scrape/tiktok/followers': (request) => tiktokConnections(request, 'followers'),
  '/v1/scrape/tiktok/following': (request) => tiktokConnections(request, 'following'),
};

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'Invalid request',
  401: 'Invalid API key',
  402: 'Insufficient credits',
  403: 'Access to this endpoint is not allowed for this key',
  404: 'Not found',
  429: 'Too many requests. Please slow down.',
  502: 'Bad gateway',
  503: 'Service unavailable',
};

function refuse(refusal: Refusal, path: string): Reply {
  const endpoint = path.split('/').at(-1) ?? '';
  const error = refusal.message ?? SENTENCES[refusal.status] ?? `Failed to fetch ${endpoint}`;
  switch (refusal.status) {
    case 400:
      return json(400, { error, endpoint, credits_required: 1 });
    case 401:
      return json(401, { error, docs: 'https://docs.sociavault.com/authentication' });
    case 402:
      return json(402, { error, required: refusal.required ?? 1, available: refusal.available ?? 0 });
    case 500:
      return json(500, { error, endpoint });
    default:
      return json(refusal.status, { error });
  }
}

export const sociavault: Provider = {
  id: 'sociavault',
  name: 'SociaVault',
  unit: 'credits',
  hosts: ['api.sociavault.com'],
  prefix: '/sociavault',
  root: '/',
  defaultKey: 'sk_live_emulator_7f3a91c2d4e86b05',
  settings: { balance: 5_000, price: 1, pageSize: 70, latencyMs: 0, rateLimit: null, style: DEFAULT_STYLE },
  keyIn: (headers) => header(headers, 'x-api-key'),
  bucket: () => 'all',
  respond(request) {
    const route = ROUTES[request.path];
    return route === undefined ? json(404, { error: 'Endpoint not found' }) : route(request);
  },
  refuse,
  limitHeaders: (allowance, now): Record<string, string> =>
    allowance?.allowed === false
      ? { 'retry-after': String(Math.max(1, allowance.resetAt - Math.floor(now / 1000))) }
      : {},
};
