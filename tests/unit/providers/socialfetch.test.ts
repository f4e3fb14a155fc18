import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { socialFetch } from '../../../lib/providers/socialfetch.ts';
import { cannedConnection, json, KEY, vendorText } from './answers.ts';

const profile = { platform: 'tiktok', handle: handleSchema.parse('charlidamelio'), id: null } as const;
const firstPage = { profile, relation: 'followers', cursor: null, limit: 20 } as const;
const cursor = (text: string) => cursorSchema.parse(text);
const example = (name: string) =>
  socialFetch.fetchPage(
    firstPage,
    cannedConnection(socialFetch, { body: vendorText(`socialfetch-tiktok-followers-${name}`) }).connection,
  );

/** The result of a page with this data. */
function read(data: object, request: Parameters<typeof socialFetch.fetchPage>[0] = firstPage) {
  const whole = { lookupStatus: 'found', followers: [], page: { nextCursor: null, hasMore: false }, ...data };
  const response = json({ data: whole, meta: { creditsCharged: 1, version: 'v1' } });
  return socialFetch.fetchPage(request, cannedConnection(socialFetch, response).connection);
}

describe('the documented example responses', () => {
  it('first_page', async () => {
    const { connection, requested } = cannedConnection(socialFetch, {
      body: vendorText('socialfetch-tiktok-followers-first-page'),
    });
    expect(await socialFetch.fetchPage(firstPage, connection)).toEqual({
      ok: true,
      value: {
        accounts: [
          {
            id: '7463232156317287456',
            handle: 'jamal.voyage',
            name: 'Jamal Voyage',
            bio: '',
            location: null,
            website: null,
            followers: 0,
            following: 5,
            posts: null,
            likes: null,
            listed: null,
            verified: false,
            verifiedType: null,
            private: false,
            createdAt: null,
            language: null,
            region: null,
            avatarUrl:
              'https://p16-pu-no.tiktokcdn-eu.com/tos-no1a-avt-0068c001-no/5e1cb895c26c2444bacc407a5b3d9ce3~tplv-tiktokx-cropcenter-q:300:300:q75.webp',
            unavailable: null,
          },
        ],
        unreadable: 0,
        next: '1779246345',
        expected: 4691921,
        charged: 1,
      },
    });
    expect(requested[0]?.url.href).toBe(
      'https://api.socialfetch.dev/v1/tiktok/profiles/charlidamelio/followers',
    );
    expect(requested[0]?.headers.get('x-api-key')).toBe(KEY);
  });

  it('paginated', async () => {
    expect(await example('paginated')).toMatchObject({
      ok: true,
      value: {
        accounts: [{ handle: 'example.follower.page2', id: '7463232156317287456' }],
        next: '1779240839',
        expected: 4691922,
      },
    });
  });

  it('empty', async () => {
    expect(await example('empty')).toEqual({
      ok: true,
      value: { accounts: [], unreadable: 0, next: null, expected: 0, charged: 1 },
    });
  });

  it.each([
    ['hidden', 'hidden-list'],
    ['private', 'private-profile'],
    ['not-found', 'no-such-profile'],
  ])('%s is %s, and charged', async (name, kind) => {
    expect(await example(name)).toMatchObject({
      ok: false,
      failure: { trouble: { kind }, charged: 1, retryable: false },
    });
  });

  it('trimmed: an account without an ID is identified by its handle', async () => {
    expect(await example('trimmed')).toMatchObject({
      ok: true,
      value: { accounts: [{ id: 'jamal.voyage', followers: 0, following: 5 }], next: '1779246412' },
    });
  });
});

it('an ID that a key was taken out of tells no account', async () => {
  const followers = [
    { secUid: 'a•••b', handle: 'ada' },
    { secUid: '•••', handle: 'grace•••' },
    { secUid: null, handle: '•••' },
  ];
  const { connection } = cannedConnection(
    socialFetch,
    json({ data: { lookupStatus: 'found', followers, page: { hasMore: false, nextCursor: null } } }),
  );
  expect(await socialFetch.fetchPage(firstPage, connection)).toMatchObject({
    ok: true,
    value: { accounts: [{ id: 'ada' }], unreadable: 2 },
  });
});

describe('requests', () => {
  it('contain following, the cursor, and the ID if it is known', async () => {
    const { connection, requested } = cannedConnection(socialFetch, json({ data: {} }));
    const known = { ...profile, id: accountIdSchema.parse('5831967') };
    const request = { ...firstPage, profile: known, relation: 'following', cursor: cursor('17+=') } as const;
    await socialFetch.fetchPage(request, connection);
    expect(requested[0]?.url.href).toBe(
      'https://api.socialfetch.dev/v1/tiktok/profiles/charlidamelio/following?cursor=17%2B%3D&userId=5831967',
    );
  });

  it.each(['.', '..'])('are not sent for %s, which changes the address and is not a handle', async (dots) => {
    const { connection, requested } = cannedConnection(socialFetch);
    const request = { ...firstPage, profile: { ...profile, handle: handleSchema.parse(dots) } };
    expect(await socialFetch.fetchPage(request, connection)).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' }, charged: 0 },
    });
    expect(requested).toHaveLength(0);
  });

  it('use the handle, without a lookup', () => {
    expect(socialFetch.listsBy).toBe('handle');
    expect(socialFetch.price.resolve).toBe(0);
  });
});

describe('following', () => {
  it('reads data.accounts and totalFollowing', async () => {
    const request = { ...firstPage, relation: 'following' } as const;
    const data = { accounts: [{ handle: 'a', platformUserId: '1' }], totalFollowing: 3, totalFollowers: 9 };
    expect(await read(data, request)).toMatchObject({ value: { accounts: [{ id: '1' }], expected: 3 } });
  });
});

describe('the next page', () => {
  it.each([
    ['hasMore false ends a list', { nextCursor: '5', hasMore: false }, null],
    ['nextCursor null ends a list', { nextCursor: null, hasMore: true }, null],
    ['both continue the list', { nextCursor: '5', hasMore: true }, '5'],
    ['without hasMore the cursor decides', { nextCursor: '5' }, '5'],
    ['a cursor that is a number', { nextCursor: 5, hasMore: true }, '5'],
  ])('%s', async (_, page, next) => {
    expect(await read({ page })).toMatchObject({ ok: true, value: { next } });
  });

  it.each([[null], ['x'], [{}], [{ hasMore: true }], [{ hasMore: true, nextCursor: {} }]])(
    'page %j is unreadable',
    async (page) => {
      expect(await read({ followers: [{ handle: 'a' }], page })).toMatchObject({
        failure: { trouble: { kind: 'unreadable' }, charged: 1 },
      });
    },
  );

  it('advances only if the seconds decrease, and stalls after two pages without a new ID', () => {
    expect(socialFetch.advances(cursor('1779246345'), cursor('1779240839'))).toBe(true);
    expect(socialFetch.advances(cursor('1779240839'), cursor('1779240839'))).toBe(false);
    expect(socialFetch.advances(cursor('1779240839'), cursor('1779246345'))).toBe(false);
    expect(socialFetch.pages('tiktok').withoutNewUntilStalled).toBe(2);
  });
});

describe('lists', () => {
  it('with an unknown lookup status are not called empty', async () => {
    expect(await read({ lookupStatus: 'suspended' })).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: 1 },
    });
  });

  it('without a lookup status are not called empty', async () => {
    expect(await read({ lookupStatus: undefined })).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: 1 },
    });
  });

  it('are ignored if there is an error', async () => {
    const data = { lookupStatus: 'found', followers: [], page: { nextCursor: null, hasMore: false } };
    const error = { code: 'lookup_failed', message: 'The lookup could not be completed.' };
    const response = json({ data, error, meta: { creditsCharged: 1 } });
    expect(
      await socialFetch.fetchPage(firstPage, cannedConnection(socialFetch, response).connection),
    ).toMatchObject({
      failure: { trouble: { kind: 'provider-broken', said: error.message }, charged: 1 },
    });
  });

  it('report how many accounts have a list where an object is expected', async () => {
    const followers = [{ handle: 'a', metrics: [] }, { handle: 'b', metrics: {} }, ['c']];
    expect(await read({ followers })).toMatchObject({
      value: {
        accounts: [{ id: 'a', followers: null }, { id: 'b' }],
        unreadable: 1,
        unexpected: { 'list-for-object': 2 },
      },
    });
  });

  it.each([[undefined], [null], ['x'], [{ user: {} }]])('as %j are unreadable', async (followers) => {
    expect(await read({ followers })).toMatchObject({ failure: { trouble: { kind: 'unreadable' } } });
  });

  it('count an account without any ID and keep the rest', async () => {
    expect(await read({ followers: [{ bio: 'x' }, { handle: 'a' }, 7] })).toMatchObject({
      value: { accounts: [{ id: 'a' }], unreadable: 2 },
    });
  });
});

describe('accounts', () => {
  const one = async (user: object) => {
    const result = await read({ followers: [{ handle: 'h', ...user }] });
    return result.ok ? result.value.accounts[0] : undefined;
  };
  const secUid = 'MS4wLjABAAAAUleysic3f_A1ewqwn-lVlTHezlxxDcEt7X1Py0ohks-CzQ6qjHcZIhb1gtVNL4fy';

  it.each([
    [{ platformUserId: '7463232156317287456', secUid }, '7463232156317287456'],
    [{ secUid }, secUid],
    [{ secUid: 's'.repeat(500) }, 'h'],
    [{}, 'h'],
  ])('%j is identified by its best ID', async (user, id) => {
    expect((await one(user))?.id).toBe(id);
  });

  it.each([
    [1546820065, 1546820065000],
    ['1546820065', 1546820065000],
    ['2019-01-07T00:14:25.000Z', 1546820065000],
    [null, null],
    ['soon', null],
    [9007199254740991, null],
  ])('accountCreatedAt %j is %j', async (accountCreatedAt, expected) => {
    expect((await one({ accountCreatedAt }))?.createdAt).toBe(expected);
  });

  it('keep null for missing values and values of another type, never 0 or false', async () => {
    expect(await one({ metrics: { followers: '5' }, verified: 'no' })).toMatchObject({
      followers: null,
      following: null,
      verified: null,
      private: null,
    });
  });
});

describe('errors', () => {
  const error = (code: string, message = 'M') => ({ error: { code, message, requestId: 'req_1' } });

  it.each([
    [400, 'bad_request', 'refused-request', false],
    [401, 'unauthorized', 'bad-key', false],
    [402, 'insufficient_credits', 'no-credit', false],
    [402, 'missing_api_key', 'bad-key', false],
    [403, 'forbidden', 'not-allowed', false],
    [404, 'not_found', 'no-such-profile', false],
    [429, 'rate_limited', 'too-fast', true],
    [500, 'internal_error', 'provider-broken', true],
    [502, 'lookup_failed', 'provider-broken', true],
    [503, 'service_unavailable', 'provider-broken', true],
  ])('%i %s is %s', async (status, code, kind, retryable) => {
    const { connection } = cannedConnection(socialFetch, json(error(code), { status }));
    expect(await socialFetch.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind, said: 'M' }, charged: 0, retryable },
    });
  });

  it('503 waits as long as Retry-After says', async () => {
    const headers = { 'retry-after': '30' };
    const { connection } = cannedConnection(socialFetch, json(error('x'), { status: 503, headers }));
    expect(await socialFetch.fetchPage(firstPage, connection)).toMatchObject({
      failure: { retryAfter: 30_000 },
    });
  });

  it('cost what they state', async () => {
    const { connection } = cannedConnection(
      socialFetch,
      json({ ...error('x'), meta: { creditsCharged: 1 } }, { status: 500 }),
    );
    expect(await socialFetch.fetchPage(firstPage, connection)).toMatchObject({ failure: { charged: 1 } });
  });

  it.each([
    ['a body that is not JSON', { status: 502, body: '<html>' }, 'provider-broken'],
    ['404 of another server', { status: 404, body: '<html>' }, 'refused-request'],
    ['HTML with 200', { body: '<html>' }, 'unreadable'],
    ['no data', json({ meta: {} }), 'unreadable'],
  ])('%s', async (_, response, kind) => {
    const { connection } = cannedConnection(socialFetch, response);
    expect(await socialFetch.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind } },
    });
  });
});

describe('the key check', () => {
  it('reads the balance', async () => {
    const response = json({ data: { balance: 4210 }, meta: { creditsCharged: 0 } });
    const { connection, requested } = cannedConnection(socialFetch, response);
    expect(await socialFetch.checkKey(connection)).toEqual({ ok: true, value: { balance: 4210 } });
    expect(requested[0]?.url.pathname).toBe('/v1/balance');
  });

  it('recognizes a bad key', async () => {
    const { connection } = cannedConnection(
      socialFetch,
      json({ error: { code: 'unauthorized' } }, { status: 401 }),
    );
    expect(await socialFetch.checkKey(connection)).toMatchObject({
      failure: { trouble: { kind: 'bad-key' } },
    });
  });
});
