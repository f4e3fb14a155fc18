/** The layers between a client and a provider: gateways that respond in its place, and the version of HTTP. */
import { connect, type ClientHttp2Session } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { request } from './send-request.ts';

const PATH = '/v1/scrape/twitter/profile?handle=ada_research';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

describe('a gateway', () => {
  it.each([502, 504, 524] as const)(
    'answers %i with a page of its own, and the request is counted',
    async (status) => {
      emulator.fault({ when: () => true, do: { kind: 'gateway', status } });
      const response = await request(emulator, 'sociavault', PATH);
      expect(response.status).toBe(status);
      expect(response.text).toContain('<html>');
      expect(emulator.charges('sociavault').amount).toBe(1);
    },
  );

  it('sends nothing with 204', async () => {
    emulator.fault({ when: () => true, do: { kind: 'gateway', status: 204 } });
    const response = await request(emulator, 'sociavault', PATH);
    expect(response).toMatchObject({ status: 204, text: '' });
    expect(emulator.charges('sociavault').amount).toBe(1);
  });

  it('that did not reach the provider costs nothing', async () => {
    emulator.fault({ when: () => true, do: { kind: 'gateway', status: 502, charged: false } });
    await request(emulator, 'sociavault', PATH);
    expect(emulator.charges('sociavault').amount).toBe(0);
  });
});

it('an error of the provider itself can be charged', async () => {
  const body = { success: false, error: 'Something went wrong', credits_used: 1 };
  emulator.fault({ when: () => true, do: { kind: 'charged-error', status: 500, body } });
  expect(await request(emulator, 'sociavault', PATH)).toMatchObject({ status: 500, json: body });
  expect(emulator.charges('sociavault').amount).toBe(1);
});

describe('over HTTP/2', () => {
  /** Resolves to the status, or to `broken` if the session ends before there is one. */
  async function status(session: ClientHttp2Session): Promise<number | 'broken'> {
    const { promise, resolve } = Promise.withResolvers<number | 'broken'>();
    const stream = session.request({
      ':path': PATH,
      ':authority': 'api.sociavault.com',
      'x-api-key': emulator.defaultKey('sociavault'),
    });
    stream.on('response', (headers) => {
      resolve(Number(headers[':status']));
    });
    stream.on('error', () => {
      resolve('broken');
    });
    stream.on('close', () => {
      resolve('broken');
    });
    stream.resume();
    stream.end();
    return promise;
  }

  function open(): ClientHttp2Session {
    const session = connect(`https://127.0.0.1:${String(emulator.tlsPort)}`, { rejectUnauthorized: false });
    session.on('error', () => undefined);
    return session;
  }

  it('requests are answered and counted as over HTTP/1.1', async () => {
    emulator.speakHttp2(true);
    const session = open();
    expect(await status(session)).toBe(200);
    expect(await status(session)).toBe(200);
    expect(emulator.log.map(({ httpVersion, charged }) => [httpVersion, charged])).toEqual([
      ['2.0', 1],
      ['2.0', 1],
    ]);
    session.destroy();
  });

  it('a reset breaks the whole connection', async () => {
    emulator.speakHttp2(true);
    emulator.fault({ when: ({ n }) => n === 2, do: { kind: 'reset-after-charge' } });
    const session = open();
    expect(await status(session)).toBe(200);
    expect(await status(session)).toBe('broken');
    expect(session.destroyed || session.closed).toBe(true);
    expect(emulator.charges('sociavault').amount).toBe(2);
  });
});
