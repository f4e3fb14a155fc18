/** What is charged, what is logged, and simulated faults. */
import { request as httpRequest } from 'node:http';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { RequestRecord } from '../../emulator/exchange.ts';
import { request, at, example } from './send-request.ts';

const NOW = Date.UTC(2026, 10, 14, 12, 0, 0);

let emulator: Emulator;
let now = NOW;
let followers: string;
let v2Followers: string;
beforeEach(async () => {
  now = NOW;
  emulator = await startEmulator({ now: () => now });
  const { id } = emulator.population({
    platform: 'x',
    handle: 'someone',
    followers: 500,
    following: 0,
  }).owner;
  followers = `/v1/scrape/twitter/followers?user_id=${id}`;
  v2Followers = `/2/users/${id}/followers`;
});
afterEach(() => emulator.close());

const isList = ({ path }: RequestRecord): boolean => path.endsWith('/followers');

describe('charges', () => {
  it('are one credit for each response with data, and none for rejections', async () => {
    await request(emulator, 'sociavault', '/v1/scrape/twitter/profile?handle=someone');
    await request(emulator, 'sociavault', followers);
    await request(emulator, 'sociavault', '/v1/credits');
    await request(emulator, 'sociavault', '/v1/scrape/twitter/followers');
    await request(emulator, 'sociavault', followers, { key: 'sk_live_wrong' });
    expect(emulator.charges('sociavault')).toEqual({ requests: 5, charged: 2, amount: 2, rows: 70 });
    expect(emulator.charges('sk_live_wrong')).toEqual({ requests: 1, charged: 0, amount: 0, rows: 0 });
    expect(at((await request(emulator, 'sociavault', '/v1/credits')).json, 'credits')).toBe(4_998);
  });

  it('are one cent for each user that X API v2 returns, including a lookup by name', async () => {
    await request(emulator, 'x-v2', '/2/users/by/username/someone');
    await request(emulator, 'x-v2', `${v2Followers}?max_results=99`);
    await request(emulator, 'x-v2', '/2/users/by/username/nobody_here');
    expect(emulator.charges('x-v2')).toEqual({ requests: 3, charged: 2, amount: 1_000_000, rows: 100 });
  });

  it('never exceed the balance', async () => {
    emulator.key({ provider: 'x-v2', balance: 500_000 });
    const refused = await request(emulator, 'x-v2', `${v2Followers}?max_results=51`);
    expect([refused.status, at(refused.json, 'type')]).toEqual([402, expect.stringMatching(/credits$/)]);
    expect((await request(emulator, 'x-v2', `${v2Followers}?max_results=50`)).status).toBe(200);
    expect(emulator.charges('x-v2').amount).toBe(500_000);
  });

  it('are settled before the first byte is sent: a client that disconnected has paid', async () => {
    const hold = emulator.hold(isList, 'decided');
    const client = new AbortController();
    const lost = request(emulator, 'sociavault', followers, { signal: client.signal });
    const record = await hold.arrived;
    expect([record.charged, record.outcome]).toEqual([1, 'pending']);
    client.abort();
    await expect(lost).rejects.toThrow();
    await emulator.waitFor(({ outcome }) => outcome === 'aborted');
    hold.release();
    expect(emulator.charges('sociavault').amount).toBe(1);
  });

  it('are not made yet while a request is held on arrival', async () => {
    const hold = emulator.hold(isList);
    const response = request(emulator, 'sociavault', followers);
    expect((await hold.arrived).charged).toBe(0);
    hold.release();
    expect((await response).status).toBe(200);
    expect(emulator.charges('sociavault').amount).toBe(1);
  });
});

describe('the log', () => {
  it('records requests and responses, but no key', async () => {
    await request(emulator, 'x-v2', `${v2Followers}?max_results=5`);
    const record = await emulator.waitFor(({ outcome }) => outcome === 'answered');
    expect(record).toMatchObject({
      n: 1,
      at: NOW,
      provider: 'x-v2',
      method: 'GET',
      path: v2Followers,
      query: { max_results: '5' },
      keyId: emulator.keyId(emulator.defaultKey('x-v2')),
      status: 200,
      rows: 5,
      charged: 50_000,
    });
    expect(JSON.stringify(emulator.log)).not.toContain(emulator.defaultKey('x-v2'));
  });

  it('reports future requests', async () => {
    const second = emulator.waitFor(isList, { after: 1 });
    await request(emulator, 'sociavault', followers);
    await request(emulator, 'sociavault', followers);
    expect((await second).n).toBe(2);
  });
});

describe('rate limits', () => {
  it('count each endpoint, state when they end, and end then', async () => {
    emulator.key({ provider: 'x-v2', rateLimit: { limit: 2, windowSeconds: 900 } });
    for (const left of ['1', '0']) {
      const { status, headers } = await request(emulator, 'x-v2', v2Followers);
      expect([status, headers.get('x-rate-limit-remaining')]).toEqual([200, left]);
    }
    const tooFast = await request(emulator, 'x-v2', v2Followers);
    expect([tooFast.status, at(tooFast.json, 'title')]).toEqual([429, 'Too Many Requests']);
    expect(tooFast.headers.get('x-rate-limit-reset')).toBe(String(NOW / 1000 + 900));
    expect(tooFast.headers.get('date')).toBe(new Date(NOW).toUTCString());
    expect((await request(emulator, 'x-v2', '/2/users/by/username/someone')).status).toBe(200);
    emulator.key({ provider: 'x-v2', style: { tooFast: 'code-88' } });
    expect(at((await request(emulator, 'x-v2', v2Followers)).json, 'errors', 0, 'code')).toBe(88);
    now += 900_000;
    expect((await request(emulator, 'x-v2', v2Followers)).status).toBe(200);
  });
});

describe('faults', () => {
  it('occur as often as configured, and respond in the provider’s format', async () => {
    const rule = emulator.fault({
      when: isList,
      times: 2,
      do: { kind: 'status', status: 503, retryAfterSeconds: 7 },
    });
    const first = await request(emulator, 'sociavault', followers);
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await request(emulator, 'x-v2', v2Followers)).status).toBe(503);
    expect((await request(emulator, 'sociavault', followers)).status).toBe(200);
    expect(rule.used).toBe(2);
    expect(emulator.charges('sociavault').amount).toBe(1);
  });

  it('state a reset in seconds, in the past, or not at all', async () => {
    const reset = async (seconds?: number) => {
      const fault = {
        kind: 'status',
        status: 429,
        ...(seconds === undefined ? {} : { resetInSeconds: seconds }),
      } as const;
      emulator.fault({ when: isList, do: fault });
      return (await request(emulator, 'x-v2', v2Followers)).headers.get('x-rate-limit-reset');
    };
    expect([await reset(60), await reset(-60), await reset()]).toEqual([
      String(NOW / 1000 + 60),
      String(NOW / 1000 - 60),
      null,
    ]);
  });

  it('respond with text that is not JSON, with nothing, with too much, or with another shape', async () => {
    const strike = async (fault: Parameters<Emulator['fault']>[0]['do']) => {
      emulator.fault({ when: isList, do: fault });
      return request(emulator, 'sociavault', followers);
    };
    const html = await strike({ kind: 'not-json' });
    expect([html.status, html.json]).toEqual([200, undefined]);
    expect(emulator.charges('sociavault').amount).toBe(0);
    expect((await strike({ kind: 'empty-200' })).text).toBe('');
    expect((await strike({ kind: 'huge', bytes: 2_000_000 })).text.length).toBeGreaterThan(2_000_000);
    expect((await strike({ kind: 'edit', edit: () => ({ success: true, data: 7 }) })).json).toEqual({
      success: true,
      data: 7,
    });
    expect(emulator.charges('sociavault').amount).toBe(3);
    const away = await strike({ kind: 'redirect', to: 'https://elsewhere.example/' });
    expect([away.status, away.headers.get('location')]).toEqual([302, 'https://elsewhere.example/']);
  });

  it('repeat the previous page, and charge for it', async () => {
    const first = await request(emulator, 'sociavault', followers);
    const next = encodeURIComponent(String(at(first.json, 'data', 'cursor', 'bottom')));
    emulator.fault({ when: isList, do: { kind: 'repeat-page' } });
    expect((await request(emulator, 'sociavault', `${followers}&cursor=${next}`)).text).toBe(first.text);
    expect(emulator.charges('sociavault').amount).toBe(2);
  });

  it.each([
    ['cut', 1],
    ['reset-after-charge', 1],
    ['reset-before-charge', 0],
  ] as const)('lose the answer: %s costs %i', async (kind, amount) => {
    emulator.fault({ when: isList, do: { kind } });
    await expect(request(emulator, 'sociavault', followers)).rejects.toThrow();
    const record = await emulator.waitFor(({ outcome }) => outcome === 'dropped');
    expect([record.charged, emulator.charges('sociavault').amount]).toEqual([amount, amount]);
  });

  it('delay the response', async () => {
    emulator.fault({ when: isList, do: { kind: 'silence', ms: 120 } });
    const before = performance.now();
    const response = request(emulator, 'sociavault', followers);
    expect((await emulator.waitFor(({ charged }) => charged === 1)).outcome).toBe('pending');
    await response;
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });
});

describe('raw answers', () => {
  it('serve a document unchanged, but still check the key', async () => {
    const body = JSON.stringify(example('sociavault-x-followers'));
    emulator.serveRaw({ when: isList, body, rows: 1, times: 1 });
    expect((await request(emulator, 'sociavault', followers, { key: 'sk_live_wrong' })).status).toBe(401);
    expect((await request(emulator, 'sociavault', followers)).text).toBe(body);
    expect(emulator.charges('sociavault')).toMatchObject({ charged: 1, amount: 1, rows: 1 });
    expect((await request(emulator, 'sociavault', followers)).text).not.toBe(body);
    emulator.serveRaw({ when: isList, body: { data: [] }, rows: 3 });
    await request(emulator, 'x-v2', v2Followers);
    expect(emulator.charges('x-v2').amount).toBe(30_000);
  });
});

/** Sends a request to `host` through the CONNECT proxy, like a browser with a proxy. */
async function throughProxy(host: string, path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  httpRequest({ port: emulator.httpPort, host: '127.0.0.1', method: 'CONNECT', path: `${host}:443` })
    .on('connect', (_response, socket) => {
      const tls = tlsConnect({ socket, servername: host, rejectUnauthorized: false }, () => {
        resolve(tls);
      });
      tls.on('error', reject);
    })
    .on('error', reject)
    .end();
  const tls = await promise;
  tls.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of tls) text += String(chunk);
  return text;
}

describe('hosts', () => {
  it('are served by name over TLS, through the proxy, with their own pages', async () => {
    const x = await throughProxy('x.com', '/ada_research');
    expect(x).toContain('HTTP/1.1 200');
    expect(x).toContain('data-testid="UserProfileSchema-test"');
    expect(x).toContain('"additionalName":"ada_research"');
    expect(await throughProxy('www.tiktok.com', '/@ada.clips')).toContain('/assets/tiktok.js');
    expect(await throughProxy('api.sociavault.com', '/v1/credits')).toContain('HTTP/1.1 401');
    expect(await throughProxy('pbs.twimg.com', '/profile_images/1/a_normal.jpg')).toContain('<svg');
    expect(await throughProxy('elsewhere.example', '/')).toContain('HTTP/1.1 404');
    expect(emulator.log.map(({ host, provider }) => [host, provider])).toContainEqual([
      'api.sociavault.com',
      'sociavault',
    ]);
  });

  it('have no structured data on pages that are not profiles', async () => {
    for (const path of ['/home', '/explore', '/nobody_here']) {
      expect(await throughProxy('x.com', path)).not.toContain('ld+json');
    }
  });
});
