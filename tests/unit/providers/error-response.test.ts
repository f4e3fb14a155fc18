/** The cost and meaning of a response without data, by one rule for every provider. */
import { describe, expect, it } from 'vitest';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import { failedResponse, readErrorText, type ErrorMeaning } from '../../../lib/providers/error-response.ts';
import { socialFetch } from '../../../lib/providers/socialfetch.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { xV11 } from '../../../lib/providers/x-v1.1.ts';
import { xV2 } from '../../../lib/providers/x-v2.ts';
import { cannedConnection, json, type CannedResponse } from './answers.ts';

const HTML = '<!doctype html><html><body><center><h1>502 Bad Gateway</h1></center></body></html>';
/** Cloudflare's response to clients that accept JSON: a problem document, but not the provider's. */
const CLOUDFLARE = {
  type: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-522/',
  title: 'Error 522: Connection timed out',
  status: 522,
  detail: 'The origin web server timed out responding to this request.',
  error_code: 522,
  cloudflare_error: true,
};

const foreignResponses: readonly (readonly [string, CannedResponse])[] = [
  ...[201, 202, 203, 206].map((status) => [`${String(status)} HTML`, { status, body: HTML }] as const),
  ...[
    400, 401, 402, 403, 404, 408, 413, 429, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527,
  ].map((status) => [`${String(status)} HTML`, { status, body: HTML }] as const),
  ['an empty 503', { status: 503, body: '' }],
  ['an empty 408', { status: 408, body: '' }],
  ['HTML with 200', { body: HTML }],
  ['an empty 200', { body: '' }],
  ['JSON without content', json({})],
  ['JSON without content, with 500', json({}, { status: 500 })],
  ['a gateway’s message', json({ message: 'Endpoint request timed out' }, { status: 504 })],
  ['a gateway’s message with 502', json({ message: 'Bad Gateway' }, { status: 502 })],
  ['a gateway’s problem', json(CLOUDFLARE, { status: 522 })],
  ['a gateway’s problem with 429', json({ ...CLOUDFLARE, status: 429 }, { status: 429 })],
  [
    'a framework’s error',
    json({ statusCode: 502, error: 'Bad Gateway', message: 'Bad Gateway' }, { status: 502 }),
  ],
  [
    'a server’s error',
    json({ timestamp: '2026-11-21T00:00:00Z', status: 503, error: 'Service Unavailable' }, { status: 503 }),
  ],
  ['a host’s error', json({ error: { code: '502', message: 'Bad Gateway' } }, { status: 502 })],
  ['an empty list of errors', json({ errors: [{}] }, { status: 502 })],
];

interface ProviderStub {
  readonly adapter: Adapter;
  readonly platform: 'x' | 'tiktok';
  /** The provider's own error. */
  readonly own: (message: string) => unknown;
}

const stubs: Readonly<Record<string, ProviderStub>> = {
  SociaVault: { adapter: sociavault, platform: 'x', own: (error) => ({ error, endpoint: 'followers' }) },
  'SociaVault on TikTok': { adapter: sociavault, platform: 'tiktok', own: (error) => ({ error }) },
  SocialFetch: {
    adapter: socialFetch,
    platform: 'tiktok',
    own: (message) => ({ error: { code: 'some_code', message, requestId: 'r' } }),
  },
  'X API v2': {
    adapter: xV2,
    platform: 'x',
    own: (detail) => ({ title: 'T', detail, type: 'https://api.anything/2/problems/operational' }),
  },
  'X API v1.1': {
    adapter: xV11,
    platform: 'x',
    own: (message) => ({ errors: [{ code: 9999, message }] }),
  },
};

describe.each(Object.entries(stubs))('%s', (_, { adapter, platform, own: ownValue }) => {
  const profile = {
    platform,
    handle: handleSchema.parse('someone'),
    id: accountIdSchema.parse('44196397'),
  } as const;
  const page = (response: CannedResponse) =>
    adapter.fetchPage(
      { profile, relation: 'followers', cursor: null, limit: 20 },
      cannedConnection(adapter, response).connection,
    );

  it.each(foreignResponses)('%s may have been charged', async (__, response) => {
    expect(await page(response)).toMatchObject({ ok: false, failure: { charged: null } });
  });

  it('204 may have been charged', async () => {
    // A Response with this status must not have a body.
    const fetch = () => Promise.resolve(new Response(null, { status: 204 }));
    const { connect } = await import('../../../lib/providers/http.ts');
    const connection = connect({
      adapter,
      key: 'k',
      baseUrl: adapter.origin,
      signal: new AbortController().signal,
      fetch,
    });
    const result = await adapter.fetchPage(
      { profile, relation: 'followers', cursor: null, limit: 20 },
      connection,
    );
    expect(result).toMatchObject({
      failure: { trouble: { kind: 'unreadable', status: 204 }, charged: null, retryable: false },
    });
  });

  it.each([400, 401, 402, 403, 429, 500, 502, 503])('its own error with %i is free', async (status) => {
    expect(await page(json(ownValue('It did not work.'), { status }))).toMatchObject({
      ok: false,
      failure: { charged: 0 },
    });
  });

  it.each([408, 499, 504, 520, 524, 527])(
    '%i is a response lost on its way, whatever its body',
    async (status) => {
      const response = json(ownValue('It did not work.'), { status });
      expect(await page(response)).toMatchObject({
        failure: { trouble: { kind: 'provider-broken', status }, charged: null, retryable: true },
      });
    },
  );
});

describe('the precedence of error information', () => {
  const response = (status: number) => ({ status, headers: new Headers(), date: null, receivedAt: 0 });
  const text = (message: string): ErrorMeaning | null =>
    message.includes('credit') ? { kind: 'no-credit' } : null;
  const kind = (status: number, message: string | null, meaning: ErrorMeaning | null = null) =>
    failedResponse(response(status), { message, meaning, stated: null }, { words: text }).failure.trouble
      .kind;

  it('a structured code refines its status, and words do not change it', () => {
    expect(kind(403, 'credit', { kind: 'private-profile' })).toBe('private-profile');
    expect(kind(401, 'credit', { kind: 'private-profile' })).toBe('private-profile');
  });

  it('words count if the status is ambiguous', () => {
    expect(kind(200, 'credit')).toBe('no-credit');
    expect(kind(403, 'credit')).toBe('no-credit');
    expect(kind(401, 'credit')).toBe('bad-key');
    expect(kind(429, 'credit')).toBe('too-fast');
  });

  it('a cost stated by the provider is used', () => {
    const envelope = { message: null, meaning: null, stated: 2 };
    expect(failedResponse(response(504), envelope).failure.charged).toBe(2);
    expect(failedResponse(response(400), envelope).failure.charged).toBe(2);
  });
});

describe('a handle that a message repeats', () => {
  const profile = (handle: string) =>
    ({ platform: 'x', handle: handleSchema.parse(handle), id: null }) as const;
  const resolved = (handle: string, response: CannedResponse) =>
    sociavault.resolve(profile(handle), cannedConnection(sociavault, response).connection);

  it.each([
    ['creditkarma', 'User creditkarma not found'],
    ['apikey_dev', 'Account @apikey_dev was not found'],
    ['route66', 'Profile route66 not found'],
    ['credits', 'User credits not found'],
    ['private', "No such user: 'private'"],
    ['api_key', 'User API_KEY does not exist'],
    ['too.fast', 'User too.fast not found.'],
  ])('@%s in “%s” does not determine the error', async (handle, error) => {
    for (const response of [json({ success: false, error }), json({ error }, { status: 404 })]) {
      expect(await resolved(handle, response)).toMatchObject({
        failure: { trouble: { kind: 'no-such-profile', said: error }, charged: 0, retryable: false },
      });
    }
  });

  it.each([
    ['credits', 'Insufficient credits', 'no-credit'],
    ['hidden', 'This list is hidden', 'hidden-list'],
    ['endpoint', 'User endpoint could not be loaded', 'provider-broken'],
  ])('@%s in “%s”', async (handle, error, expected) => {
    expect(await resolved(handle, json({ success: false, error }))).toMatchObject({
      failure: { trouble: { kind: expected } },
    });
  });

  it('is removed literally, whatever letters it has', () => {
    const heard: string[] = [];
    readErrorText('User a.b+c[ and %E5%A4%B4 and 头文字m', '头', (text) => {
      heard.push(text);
      return { kind: 'too-fast' };
    });
    expect(heard).toEqual(['User a.b+c[ and   and 头文字m']);
  });
});
