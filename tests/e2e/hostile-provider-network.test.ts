/** A hostile provider sends cookies, redirects, and malformed cursors: none is followed, and no key is revealed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { showKeyForm } from '../harness/options-page.ts';
import { LIST_PAGE, TRACKER, requestsTo, snapshotOf, start } from './hostile-provider.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  for (const provider of ['sociavault', 'socialfetch', 'x-v2'] as const) await scene.saveKey(provider);
});
afterAll(() => scene.close());

/** Names of the cookies that the browser stores for a host. */
async function cookiesOf(url: string): Promise<string[]> {
  return (await scene.browser.context.cookies(url)).map(({ name }) => name);
}

it('a provider’s cookie is not stored, and an existing one is not sent', async () => {
  const { emulator, browser } = scene;
  const url = 'https://api.sociavault.com/';
  const handle = 'cookie_list';
  emulator.population({ platform: 'x', handle, followers: 210, following: 0 });
  // As for a user who is signed in with the provider.
  const mine = {
    name: 'signed_in',
    value: 'yes',
    domain: '.sociavault.com',
    path: '/',
    secure: true,
  } as const;
  await browser.context.addCookies([{ ...mine, sameSite: 'None' }]);
  const setCookie = ['who=you; Path=/; Secure; SameSite=None', 'here=1; Domain=sociavault.com; Path=/'];
  emulator.fault({
    when: ({ provider }) => provider === 'sociavault',
    times: Infinity,
    do: { kind: 'headers', headers: { 'set-cookie': setCookie } },
  });
  const before = emulator.log.length;
  const popup = await start(scene, handle);
  expect(await snapshotOf(scene, handle, hasEnded)).toMatchObject({ rows: 210 });
  await popup.close();
  const requested = emulator.log.slice(before).filter(({ provider }) => provider === 'sociavault');
  expect(requested.length).toBeGreaterThanOrEqual(4);
  expect(requested.flatMap(({ cookies }) => cookies)).toEqual([]);
  expect(requested.some(({ headers }) => 'referer' in headers)).toBe(false);
  expect(await cookiesOf(url)).toEqual(['signed_in']);

  // Control: a tab at that host sends the existing one, and would store the others.
  const tab = await scene.visit(`${url}v1/scrape/twitter/profile`);
  await tab.close();
  expect(emulator.log.findLast(({ path }) => path === '/v1/scrape/twitter/profile')?.cookies).toEqual([
    'signed_in',
  ]);
  emulator.clearRules();
});

describe('a redirect', () => {
  const TARGETS = [
    ['another host', 301, `https://${TRACKER}/caught`],
    ['another host', 302, `https://${TRACKER}/caught`],
    ['another host, the same request', 307, `https://${TRACKER}/caught`],
    ['another host, for good', 308, `https://${TRACKER}/caught`],
    ['plain HTTP', 307, 'http://api.sociavault.com/caught'],
    ['another path of its own', 307, '/caught'],
    ['this computer', 307, 'http://127.0.0.1:1/caught'],
  ] as const;

  it.each(TARGETS)('to %s (%i) is not followed, for any request with a key', async (_, status, to) => {
    const { emulator, browser } = scene;
    const handle = 'led_astray';
    emulator.population({ platform: 'x', handle, followers: 70, following: 0 });
    const rule = emulator.fault({
      when: ({ provider }) => provider === 'sociavault',
      times: Infinity,
      do: { kind: 'redirect', to, status },
    });
    const before = emulator.log.length;
    const options = await browser.openOptions();
    const region = options.getByRole('region', { name: 'SociaVault', exact: true });
    await showKeyForm(region);
    await region.getByRole('button', { name: 'Test key' }).click();
    await region.getByText('redirected to another address. Your key was not sent there.').waitFor();
    await options.close();
    expect(rule.used).toBe(1);
    expect(emulator.log.slice(before).map(({ path }) => path)).not.toContain('/caught');
    emulator.clearRules();
  });

  it('of a lookup blocks the run with a message, and costs nothing', async () => {
    const { emulator } = scene;
    const handle = 'led_astray';
    emulator.fault({
      when: ({ provider }) => provider === 'sociavault',
      times: Infinity,
      do: { kind: 'redirect', to: `https://${TRACKER}/caught` },
    });
    const popup = await start(scene, handle);
    expect(await snapshotOf(scene, handle, (row) => stateOf(row) === 'blocked')).toMatchObject({
      charged: 0,
      // The redirecting server may have passed the request on before.
      maybeCharged: 1,
      state: { trouble: { kind: 'redirect-refused' } },
    });
    await popup.getByText('Your key was not sent there.').first().waitFor();
    await popup.close();
    expect(requestsTo(scene, TRACKER).filter(({ path }) => path === '/caught')).toEqual([]);
    emulator.clearRules();
  });
});

describe('a cursor with line breaks', () => {
  const TAIL =
    '|1\r\nX-Planted: yes\r\nHost: tracker.example\r\n\r\nGET /planted HTTP/1.1\r\n&user_id=1#?/../%0d%0a';
  const CASES: readonly (readonly [ProviderName, string, string, (body: unknown) => unknown])[] = [
    [
      'sociavault',
      'cursor',
      `1${TAIL}`,
      (body) => {
        const response = body as { data: { cursor: object } };
        return {
          ...response,
          data: { ...response.data, cursor: { ...response.data.cursor, bottom: `1${TAIL}` } },
        };
      },
    ],
    ['x-v2', 'pagination_token', TAIL, (body) => ({ ...(body as object), meta: { next_token: TAIL } })],
  ];

  it.each(CASES)(
    'is sent to %s unchanged, encoded, and without an additional header',
    async (provider, name, cursor, edit) => {
      const { emulator, browser } = scene;
      const handle = `lines_${provider.slice(0, 4).replace('-', '_')}`;
      emulator.population({ platform: 'x', handle, followers: 210, following: 0 });
      emulator.key({ provider: 'x-v2', pageSize: 70 });
      if (provider === 'x-v2') {
        const options = await browser.openOptions();
        const region = options.getByRole('region', { name: 'SociaVault', exact: true });
        await showKeyForm(region);
        await region.getByRole('button', { name: 'Remove key' }).click();
        await region.getByText('Key removed.').waitFor();
        await options.close();
      }
      const isPage = ({ path }: RequestRecord): boolean => path === LIST_PAGE || path.endsWith('/followers');
      const before = emulator.log.length;
      emulator.fault({ when: isPage, do: { kind: 'edit', edit } });
      const popup = await start(scene, handle);
      const second = await emulator.waitFor(
        (record) => record.n > before && isPage(record) && record.query[name] !== undefined,
      );
      await popup.close();
      expect(second).toMatchObject({ provider, method: 'GET' });
      expect(second.query[name]).toBe(cursor);
      const [first] = emulator.log.slice(before).filter(isPage);
      expect(second.path).toBe(first?.path);
      expect(Object.keys(second.headers).sort()).toEqual(Object.keys(first?.headers ?? {}).sort());
      expect(Object.keys(second.headers)).not.toContain('x-planted');
      expect(second.query['user_id']).toBe(first?.query['user_id']);
      expect(second.host).toBe(first?.host);
      expect(emulator.log.slice(before).filter(({ path }) => path.includes('planted'))).toEqual([]);
      emulator.clearRules();
    },
  );
});
