/** The examples are written from twitterapi.io's documentation; the people, IDs, and cursors in them are made up. */
import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { twitterApiIo } from '../../../lib/providers/twitterapi-io.ts';
import { cannedConnection, json, KEY, type CannedResponse } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('paper_lantern'),
  id: accountIdSchema.parse('860426339742650369'),
} as const;
const request = { profile, relation: 'followers', cursor: null, limit: 200 } as const;

/** The documented format. */
const JUNIPER = {
  type: 'user',
  id: '1102529116369850369',
  userName: 'juniper_ledger',
  name: 'Juniper Ledger',
  url: 'https://x.com/juniper_ledger',
  isBlueVerified: false,
  verifiedType: '',
  profilePicture: 'https://pbs.twimg.com/profile_images/1/a_normal.jpg',
  coverPicture: '',
  description: 'Maps and moths',
  location: 'Bergen',
  followers: 412,
  following: 388,
  canDm: false,
  createdAt: 'Mon Mar 04 11:20:00 +0000 2019',
  favouritesCount: 9120,
  mediaCount: 77,
  statusesCount: 2304,
  withheldInCountries: [],
  pinnedTweetIds: [],
  isAutomated: false,
  profile_bio: {
    description: 'Maps and moths',
    entities: {
      description: {},
      url: {
        urls: [
          {
            display_url: 'juniper.example',
            expanded_url: 'https://juniper.example',
            indices: [0, 23],
            url: 'https://t.co/abc',
          },
        ],
      },
    },
  },
};
/** The format that clients have met in lists. */
const KETTLE = {
  id: '1692793518289850369',
  name: 'Kettle Nine',
  screen_name: 'kettle_nine',
  userName: 'kettle_nine',
  location: '',
  url: null,
  description: '',
  email: null,
  protected: false,
  verified: false,
  followers_count: 3,
  following_count: 61,
  friends_count: 61,
  favourites_count: 12,
  statuses_count: 5,
  media_tweets_count: 0,
  created_at: 'Sat Aug 19 07:00:00 +0000 2023',
  profile_banner_url: null,
  profile_image_url_https: 'https://pbs.twimg.com/profile_images/2/b_normal.jpg',
  can_dm: true,
  isBlueVerified: false,
};
const GOOD = { status: 'success', msg: 'success', code: 0 };
const END = { has_next_page: false, next_cursor: '', ...GOOD };

function page(...responses: CannedResponse[]) {
  return twitterApiIo.fetchPage(request, cannedConnection(twitterApiIo, ...responses).connection);
}

async function row(value: object) {
  const result = await page(json({ followers: [value], ...END }));
  return result.ok ? result.value.accounts[0] : undefined;
}

describe('a list', () => {
  it('first page: accounts of both formats, the cursor, and their price', async () => {
    const { connection, requested } = cannedConnection(
      twitterApiIo,
      json({ followers: [JUNIPER, KETTLE], has_next_page: true, next_cursor: 'opaque-cursor-2', ...GOOD }),
    );
    expect(await twitterApiIo.fetchPage(request, connection)).toEqual({
      ok: true,
      value: {
        accounts: [
          {
            id: '1102529116369850369',
            handle: 'juniper_ledger',
            name: 'Juniper Ledger',
            bio: 'Maps and moths',
            location: 'Bergen',
            website: 'https://juniper.example',
            followers: 412,
            following: 388,
            posts: 2304,
            likes: 9120,
            listed: null,
            verified: false,
            verifiedType: null,
            private: null,
            createdAt: Date.UTC(2019, 2, 4, 11, 20),
            language: null,
            region: null,
            avatarUrl: 'https://pbs.twimg.com/profile_images/1/a_normal.jpg',
            unavailable: null,
          },
          {
            id: '1692793518289850369',
            handle: 'kettle_nine',
            name: 'Kettle Nine',
            bio: '',
            location: null,
            website: null,
            followers: 3,
            following: 61,
            posts: 5,
            likes: 12,
            listed: null,
            verified: false,
            verifiedType: null,
            private: false,
            createdAt: Date.UTC(2023, 7, 19, 7),
            language: null,
            region: null,
            avatarUrl: 'https://pbs.twimg.com/profile_images/2/b_normal.jpg',
            unavailable: null,
          },
        ],
        unreadable: 0,
        next: 'opaque-cursor-2',
        expected: null,
        charged: 300,
      },
    });
    expect(requested[0]?.url.href).toBe(
      'https://api.twitterapi.io/twitter/user/followers?userName=paper_lantern&pageSize=200',
    );
    expect(requested[0]?.headers.get('x-api-key')).toBe(KEY);
  });

  it('following is requested from the plural path, read from its own field, and the cursor is encoded', async () => {
    const response = json({ followings: [KETTLE], followers: [], ...END });
    const { connection, requested } = cannedConnection(twitterApiIo, response);
    const cursor = cursorSchema.parse('a+b=/c');
    const result = await twitterApiIo.fetchPage(
      { ...request, relation: 'following', cursor, limit: 20 },
      connection,
    );
    expect(result).toMatchObject({ value: { accounts: [{ handle: 'kettle_nine' }], next: null } });
    expect(requested[0]?.url.href).toBe(
      'https://api.twitterapi.io/twitter/user/followings?userName=paper_lantern&pageSize=20&cursor=a%2Bb%3D%2Fc',
    );
  });

  it('last page, with a short account', async () => {
    const short = { id: '1355640682705850369', userName: 'moss_and_tin', name: 'Moss & Tin', followers: 90 };
    expect(await page(json({ followers: [short], ...END }))).toMatchObject({
      ok: true,
      value: {
        accounts: [{ name: 'Moss & Tin', followers: 90, following: null, verified: null }],
        next: null,
      },
    });
  });

  it('an empty page costs the minimum', async () => {
    expect(await page(json({ followers: [], ...END }))).toEqual({
      ok: true,
      value: { accounts: [], unreadable: 0, next: null, expected: null, charged: 150 },
    });
  });

  it.each([
    [{ has_next_page: false, next_cursor: '' }, null],
    [{ has_next_page: false, next_cursor: 'more' }, null],
    [{ has_next_page: false }, null],
    [{ next_cursor: '' }, null],
    [{ has_next_page: true, next_cursor: 'more' }, 'more'],
    [{ next_cursor: 'more' }, 'more'],
  ])('%j: the next cursor is %j', async (end, next) => {
    expect(await page(json({ followers: [KETTLE], ...end }))).toMatchObject({ ok: true, value: { next } });
  });

  it.each([
    {},
    { has_next_page: true },
    { has_next_page: true, next_cursor: '' },
    { has_next_page: true, next_cursor: ' ' },
    { has_next_page: true, next_cursor: null },
    { has_next_page: true, next_cursor: {} },
    { next_cursor: null },
    { has_next_page: null, next_cursor: ' ' },
  ])('%j is not an end: the page is unreadable, and paid for', async (end) => {
    expect(await page(json({ followers: [KETTLE, JUNIPER], ...end }))).toMatchObject({
      ok: false,
      failure: { trouble: { kind: 'unreadable' }, charged: 300, retryable: false },
    });
  });

  it.each([{ ...END }, { followings: [], ...END }, { followers: null, ...END }, { followers: {}, ...END }])(
    'without its list is unreadable, not empty: %j',
    async (body) => {
      expect(await page(json(body))).toMatchObject({
        failure: { trouble: { kind: 'unreadable' }, charged: null },
      });
    },
  );

  it('counts accounts that are gone, and rows that cannot be read', async () => {
    const gone = {
      type: 'user',
      unavailable: true,
      unavailableReason: 'Suspended',
      message: 'User is suspended',
    };
    expect(await page(json({ followers: [KETTLE, gone, { name: 'x' }, 7], ...END }))).toMatchObject({
      value: {
        accounts: [{ handle: 'kettle_nine' }],
        unreadable: 2,
        unexpected: { unavailable: 1 },
        charged: 600,
      },
    });
  });
});

describe('an account', () => {
  it('has a handle under any of its names', async () => {
    expect(await row({ id: '1', userName: 'a', screen_name: 'b' })).toMatchObject({ handle: 'a' });
    expect(await row({ id: '1', screen_name: 'b', username: null })).toMatchObject({ handle: 'b' });
    expect(await row({ id: '1', username: 'c' })).toMatchObject({ handle: 'c' });
  });

  it('has a website only if its address is not the profile itself', async () => {
    expect(await row({ id: '1', url: 'https://x.com/someone' })).toMatchObject({ website: null });
    expect(await row({ id: '1', url: 'https://twitter.com/someone' })).toMatchObject({ website: null });
    expect(await row({ id: '1', url: 'https://t.co/abc' })).toMatchObject({ website: 'https://t.co/abc' });
    expect(await row({ id: '1', url: 'https://x.company.example/' })).toMatchObject({
      website: 'https://x.company.example/',
    });
  });

  it('has the bio of its profile where the list leaves it empty, with the targets of short links', async () => {
    const urls = [{ url: 'https://t.co/x1', expanded_url: 'https://moths.example' }];
    const profile_bio = { description: 'See https://t.co/x1', entities: { description: { urls } } };
    expect(await row({ id: '1', description: '', profile_bio })).toMatchObject({
      bio: 'See https://moths.example',
    });
  });

  it('has the kind of its verification', async () => {
    expect(await row({ id: '1', isBlueVerified: true })).toMatchObject({
      verified: true,
      verifiedType: 'blue',
    });
    expect(await row({ id: '1', isBlueVerified: false, verifiedType: 'Business' })).toMatchObject({
      verified: true,
      verifiedType: 'business',
    });
    expect(await row({ id: '1', verified: true, isBlueVerified: false })).toMatchObject({ verified: true });
    expect(await row({ id: '1' })).toMatchObject({ verified: null, verifiedType: null });
  });

  it('has a creation time in either form', async () => {
    const created = Date.UTC(2017, 10, 27, 12, 36, 52);
    expect(await row({ id: '1', createdAt: 'Mon Nov 27 12:36:52 +0000 2017' })).toMatchObject({
      createdAt: created,
    });
    expect(await row({ id: '1', created_at: '2017-11-27T12:36:52.000000Z' })).toMatchObject({
      createdAt: created,
    });
  });
});

describe('a profile', () => {
  const look = (body: unknown, status = 200) =>
    twitterApiIo.resolve(
      { ...profile, id: null },
      cannedConnection(twitterApiIo, json(body, { status })).connection,
    );

  it('is looked up by its handle, with its counts', async () => {
    const data = {
      ...JUNIPER,
      userName: 'Paper_Lantern',
      id: '860426339742650369',
      followers: 1204,
      following: 318,
    };
    const { connection, requested } = cannedConnection(twitterApiIo, json({ ...GOOD, data }));
    expect(await twitterApiIo.resolve({ ...profile, id: null }, connection)).toMatchObject({
      ok: true,
      value: {
        id: '860426339742650369',
        handle: 'Paper_Lantern',
        facts: { followers: 1204, following: 318 },
        charged: 180,
      },
    });
    expect(requested[0]?.url.href).toBe('https://api.twitterapi.io/twitter/user/info?userName=paper_lantern');
  });

  it.each([
    ['Suspended', 'User is suspended', { kind: 'no-such-profile', suspended: true }],
    ['Unknown', '', { kind: 'no-such-profile' }],
    ['Protected', 'User is protected', { kind: 'private-profile' }],
  ])(
    'that is gone (%s) ends the run, and may have been charged',
    async (unavailableReason, message, trouble) => {
      const data = { type: 'user', unavailable: true, unavailableReason, message };
      expect(await look({ ...GOOD, data })).toMatchObject({
        ok: false,
        failure: { trouble, charged: null, retryable: false },
      });
    },
  );

  it('that is protected ends the run before its list is paid for', async () => {
    expect(await look({ ...GOOD, data: { ...KETTLE, protected: true } })).toMatchObject({
      failure: { trouble: { kind: 'private-profile' }, charged: 180 },
    });
  });

  it.each([{ ...GOOD, data: null }, { ...GOOD }, { ...GOOD, data: [] }, { ...GOOD, data: { name: 'x' } }])(
    'without an ID is unreadable: %j',
    async (body) => {
      expect(await look(body)).toMatchObject({ failure: { trouble: { kind: 'unreadable' }, charged: null } });
    },
  );
});

const failed = (msg: string) => ({ status: 'error', msg, data: null });

describe('refusals', () => {
  const unauthorized = (message: string) => ({ error: 'Unauthorized', message });
  const noCredit = unauthorized('Credits is not enough.Please recharge');

  it.each([
    [401, unauthorized('Invalid API key'), 'bad-key', 0],
    [401, noCredit, 'no-credit', 0],
    [402, noCredit, 'no-credit', 0],
    [429, { error: 'Too Many Requests', message: 'For free-tier users, the QPS limit is …' }, 'too-fast', 0],
    [400, { detail: 'userName is required' }, 'refused-request', null],
    [422, { detail: [{ loc: ['query', 'cursor'], msg: 'invalid' }] }, 'refused-request', null],
    [403, { error: 'Forbidden', message: 'Not allowed' }, 'not-allowed', null],
    [404, { detail: 'Not Found' }, 'refused-request', null],
    [500, { detail: 'Internal Server Error' }, 'provider-broken', null],
    [200, failed('user not found'), 'no-such-profile', null],
    [200, { status: 'error', message: 'user not found' }, 'no-such-profile', null],
    [200, failed('user is suspended'), 'no-such-profile', null],
    [200, failed('user is protected'), 'private-profile', null],
    [200, failed('something else'), 'provider-broken', null],
    [200, { ...failed('user not found'), followers: [], has_next_page: false }, 'no-such-profile', null],
  ])('%i %j is %s, costs %j', async (status, body, kind, charged) => {
    const expected = { ok: false, failure: { trouble: { kind }, charged } };
    const result = await page(json(body, { status }));
    expect(result).toMatchObject(expected);
    // A list without accounts costs the minimum at most.
    expect(result.ok ? null : result.failure.atMost).toBe(charged === null ? 150 : undefined);
    const looked = twitterApiIo.resolve(
      profile,
      cannedConnection(twitterApiIo, json(body, { status })).connection,
    );
    expect(await looked).toMatchObject(expected);
  });

  it('is not misled by a handle', async () => {
    const handle = handleSchema.parse('credits_recharge');
    const response = json(failed('user credits_recharge not found'));
    const { connection } = cannedConnection(twitterApiIo, response);
    expect(await twitterApiIo.resolve({ ...profile, handle }, connection)).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' } },
    });
  });

  it('waits five seconds after a 429, which states no time', async () => {
    const body = { error: 'Too Many Requests', message: 'slow' };
    expect(await page(json(body, { status: 429 }))).toMatchObject({
      failure: { retryable: true, retryAfter: 5_200 },
    });
    expect(await page(json(body, { status: 429, headers: { 'retry-after': '9' } }))).toMatchObject({
      failure: { retryAfter: 9_000 },
    });
  });

  it.each([
    ['a gateway’s page', { status: 502, body: '<html>' }],
    ['a hosting platform’s error', json({ statusCode: 500, error: 'x', message: 'y' }, { status: 500 })],
    ['another status of success', json({ followers: [], ...END }, { status: 206 })],
    ['a lost response', json({ detail: 'timeout' }, { status: 504 })],
  ])('may have been charged as much as a good response: %s', async (_, response) => {
    const result = await page(response);
    expect(result).toMatchObject({ ok: false, failure: { charged: null } });
    expect(result).not.toHaveProperty('failure.atMost');
  });
});

describe('a key', () => {
  it.each([
    [{ recharge_credits: 84_210, total_bonus_credits: 10_000 }, 942_100],
    [{ recharge_credits: -1_482, total_bonus_credits: 0 }, 0],
    [{ recharge_credits: 0.5, total_bonus_credits: 0 }, 10],
  ])(
    'is valid, with its balance in micro-dollars; testing it may cost the minimum: %j',
    async (body, balance) => {
      const { connection, requested } = cannedConnection(twitterApiIo, json(body));
      expect(await twitterApiIo.checkKey(connection)).toEqual({
        ok: true,
        value: { balance, charged: null },
      });
      expect(requested[0]?.url.pathname).toBe('/oapi/my/info');
    },
  );

  it.each([{}, { recharge_credits: 5 }, { recharge_credits: '5', total_bonus_credits: 1 }, []])(
    'is not confirmed by %j',
    async (body) => {
      expect(
        await twitterApiIo.checkKey(cannedConnection(twitterApiIo, json(body)).connection),
      ).toMatchObject({ ok: false, failure: { trouble: { kind: 'unreadable' }, charged: null } });
    },
  );

  it.each(['  abc ', 'x-api-key: abc', 'X-API-Key=abc', '"x-api-key: abc"', '"abc"', "x-api-key: 'abc',"])(
    'is cleaned of what is copied along: %s',
    (pasted) => {
      expect(twitterApiIo.key.clean(pasted)).toBe('abc');
    },
  );
});
