import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../lib/providers/http.ts';
import { KeptConnections, wasResent, type Timing } from '../../../lib/providers/resending.ts';

/** As Chromium measures them: over a kept connection, over a new one, and over a new one after a kept one broke. */
const KEPT: Timing = { fetchStart: 100, domainLookupStart: 100, connectStart: 100, connectEnd: 100 };
const NEW: Timing = { fetchStart: 100, domainLookupStart: 100.8, connectStart: 100.8, connectEnd: 109 };
const AGAIN: Timing = { fetchStart: 100, domainLookupStart: 102.7, connectStart: 102.7, connectEnd: 104 };

it('a new connection that was made late is one made for a second time', () => {
  expect([KEPT, NEW, AGAIN, null].map(wasResent)).toEqual([false, false, true, false]);
});

it('a connection is taken for kept for four seconds, by one request, and not when its server closes it', () => {
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

describe('a connection', () => {
  let host = 0;
  /** Two calls in a row, the second with the given fate; each test has a host of its own. */
  async function second(timing: Timing, fetch: typeof globalThis.fetch): Promise<boolean> {
    host += 1;
    const open = (send: typeof globalThis.fetch) =>
      connect({
        adapter: { key: { header: () => ['x-key', 'secret'] } },
        key: 'secret',
        baseUrl: `https://host-${String(host)}.example`,
        signal: new AbortController().signal,
        fetch: send,
        timing: () => timing,
      });
    const first = open(() => Promise.resolve(new Response('{}')));
    await first.send({ path: '/a' });
    expect(first.mayBeSentTwice()).toBe(false);
    const then = open(fetch);
    await then.send({ path: '/b' });
    return then.mayBeSentTwice();
  }
  const answers = (): Promise<Response> => Promise.resolve(new Response('{}'));
  afterEach(() => vi.restoreAllMocks());

  it('that was kept and is used again tells of nothing', async () => {
    expect(await second(KEPT, answers)).toBe(false);
  });

  it('that broke and was made anew tells of it', async () => {
    expect(await second(AGAIN, answers)).toBe(true);
  });

  it('that broke twice tells of it, and a time-out does not', async () => {
    expect(await second(KEPT, () => Promise.reject(new TypeError('Failed to fetch')))).toBe(true);
    expect(await second(KEPT, () => Promise.reject(new DOMException('late', 'TimeoutError')))).toBe(false);
  });
});
