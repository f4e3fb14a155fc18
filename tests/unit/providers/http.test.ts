import { afterEach, describe, expect, it, vi } from 'vitest';
import { adapters } from '../../../lib/providers/index.ts';
import { connect, readBaseUrl, replay, segment, type Connection } from '../../../lib/providers/http.ts';

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

/** A connection to a provider whose answer is `answer`; `seen` records what reached it. */
function to(
  answer: () => Response | Promise<Response>,
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
      return answer();
    },
    now: () => 42,
  });
  return { connection, seen };
}

const ok = () => new Response('{"a":1}', { headers: { date: 'Wed, 01 Jan 2020 00:00:00 GMT' } });

describe('where the key goes', () => {
  it('to the configured base URL, below its path, and in its header alone', async () => {
    const { connection, seen } = to(ok, { baseUrl: 'https://proxy.example/x' });
    await connection.send({ path: '/2/users', query: { a: 'b' } });
    expect(seen[0]?.url.href).toBe('https://proxy.example/x/2/users?a=b');
    expect(new Headers(seen[0]?.init.headers).get('x-api-key')).toBe(KEY);
    expect(seen[0]?.url.href).not.toContain('sk_live');
  });

  it.each(['@evil.example/', '.evil.example/', '/../evil', '/%2e%2e/evil', '//a/../../evil', 'a', '/a b'])(
    'never by way of the path %j to another address',
    async (path) => {
      const { connection, seen } = to(ok, { baseUrl: 'https://api.example' });
      await expect(connection.send({ path })).rejects.toThrow(/path/);
      expect(seen).toHaveLength(0);
    },
  );

  it.each(['http://api.example', 'http://127.0.0.1.evil.example', 'ftp://localhost', 'nonsense', ''])(
    'not to %j',
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
    'of %s, in its own header, with no cookie, referrer or cache',
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
    'nowhere when it is %j, which no header can carry',
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
  it.each([301, 302, 303, 307, 308])('%i is refused, and asked only once', async (status) => {
    const { connection, seen } = to(
      () => new Response(null, { status, headers: { location: 'https://e.x/' } }),
    );
    expect(await connection.send({ path: '/a' })).toEqual({
      ok: false,
      failure: { trouble: { kind: 'redirect-refused' }, charged: null, retryable: false, retryAfter: null },
    });
    expect(seen).toHaveLength(1);
  });

  it('opaque ones, which browsers give, are too', async () => {
    const opaque = Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' } });
    const { connection } = to(() => opaque);
    expect(await connection.send({ path: '/a' })).toMatchObject({
      failure: { trouble: { kind: 'redirect-refused' } },
    });
  });
});

describe('requests', () => {
  it('encode whatever a cursor holds, line breaks among it', async () => {
    const { connection, seen } = to(ok);
    await connection.send({ path: '/a', query: { cursor: 'a|b=+&c\r\nX-Evil: 1', none: undefined } });
    expect(seen[0]?.url.href).toBe('https://api.example/a?cursor=a%7Cb%3D%2B%26c%0D%0AX-Evil%3A+1');
    expect(seen[0]?.url.searchParams.get('cursor')).toBe('a|b=+&c\r\nX-Evil: 1');
  });

  it('carry a body as JSON', async () => {
    const { connection, seen } = to(ok);
    await connection.send({ method: 'POST', path: '/a', body: { cursor: 'x' } });
    expect(seen[0]?.init).toMatchObject({ method: 'POST', body: '{"cursor":"x"}' });
    expect(new Headers(seen[0]?.init.headers).get('content-type')).toBe('application/json');
  });

  it('name a handle as one segment of a path', () => {
    expect(segment('a/b?c#d')).toBe('a%2Fb%3Fc%23d');
    expect([segment(''), segment('.'), segment('..')]).toEqual([null, null, null]);
    expect(segment('...')).toBe('...');
    expect(segment('\uD800')).toBe('%EF%BF%BD');
  });
});

describe('answers', () => {
  it('come whole, with the provider’s clock and ours', async () => {
    const { connection } = to(ok);
    expect(connection.lastAnswer()).toBeNull();
    const sent = await connection.send({ path: '/a' });
    expect(sent.ok && sent.answer).toMatchObject({
      status: 200,
      date: Date.UTC(2020, 0, 1),
      receivedAt: 42,
      json: { a: 1 },
    });
    expect(connection.lastAnswer()).toBe(sent.ok && sent.answer);
  });

  it.each([
    ['HTML', '<html>'],
    ['nothing', ''],
    ['half a document', '{"a":'],
  ])('of %s are no JSON, and no error', async (_, body) => {
    const { connection } = to(() => new Response(body));
    const sent = await connection.send({ path: '/a' });
    expect(sent).toMatchObject({ ok: true, answer: { json: undefined, date: null } });
  });

  it('cut off in the middle may have been charged', async () => {
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
    expect(connection.lastAnswer()).toBeNull();
  });

  it('of more than 32 MB are not read to their end, and nothing of the answer before is kept for them', async () => {
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
    const answers = [ok, endless];
    const { connection } = to(() => (answers.shift() ?? endless)());
    await connection.send({ path: '/a' });
    expect(await connection.send({ path: '/a' })).toMatchObject({
      failure: { trouble: { kind: 'too-large', megabytes: 32 }, charged: null },
    });
    expect(cancelled).toBe(true);
    expect(parts).toBeLessThan(40);
    expect(connection.lastAnswer()).toBeNull();
  });

  it.each([
    ['a refused connection', new TypeError('Failed to fetch')],
    ['a time-out', new DOMException('x', 'TimeoutError')],
    ['a stop', new DOMException('x', 'AbortError')],
  ])('missing after %s may have been charged', async (_, error) => {
    const { connection } = to(() => Promise.reject(error));
    expect(await connection.send({ path: '/a' })).toMatchObject({
      failure: { trouble: { kind: 'unreachable' }, charged: null, retryable: true },
    });
  });

  it('an error of our own is not taken for the network’s', async () => {
    const { connection } = to(() => Promise.reject(new RangeError('a defect')));
    await expect(connection.send({ path: '/a' })).rejects.toThrow('a defect');
  });

  it('stop with the run', async () => {
    const controller = new AbortController();
    const { connection, seen } = to(ok, { signal: controller.signal });
    await connection.send({ path: '/a' });
    const { signal } = seen[0]?.init ?? {};
    expect(signal?.aborted).toBe(false);
    controller.abort();
    expect(signal?.aborted).toBe(true);
  });

  it('read again are sent nowhere', async () => {
    const bytes = new TextEncoder().encode('{"a":1}');
    const connection = replay({ status: 200, receivedAt: 7, bytes });
    expect(await connection.send({ path: '/a' })).toMatchObject({
      ok: true,
      answer: { status: 200, receivedAt: 7, json: { a: 1 } },
    });
  });
});

describe('what a provider says', () => {
  const { connection } = to(ok);

  it.each([
    ['the key', `bad key ${KEY}!`, 'bad key •••!'],
    ['the key twice', `${KEY} ${KEY}`, '••• •••'],
    ['the key, encoded', `?key=${encodeURIComponent(KEY)}&`, '?key=•••&'],
    ['the key, decoded', `key ${decodeURIComponent(KEY)}`, 'key •••'],
    ['line breaks and controls', 'a\r\nb\u0000c\u2028d', 'a b c d'],
    ['turns of direction', 'a\u202Eb\u2066c', 'a b c'],
    ['lone surrogates', 'a\uD800b', 'a b'],
    ['emoji, whole', '👩‍👩‍👧', '👩‍👩‍👧'],
    ['nothing', ' \n ', null],
    ['no text', { a: 1 }, null],
    ['nothing at all', undefined, null],
  ])('%s', (_, said, expected) => {
    expect(connection.quote(said)).toBe(expected);
  });

  it('is cut at 300 characters, none of them in half', () => {
    expect(connection.quote('😀'.repeat(1000))).toBe('😀'.repeat(300));
    expect(connection.quote(`a${'😀'.repeat(1000)}`)).toBe(`a${'😀'.repeat(299)}`);
  });

  it('shows no part of a key that stands at the cut', () => {
    for (let before = 270; before <= 300; before += 1) {
      expect(connection.quote(`${'x'.repeat(before)}${KEY}`)).not.toContain('sk_');
    }
  });

  it('is itself where a key is no URL text, or none', () => {
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
  ])('%j is read', (text, expected) => {
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
  ])('%j is none', (text) => {
    expect(readBaseUrl(text)).toBeNull();
  });
});

describe('without a fetch of its own', () => {
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
