import { afterEach, describe, expect, it, vi } from 'vitest';
import { adapters } from '../../../lib/providers/index.ts';
import { connect, readBaseUrl, replay, type Connection } from '../../../lib/providers/http.ts';
import { segment } from '../../../lib/providers/path-segment.ts';

const KEY = 'sk_live_a+b/c%2Bd';
const adapter = {
  key: {
    header: (key: string) => ['X-API-Key', key] as const,
    clean: (text: string) => text,
    prefix: null,
    placeholder: '',
    url: '',
  },
};

interface Seen {
  readonly url: URL;
  readonly init: RequestInit;
}

/** A connection to a provider whose response is `answer`; `seen` records the requests. */
function to(
  response: () => Response | Promise<Response>,
  options: { readonly key?: string; readonly baseUrl?: string; readonly signal?: AbortSignal } = {},
): { connection: Connection; seen: Seen[] } {
  const seen: Seen[] = [];
  const connection = connect({
    adapter,
    key: options.key ?? KEY,
    baseUrl: options.baseUrl ?? 'https://api.example',
    signal: options.signal ?? new AbortController().signal,
    fetch: async (input, init = {}) => {
      seen.push({ url: new URL(input instanceof Request ? input.url : input), init });
      return response();
    },
    now: () => 42,
  });
  return { connection, seen };
}

const ok = () => new Response('{"a":1}', { headers: { date: 'Wed, 01 Jan 2020 00:00:00 GMT' } });

describe('the key is sent', () => {
  it('to the configured base URL, below its path, and only in its header', async () => {
    const { connection, seen } = to(ok, { baseUrl: 'https://proxy.example/x' });
    await connection.send({ path: '/2/users', query: { a: 'b' } });
    expect(seen[0]?.url.href).toBe('https://proxy.example/x/2/users?a=b');
    expect(new Headers(seen[0]?.init.headers).get('x-api-key')).toBe(KEY);
    expect(seen[0]?.url.href).not.toContain('sk_live');
  });

  it.each(['@evil.example/', '.evil.example/', '/../evil', '/%2e%2e/evil', '//a/../../evil', 'a', '/a b'])(
    'never to another address through the path %j',
    async (path) => {
      const { connection, seen } = to(ok, { baseUrl: 'https://api.example' });
      await expect(connection.send({ path })).rejects.toThrow(/path/);
      expect(seen).toHaveLength(0);
    },
  );

  it.each(['http://api.example', 'http://127.0.0.1.evil.example', 'ftp://localhost', 'nonsense', ''])(
    'never to %j',
    async (baseUrl) => {
      const { connection, seen } = to(ok, { baseUrl });
      expect(await connection.send({ path: '/a' })).toMatchObject({
        ok: false,
        failure: { trouble: { kind: 'unreachable' }, charged: 0, retryable: false },
      });
      expect(seen).toHaveLength(0);
    },
  );

  it.each(adapters.map((each) => [each.name, each] as const))(
    'of %s, in its own header, without cookies, referrer, or cache',
    async (_, each) => {
      const seen: Seen[] = [];
      const connection = connect({
        adapter: each,
        key: KEY,
        baseUrl: each.origin,
        signal: new AbortController().signal,
        fetch: async (input, init = {}) => {
          seen.push({ url: new URL(input instanceof Request ? input.url : input), init });
          return Promise.resolve(ok());
        },
      });
      await each.checkKey(connection);
      expect(seen.map(({ url }) => url.origin)).toEqual([each.origin]);
      expect(seen[0]?.init).toMatchObject({
        redirect: 'manual',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      });
      const [header, value] = each.key.header(KEY);
      expect(new Headers(seen[0]?.init.headers).get(header)).toBe(value);
    },
  );

  it.each(['sk…live', 'line\nbreak', 'zero\0'])(
    'never if it is %j, which no header can contain',
    async (key) => {
      const { connection, seen } = to(ok, { key });
      expect(await connection.send({ path: '/a' })).toEqual({
        ok: false,
        failure: { trouble: { kind: 'bad-key', said: null }, charged: 0, retryable: false, retryAfter: null },
      });
      expect(seen).toHaveLength(0);
    },
  );
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('%i is refused, with only one request', async (status) => {
    const { connection, seen } = to(
      () => new Response(null, { status, headers: { location: 'https://e.x/' } }),
    );
    expect(await connection.send({ path: '/a' })).toEqual({
      ok: false,
      failure: { trouble: { kind: 'redirect-refused' }, charged: null, retryable: false, retryAfter: null },
    });
    expect(seen).toHaveLength(1);
  });

  it('opaque ones, as browsers return them, are refused too', async () => {
    const opaque = Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } });
    const { connection } = to(() => opaque);
    expect(await connection.send({ path: '/a' })).toMatchObject({
      failure: { trouble: { kind: 'redirect-refused' } },
    });
  });
});

describe('requests', () => {
  it('encode everything in a cursor, including line breaks', async () => {
    const { connection, seen } = to(ok);
    await connection.send({ path: '/a', query: { cursor: 'a|b=+&c\r\nX-Evil: 1', none: undefined } });
    expect(seen[0]?.url.href).toBe('https://api.example/a?cursor=a%7Cb%3D%2B%26c%0D%0AX-Evil%3A+1');
    expect(seen[0]?.url.searchParams.get('cursor')).toBe('a|b=+&c\r\nX-Evil: 1');
  });

  it('send a body as JSON', async () => {
    const { connection, seen } = to(ok);
    await connection.send({ method: 'POST', path: '/a', body: { cursor: 'x' } });
    expect(seen[0]?.init).toMatchObject({ method: 'POST', body: '{"cursor":"x"}' });
    expect(new Headers(seen[0]?.init.headers).get('content-type')).toBe('application/json');
  });

  it('put a handle into one path segment', () => {
    expect(segment('a/b?c#d')).toBe('a%2Fb%3Fc%23d');
    expect([segment(''), segment('.'), segment('..')]).toEqual([null, null, null]);
    expect(segment('...')).toBe('...');
    expect(segment('\uD800')).toBe('%EF%BF%BD');
  });
});

describe('responses', () => {
  it('are returned whole, with the provider’s clock and the local clock', async () => {
    const { connection } = to(ok);
    expect(connection.lastResponse()).toBeNull();
    const sent = await connection.send({ path: '/a' });
    expect(sent.ok && sent.response).toMatchObject({
      status: 200,
      date: Date.UTC(2020, 0, 1),
      receivedAt: 42,
      json: { a: 1 },
    });
    expect(connection.lastResponse()).toBe(sent.ok && sent.response);
  });

  it.each([
    ['HTML', '<html>'],
    ['nothing', ''],
    ['half a document', '{"a":'],
  ])('with %s are not JSON, but no error', async (_, body) => {
    const { connection } = to(() => new Response(body));
    const sent = await connection.send({ path: '/a' });
    expect(sent).toMatchObject({ ok: true, response: { json: undefined, date: null } });
  });

  it('that are truncated may have been charged', async () => {
    const cut = () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"a":'));
          controller.error(new TypeError('terminated'));
        },
      });
      return new Response(body);
    };
    const { connection } = to(cut);
    expect(await connection.send({ path: '/a' })).toEqual({
      ok: false,
      failure: { trouble: { kind: 'unreachable' }, charged: null, retryable: true, retryAfter: null },
    });
    expect(connection.lastResponse()).toBeNull();
  });

  it('of more than 32 MB are not read to the end, and are not replaced by a previous response', async () => {
    const part = new Uint8Array(1024 * 1024);
    let parts = 0;
    let cancelled = false;
    const endless = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            parts += 1;
            controller.enqueue(part);
          },
          cancel() {
            cancelled = true;
          },
        }),
      );
    const responses = [ok, endless];
    const { connection } = to(() => (responses.shift() ?? endless)());
    await connection.send({ path: '/a' });
    expect(await connection.send({ path: '/a' })).toMatchObject({
      failure: { trouble: { kind: 'too-large', megabytes: 32 }, charged: null },
    });
    expect(cancelled).toBe(true);
    expect(parts).toBeLessThan(40);
    expect(connection.lastResponse()).toBeNull();
  });

  it.each([
    ['a refused connection', new TypeError('Failed to fetch')],
    ['a time-out', new DOMException('x', 'TimeoutError')],
    ['a stop', new DOMException('x', 'AbortError')],
  ])('that are missing after %s may have been charged', async (_, error) => {
    const { connection } = to(() => Promise.reject(error));
    expect(await connection.send({ path: '/a' })).toMatchObject({
      failure: { trouble: { kind: 'unreachable' }, charged: null, retryable: true },
    });
  });

  it('do not hide an internal error as a network error', async () => {
    const { connection } = to(() => Promise.reject(new RangeError('a defect')));
    await expect(connection.send({ path: '/a' })).rejects.toThrow('a defect');
  });

  it('are cancelled with the run', async () => {
    const controller = new AbortController();
    const { connection, seen } = to(ok, { signal: controller.signal });
    await connection.send({ path: '/a' });
    const { signal } = seen[0]?.init ?? {};
    expect(signal?.aborted).toBe(false);
    controller.abort();
    expect(signal?.aborted).toBe(true);
  });

  it('are read again without a request', async () => {
    const bytes = new TextEncoder().encode('{"a":1}');
    const connection = replay({ status: 200, receivedAt: 7, bytes });
    expect(await connection.send({ path: '/a' })).toMatchObject({
      ok: true,
      response: { status: 200, receivedAt: 7, json: { a: 1 } },
    });
  });
});

describe('a provider’s message', () => {
  const { connection } = to(ok);

  it.each([
    ['the key', `bad key ${KEY}!`, 'bad key •••!'],
    ['the key twice', `${KEY} ${KEY}`, '••• •••'],
    ['the key, encoded', `?key=${encodeURIComponent(KEY)}&`, '?key=•••&'],
    ['the key, decoded', `key ${decodeURIComponent(KEY)}`, 'key •••'],
    ['line breaks and controls', 'a\r\nb\u0000c\u2028d', 'a b c d'],
    ['direction overrides', 'a\u202Eb\u2066c', 'a b c'],
    ['lone surrogates', 'a\uD800b', 'a b'],
    ['emoji, whole', '👩‍👩‍👧', '👩‍👩‍👧'],
    ['nothing', ' \n ', null],
    ['not a text', { a: 1 }, null],
    ['nothing at all', undefined, null],
  ])('%s', (_, providerMessage, expected) => {
    expect(connection.quote(providerMessage)).toBe(expected);
  });

  it('is truncated to 300 characters, without splitting a character', () => {
    expect(connection.quote('😀'.repeat(1000))).toBe('😀'.repeat(300));
    expect(connection.quote(`a${'😀'.repeat(1000)}`)).toBe(`a${'😀'.repeat(299)}`);
  });

  it('shows no part of a key at the truncation', () => {
    for (let before = 270; before <= 300; before += 1) {
      expect(connection.quote(`${'x'.repeat(before)}${KEY}`)).not.toContain('sk_');
    }
  });

  it('is handled if a key is not URL-encoded text, or empty', () => {
    expect(to(ok, { key: '100%' }).connection.quote('at 100% now')).toBe('at ••• now');
    expect(to(ok, { key: '' }).connection.quote('words')).toBe('words');
  });
});

describe('base URLs', () => {
  it.each([
    ['https://api.x.com', 'https://api.x.com'],
    [' https://API.x.com/ ', 'https://api.x.com'],
    ['https://proxy.example:8443/x/', 'https://proxy.example:8443/x'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/sociavault', 'http://localhost:8080/sociavault'],
  ])('%j is valid', (text, expected) => {
    expect(readBaseUrl(text)).toBe(expected);
  });

  it.each([
    'http://api.x.com',
    'http://192.168.0.1',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://0.0.0.0',
    'https://user:pass@api.x.com',
    'https://api.x.com?key=1',
    'https://api.x.com#a',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'api.x.com',
    '',
  ])('%j is invalid', (text) => {
    expect(readBaseUrl(text)).toBeNull();
  });
});

describe('without an injected fetch', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('a connection uses the browser’s', async () => {
    const fetch = vi.fn(() => Promise.resolve(ok()));
    vi.stubGlobal('fetch', fetch);
    const connection = connect({
      adapter,
      key: KEY,
      baseUrl: 'https://api.example',
      signal: new AbortController().signal,
    });
    expect((await connection.send({ path: '/a' })).ok).toBe(true);
    expect(fetch).toHaveBeenCalledOnce();
  });
});
