import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { xV11 } from '../../../lib/providers/x-v1.1.ts';
import { cannedConnection, json, vendorText } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('andypiper'),
  id: accountIdSchema.parse('786491'),
} as const;
const firstPage = { profile, relation: 'followers', cursor: null, limit: 5000 } as const;
const id = (text: string) => accountIdSchema.parse(text);

describe('the documented example response', () => {
  it('keeps every digit of unquoted numeric IDs', async () => {
    const { connection } = cannedConnection(xV11, { body: vendorText('x-v1.1-followers-ids') });
    const result = await xV11.fetchPage(firstPage, connection);
    expect(result).toMatchObject({
      ok: true,
      value: { unreadable: 0, next: '1591087837626119954', expected: null, charged: 1 },
    });
    expect(result.ok && result.value.accounts.map((account) => account.id)).toEqual([
      '455974794',
      '947576438684872705',
      '850839346009780224',
      '958850376630910976',
      '889483959943536640',
      '966094285119606784',
      '1020583045',
      '948604640811212801',
      '967155179614240768',
      '554514802',
      '14873932',
      '963916668731904000',
      '970763391181746178',
      '966091392631140358',
      '813143846',
      '958604886735716353',
      '402873729',
      '958603486551330817',
      '913076424897994753',
      '820967329068707840',
      '958593574932762624',
      '958589381102665728',
      '958573223737724929',
      '889474485694410752',
    ]);
    expect(result.ok && result.value.accounts[0]).toMatchObject({ handle: null, unavailable: null });
  });
});

describe('requests', () => {
  it('start at cursor −1, request 5,000 IDs as text, and contain the ID', async () => {
    const { connection, requested } = cannedConnection(xV11, json({ ids: [], next_cursor_str: '0' }));
    await xV11.fetchPage(firstPage, connection);
    expect(requested[0]?.url.href).toBe(
      'https://api.x.com/1.1/followers/ids.json?user_id=786491&stringify_ids=true&count=5000&cursor=-1',
    );
    expect(requested[0]?.headers.get('authorization')).toMatch(/^Bearer /);
  });

  it('use friends for following, the handle if no ID is known, and the cursor', async () => {
    const { connection, requested } = cannedConnection(xV11, json({ ids: [], next_cursor_str: '0' }));
    const unknown = { ...profile, id: null };
    const cursor = cursorSchema.parse('1591087837626119954');
    await xV11.fetchPage({ ...firstPage, profile: unknown, relation: 'following', cursor }, connection);
    expect(requested[0]?.url.pathname).toBe('/1.1/friends/ids.json');
    expect(requested[0]?.url.searchParams.get('screen_name')).toBe('andypiper');
    expect(requested[0]?.url.searchParams.get('cursor')).toBe('1591087837626119954');
  });
});

describe('the next page', () => {
  it.each([
    ['next_cursor_str 0 ends a list', { next_cursor_str: '0', next_cursor: 5 }, null],
    ['next_cursor 0 ends a list', { next_cursor: 0 }, null],
    ['the text wins over the number', { next_cursor_str: '7', next_cursor: 5 }, '7'],
    ['the number is used if the text is missing', { next_cursor: 5 }, '5'],
    ['the number is used if the text is invalid', { next_cursor_str: {}, next_cursor: 5 }, '5'],
  ])('%s', async (_, cursors, next) => {
    const result = await xV11.fetchPage(
      firstPage,
      cannedConnection(xV11, json({ ids: ['1'], ...cursors })).connection,
    );
    expect(result).toMatchObject({ ok: true, value: { accounts: [{ id: '1' }], next } });
  });

  it('continues after a short or empty page, because suspended accounts are filtered after paging', async () => {
    const result = await xV11.fetchPage(
      firstPage,
      cannedConnection(xV11, json({ ids: [], next_cursor_str: '9' })).connection,
    );
    expect(result).toMatchObject({ ok: true, value: { accounts: [], next: '9' } });
  });

  it.each([
    {},
    { next_cursor_str: null, next_cursor: null },
    { next_cursor_str: '' },
    { next_cursor_str: ' ' },
    { next_cursor_str: {} },
    { next_cursor_str: {}, next_cursor: [] },
    { next_cursor: true },
  ])('is unknown with %j: the response is saved', async (cursors) => {
    const { connection } = cannedConnection(xV11, json({ ids: ['1'], ...cursors }));
    expect(await xV11.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: 1 },
    });
  });

  it('counts invalid IDs, and keeps the rest', async () => {
    const { connection } = cannedConnection(
      xV11,
      json({ ids: ['1', null, 'x', 2.5, {}, 7], next_cursor_str: '0' }),
    );
    expect(await xV11.fetchPage(firstPage, connection)).toMatchObject({
      value: { accounts: [{ id: '1' }, { id: '7' }], unreadable: 4 },
    });
  });
});

describe('errors', () => {
  const error = (code: number, message = 'M') => ({ errors: [{ code, message }] });

  it.each([
    [429, error(88), 'too-fast', true, 0],
    [200, error(88), 'too-fast', true, 0],
    [401, error(89), 'bad-key', false, 0],
    [401, error(32), 'bad-key', false, 0],
    [400, error(215), 'bad-key', false, 0],
    [404, error(17), 'no-such-profile', false, 1],
    [404, error(50), 'no-such-profile', false, 1],
    [403, error(63), 'no-such-profile', false, 1],
    [403, error(453), 'not-allowed', false, 0],
    [401, { request: '/1.1/followers/ids.json', error: 'Not authorized.' }, 'private-profile', false, 1],
    [401, { title: 'Unauthorized', detail: 'Unauthorized', status: 401 }, 'bad-key', false, 0],
    [401, { errors: [{ message: 'No code' }] }, 'bad-key', false, 0],
    [402, error(453), 'no-credit', false, 0],
    [403, error(200), 'not-allowed', false, 0],
    [404, error(34), 'no-such-profile', false, null],
    [400, error(25), 'refused-request', false, 0],
    [500, error(131), 'provider-broken', true, 0],
    [503, error(130), 'provider-broken', true, 0],
    [401, { request: '/1.1/x', error: 'Invalid / expired Token' }, 'bad-key', false, 0],
    [401, error(22, 'Not authorized to view the specified user.'), 'private-profile', false, 1],
    [403, error(22), 'private-profile', false, 1],
    [401, error(179), 'private-profile', false, 1],
    [420, error(9999), 'too-fast', true, 0],
    [420, { request: '/1.1/x', error: 'Enhance your calm' }, 'too-fast', true, 0],
    [403, error(64), 'not-allowed', false, 0],
    [403, error(37), 'not-allowed', false, 0],
    [403, error(326), 'not-allowed', false, 0],
    [200, error(131), 'provider-broken', true, 0],
    [400, { errors: [{ message: 'no code' }, { code: 89, message: 'M' }] }, 'bad-key', false, 0],
    [500, { error: 'somebody else' }, 'provider-broken', true, null],
  ])('%i %j is %s', async (status, body, kind, retryable, charged) => {
    const { connection } = cannedConnection(xV11, json(body, { status }));
    expect(await xV11.fetchPage(firstPage, connection)).toMatchObject({
      ok: false,
      failure: { trouble: { kind }, retryable, charged },
    });
  });

  it('a suspended profile is reported as suspended', async () => {
    const { connection } = cannedConnection(
      xV11,
      json(error(63, 'User has been suspended.'), { status: 403 }),
    );
    expect(await xV11.fetchPage(firstPage, connection)).toMatchObject({
      failure: {
        trouble: { kind: 'no-such-profile', suspended: true, said: 'User has been suspended.' },
        charged: 1,
      },
    });
  });

  it('an unknown profile is not reported as suspended', async () => {
    const { connection } = cannedConnection(xV11, json(error(50), { status: 404 }));
    const result = await xV11.fetchPage(firstPage, connection);
    expect(!result.ok && 'suspended' in result.failure.trouble).toBe(false);
  });

  it('429 waits until the reset, in epoch seconds by the provider’s clock', async () => {
    const now = Date.UTC(2020, 0, 1);
    const headers = { date: new Date(now).toUTCString(), 'x-rate-limit-reset': String(now / 1000 + 840) };
    const { connection } = cannedConnection(xV11, json(error(88), { status: 429, headers }));
    expect(await xV11.fetchPage(firstPage, connection)).toMatchObject({ failure: { retryAfter: 840_000 } });
  });

  it.each([
    ['HTML', { body: '<html>' }, 'unreadable'],
    ['a missing list', json({ next_cursor_str: '0' }), 'unreadable'],
    ['a list of the wrong type', json({ ids: 'x', next_cursor_str: '0' }), 'unreadable'],
    ['null for a list', json({ ids: null, next_cursor_str: '0' }), 'unreadable'],
    ['an object for a list', json({ ids: {}, next_cursor_str: '0' }), 'unreadable'],
    ['404 of another server', { status: 404, body: '<html>' }, 'refused-request'],
  ])('%s', async (_, response, kind) => {
    const { connection } = cannedConnection(xV11, response);
    expect(await xV11.fetchPage(firstPage, connection)).toMatchObject({ failure: { trouble: { kind } } });
  });
});

describe('lookups', () => {
  const user = {
    id_str: '947576438684872705',
    name: 'N',
    screen_name: 'h',
    description: 'b',
    location: 'l',
    url: 'https://t.co/1',
    entities: { url: { urls: [{ url: 'https://t.co/1', expanded_url: 'https://example.org/' }] } },
    protected: false,
    verified: true,
    followers_count: 1,
    friends_count: 2,
    statuses_count: 3,
    favourites_count: 4,
    listed_count: 5,
    created_at: 'Mon Nov 27 12:36:52 +0000 2017',
    profile_image_url_https: 'https://pbs.twimg.com/a.jpg',
  };

  it('request 100 IDs at a time and read complete accounts', async () => {
    expect(xV11.fillSize).toBe(100);
    const { connection, requested } = cannedConnection(xV11, json([user]));
    expect(await xV11.fillIn({ ids: [id('947576438684872705'), id('7')] }, connection)).toEqual({
      ok: true,
      value: {
        accounts: [
          {
            id: '947576438684872705',
            handle: 'h',
            name: 'N',
            bio: 'b',
            location: 'l',
            website: 'https://example.org/',
            followers: 1,
            following: 2,
            posts: 3,
            likes: 4,
            listed: 5,
            verified: true,
            verifiedType: null,
            private: false,
            createdAt: Date.UTC(2017, 10, 27, 12, 36, 52),
            language: null,
            region: null,
            avatarUrl: 'https://pbs.twimg.com/a.jpg',
            unavailable: null,
          },
        ],
        unreadable: 0,
        charged: 1,
      },
    });
    expect(requested[0]?.url.searchParams.get('user_id')).toBe('947576438684872705,7');
  });

  it('prefer the text ID, and keep the digits of a numeric one', async () => {
    const body =
      '[{"id":947576438684872705},{"id":1,"id_str":"850839346009780224"},{"__proto__":{"id_str":"9"}}]';
    expect(await xV11.fillIn({ ids: [id('1')] }, cannedConnection(xV11, { body }).connection)).toMatchObject({
      value: { accounts: [{ id: '947576438684872705' }, { id: '850839346009780224' }], unreadable: 1 },
    });
  });

  it('that find no user return 404 with code 17, which is a valid response', async () => {
    const { connection } = cannedConnection(
      xV11,
      json({ errors: [{ code: 17, message: 'M' }] }, { status: 404 }),
    );
    expect(await xV11.fillIn({ ids: [id('1')] }, connection)).toEqual({
      ok: true,
      value: { accounts: [], unreadable: 0, charged: 1 },
    });
  });

  it.each([
    ['too fast', json({ errors: [{ code: 88, message: 'M' }] }, { status: 429 }), 'too-fast'],
    ['too fast with 200', json({ errors: [{ code: 88, message: 'M' }] }), 'too-fast'],
    ['no list', json({ 0: user }), 'unreadable'],
    ['HTML', { body: '<html>' }, 'unreadable'],
  ])('%s', async (_, response, kind) => {
    const { connection } = cannedConnection(xV11, response);
    expect(await xV11.fillIn({ ids: [id('1')] }, connection)).toMatchObject({
      failure: { trouble: { kind } },
    });
  });
});

describe('links and parts of looked-up accounts', () => {
  it('bio links are expanded, and lists in place of objects are counted', async () => {
    const urls = [{ url: 'https://t.co/a', expanded_url: 'https://ada.example/' }];
    const users = [
      { id_str: '1', description: 'https://t.co/a', entities: { description: { urls } } },
      { id_str: '2', entities: [] },
    ];
    expect(
      await xV11.fillIn({ ids: [id('1'), id('2')] }, cannedConnection(xV11, json(users)).connection),
    ).toMatchObject({
      value: { accounts: [{ bio: 'https://ada.example/' }, {}], unexpected: { 'list-for-object': 1 } },
    });
  });
});

describe('handle to ID', () => {
  it('reads users/show', async () => {
    const body = '{"id":947576438684872705,"screen_name":"AndyPiper","followers_count":3,"friends_count":2}';
    const { connection, requested } = cannedConnection(xV11, { body });
    expect(await xV11.resolve(profile, connection)).toMatchObject({
      ok: true,
      value: {
        id: '947576438684872705',
        handle: 'AndyPiper',
        charged: 1,
        facts: { followers: 3, following: 2 },
      },
    });
    expect(requested[0]?.url.href).toBe('https://api.x.com/1.1/users/show.json?screen_name=andypiper');
  });

  it.each([
    ['unknown', json({ errors: [{ code: 50, message: 'M' }] }, { status: 404 }), 'no-such-profile', 1],
    ['suspended', json({ errors: [{ code: 63, message: 'M' }] }, { status: 403 }), 'no-such-profile', 1],
    ['without an id', json({ screen_name: 'x' }), 'unreadable', 1],
  ])('a profile that is %s', async (_, response, kind, charged) => {
    const { connection } = cannedConnection(xV11, response);
    expect(await xV11.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind }, charged },
    });
  });
});

describe('the key check', () => {
  it.each([
    ['an account', json({ id_str: '1' }), true],
    ['no such account', json({ errors: [{ code: 50, message: 'M' }] }, { status: 404 }), true],
    ['a suspended account', json({ errors: [{ code: 63, message: 'M' }] }, { status: 403 }), true],
    ['a bad token', json({ errors: [{ code: 89, message: 'M' }] }, { status: 401 }), false],
    [
      'a bad token in the short form',
      json({ request: '/1.1/x', error: 'Invalid / expired Token' }, { status: 401 }),
      false,
    ],
    ['no such page', json({ errors: [{ code: 34, message: 'M' }] }, { status: 404 }), false],
    ['a plan without it', json({ errors: [{ code: 453, message: 'M' }] }, { status: 403 }), false],
    ['HTML', { body: '<html>' }, false],
  ])('with %s', async (_, response, good) => {
    expect((await xV11.checkKey(cannedConnection(xV11, response).connection)).ok).toBe(good);
  });

  it('uses the key as pasted, without white space and a leading "Bearer"', () => {
    expect(xV11.key.clean('  bearer AAAA%2Bb%3D \n')).toBe('AAAA%2Bb%3D');
  });
});
