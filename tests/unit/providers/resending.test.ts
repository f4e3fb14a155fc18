import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../lib/providers/http.ts';
import {
  KeptConnections,
  ownMemory,
  wasResent,
  type ConnectionMemory,
  type KnownConnection,
  type Timing,
} from '../../../lib/providers/resending.ts';

/** Milliseconds from the start of a request, as Chromium measures them: DNS lookup, connection, TLS, completion. */
function timing(lookUp: number, connecting: number, tls: number, done: number): Timing {
  const at = (offset: number): number => 100 + offset;
  return {
    fetchStart: 100,
    domainLookupStart: at(lookUp),
    connectStart: at(connecting),
    secureConnectionStart: at(tls),
    connectEnd: at(done),
  };
}
/** Over a kept-alive connection, over a new one, and over a new one after a kept-alive one broke. */
const KEPT = timing(0, 0, 0, 0);
const NEW = timing(0.8, 0.8, 1, 9);
const AGAIN = timing(7, 7, 7.1, 8.7);
/** A new connection to a server 80 ms away, on a busy machine: a first attempt would have taken 80 ms to fail. */
const NEW_FAR = timing(9.8, 9.8, 90, 170);
const AGAIN_FAR = timing(95, 95, 176, 256);
/** A server nearby: 12 ms until the first attempt failed. */
const AGAIN_NEARBY = timing(12, 12, 12.1, 15);
/** Without TLS. */
const AGAIN_PLAIN: Timing = { ...AGAIN, secureConnectionStart: 0 };

it('a new connection that was opened late is a second attempt', () => {
  const judged = (surelyKept: boolean): boolean[] =>
    [KEPT, NEW, AGAIN_NEARBY, AGAIN_FAR, null].map((measured) => wasResent(measured, surelyKept));
  expect(judged(true)).toEqual([false, false, true, true, false]);
  expect(judged(false)).toEqual([false, false, true, true, false]);
  expect([AGAIN, AGAIN_PLAIN].map((measured) => wasResent(measured, true))).toEqual([true, true]);
});

it('unless a kept-alive connection is certain, a delay that is too short for any failure does not count', () => {
  expect(wasResent(AGAIN, false)).toBe(false);
});

it('unless a kept-alive connection is certain, a delay shorter than the round trip does not count', () => {
  expect(wasResent(NEW_FAR, true)).toBe(true);
  expect(wasResent(NEW_FAR, false)).toBe(false);
});

it('a connection counts as certainly kept alive for four seconds, after one request, unless its server closes it', () => {
  const kept = new KeptConnections();
  expect(kept.begin('a', 0)).toBe(false);
  kept.end('a', 10, true);
  expect(kept.begin('b', 20)).toBe(false);
  expect(kept.begin('a', 20)).toBe(true);
  expect(kept.begin('a', 20)).toBe(false);
  kept.end('a', 30, true);
  expect(kept.begin('a', 5_000)).toBe(false);
  kept.end('a', 6_000, false);
  expect(kept.begin('a', 6_001)).toBe(false);
});

interface Scene {
  readonly memory?: ConnectionMemory;
  readonly online?: boolean;
  /** Milliseconds between the two calls. */
  readonly idle?: number;
  readonly first?: () => Promise<Response>;
}

let host = 0;
const responses = (): Promise<Response> => Promise.resolve(new Response('{}'));
const breaks = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
const late = (): Promise<Response> => Promise.reject(new DOMException('late', 'TimeoutError'));

/** Two calls in a row, the second with the given result; each test uses a different host. */
async function second(measured: Timing, fetch: typeof globalThis.fetch, scene: Scene = {}): Promise<boolean> {
  const { memory = ownMemory(), online = true, idle = 0, first = responses } = scene;
  host += 1;
  let now = 1_000_000;
  const open = (send: typeof globalThis.fetch, took: Timing) =>
    connect({
      adapter: { key: { header: () => ['x-key', 'secret'] } },
      key: 'secret',
      baseUrl: `https://host-${String(host)}.example`,
      signal: new AbortController().signal,
      fetch: send,
      timing: () => took,
      memory,
      online: () => online,
      now: () => now,
    });
  await open(first, NEW).send({ path: '/a' });
  now += idle;
  const then = open(fetch, measured);
  await then.send({ path: '/b' });
  return then.mayBeSentTwice();
}
afterEach(() => vi.restoreAllMocks());

describe('a connection', () => {
  it('that was kept alive and is reused reports nothing', async () => {
    expect(await second(KEPT, responses)).toBe(false);
  });

  it.each([0, 3_000, 6_000, 20_000, 300_000])(
    'that broke after %i ms without a request, and was opened again, is reported',
    async (idle) => {
      expect(await second(AGAIN_NEARBY, responses, { idle })).toBe(true);
      expect(await second(AGAIN_FAR, responses, { idle })).toBe(true);
      expect(await second(NEW, responses, { idle })).toBe(false);
    },
  );

  it('that broke twice is reported after any pause, and a timeout is not', async () => {
    for (const idle of [0, 20_000]) {
      expect(await second(KEPT, breaks, { idle })).toBe(true);
      expect(await second(KEPT, late, { idle })).toBe(false);
    }
  });

  it('that broke twice without a network was not opened a second time', async () => {
    expect(await second(KEPT, breaks, { online: false })).toBe(false);
  });

  it('that its server closed, or that broke before, is not reported', async () => {
    const closes = (): Promise<Response> =>
      Promise.resolve(new Response('{}', { headers: { connection: 'close' } }));
    for (const first of [closes, breaks]) {
      expect(await second(AGAIN_NEARBY, responses, { first })).toBe(false);
      expect(await second(KEPT, breaks, { first })).toBe(false);
    }
  });
});

describe('in a background that has just started', () => {
  const knowing = (known: KnownConnection): ConnectionMemory => ({
    read: () => Promise.resolve(known),
    note: () => undefined,
  });
  /** The first call of a context, with what is known from the previous one. */
  async function first(known: KnownConnection, measured: Timing, fetch = responses): Promise<boolean> {
    host += 1;
    const connection = connect({
      adapter: { key: { header: () => ['x-key', 'secret'] } },
      key: 'secret',
      baseUrl: `https://host-${String(host)}.example`,
      signal: new AbortController().signal,
      fetch,
      timing: () => measured,
      memory: knowing(known),
      online: () => true,
    });
    await connection.send({ path: '/a' });
    return connection.mayBeSentTwice();
  }

  it('the connection left by the previous background may have broken', async () => {
    expect(await first('kept', AGAIN_NEARBY)).toBe(true);
    expect(await first('kept', KEPT, breaks)).toBe(true);
    expect(await first('kept', NEW_FAR)).toBe(false);
  });

  it('there is no connection if none was opened or the last one was closed', async () => {
    for (const known of ['none', 'closed'] as const) {
      expect(await first(known, AGAIN_NEARBY)).toBe(false);
      expect(await first(known, KEPT, breaks)).toBe(false);
    }
  });

  it('an unknown connection may still be alive', async () => {
    expect(await ownMemory().read('https://a.example')).toBe('kept');
  });
});
