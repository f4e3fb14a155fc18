import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { cannedConnection, json, KEY, vendorText } from './answers.ts';

const profile = { platform: 'tiktok', handle: handleSchema.parse('stoolpresidente'), id: null } as const;
const following = { profile, relation: 'following', cursor: null, limit: 20 } as const;
const cursor = (text: string) => cursorSchema.parse(text);

/** The result of a page with this data. */
function read(data: object, request: Parameters<typeof sociavault.fetchPage>[0] = following) {
  const response = json({ success: true, data: { success: true, ...data }, credits_used: 1 });
  return sociavault.fetchPage(request, cannedConnection(sociavault, response).connection);
}

const row = { uid: '1', unique_id: 'one' };

describe('the documented example responses', () => {
  it('full: list keyed "0", seconds, reasons for verification, more to come', async () => {
    const { connection, requested } = cannedConnection(sociavault, {
      body: vendorText('sociavault-tiktok-following-full'),
    });
    const result = await sociavault.fetchPage(following, connection);
    expect(result).toMatchObject({
      ok: true,
      value: { unreadable: 0, next: '1734470383', expected: 90, charged: 1 },
    });
    expect(result.ok && result.value.accounts).toEqual([
      {
        id: '6620791754290315269',
        handle: 'glizzzerd',
        name: 'lizlanden',
        bio: 'Tim Tebow\nlizlanden.co@gmail.com',
        location: null,
        website: null,
        followers: 132309,
        following: 969,
        posts: 192,
        likes: 2675327,
        listed: null,
        // `verification_type: 1` is there too, and has no meaning.
        verified: false,
        verifiedType: null,
        private: false,
        createdAt: 1546820065000,
        language: 'en',
        region: 'US',
        avatarUrl: expect.stringMatching(/^https:\/\/p16-.*1080:1080:q70\.webp\?/) as string,
        unavailable: null,
      },
    ]);
    expect(requested[0]?.url.href).toBe(
      'https://api.sociavault.com/v1/scrape/tiktok/following?handle=stoolpresidente',
    );
    expect(requested[0]?.headers.get('x-api-key')).toBe(KEY);
  });

  it('trimmed: no has_more, verification unknown', async () => {
    const { connection } = cannedConnection(sociavault, {
      body: vendorText('sociavault-tiktok-following-trimmed'),
    });
    const result = await sociavault.fetchPage(following, connection);
    expect(result).toMatchObject({
      ok: true,
      value: {
        next: '1734470383',
        expected: 90,
        accounts: [{ id: '6620791754290315269', verified: null, private: null, posts: null, likes: null }],
      },
    });
  });
});

describe('requests', () => {
  it('contain followers, the ID if it is known, and min_time', async () => {
    const { connection, requested } = cannedConnection(
      sociavault,
      json({ success: true, data: { followers: [] } }),
    );
    const known = { ...profile, id: accountIdSchema.parse('6659752019493208069') };
    const request = { ...following, profile: known, relation: 'followers', cursor: cursor('17') } as const;
    await sociavault.fetchPage(request, connection);
    expect(requested[0]?.url.pathname).toBe('/v1/scrape/tiktok/followers');
    expect(Object.fromEntries(requested[0]?.url.searchParams ?? [])).toEqual({
      handle: 'stoolpresidente',
      user_id: '6659752019493208069',
      min_time: '17',
    });
  });
});

describe('the next page', () => {
  const sent = { ...following, cursor: cursor('1700000500') };

  it.each([
    [
      'has_more false ends a list, whatever min_time says',
      { followings: [row], has_more: false, min_time: 5 },
      null,
    ],
    ['has_more 0 is false', { followings: [row], has_more: 0, min_time: 5 }, null],
    ['has_more true continues', { followings: [row], has_more: true, min_time: 1700000400 }, '1700000400'],
    [
      'an empty page with has_more continues',
      { followings: {}, has_more: true, min_time: 1700000400 },
      '1700000400',
    ],
    ['min_time may be text', { followings: [row], has_more: true, min_time: '1700000400' }, '1700000400'],
    [
      'without has_more, a min_time continues the list',
      { followings: [row], min_time: 1700000400 },
      '1700000400',
    ],
    [
      'without has_more, an empty page continues the list',
      { followings: {}, min_time: 1700000400 },
      '1700000400',
    ],
    ['without has_more, min_time 0 ends a list', { followings: [row], min_time: 0 }, null],
    ['without has_more, min_time −1 ends a list', { followings: [row], min_time: -1 }, null],
    [
      'more without a position stays at the same cursor',
      { followings: [row], has_more: true, min_time: 0 },
      '1700000500',
    ],
    ['more without any min_time', { followings: [row], has_more: true }, '1700000500'],
  ])('%s', async (_, data, next) => {
    expect(await read(data, sent)).toMatchObject({ ok: true, value: { next } });
  });

  it.each([{}, 'min_time %j is unreadable', 1.5, true])('min_time %j is kept unread', async (min_time) => {
    expect(await read({ followings: [row], has_more: true, min_time })).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: 1 },
    });
  });

  it.each([
    ['neither has_more nor min_time', { followings: [row] }],
    ['no row either', { followings: [] }],
    ['min_time that is null', { followings: [row], min_time: null }],
    ['more to come without a position, on a first page', { followings: [row], has_more: true }],
    ['more to come at 0, on a first page', { followings: [row], has_more: true, min_time: 0 }],
  ])('%s: a list does not end because of missing fields', async (_, data) => {
    expect(await read(data)).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: 1, retryable: false },
    });
  });

  it('advances only if min_time falls below the one sent', () => {
    expect(sociavault.advances(cursor('1700000500'), cursor('1700000400'))).toBe(true);
    expect(sociavault.advances(cursor('1700000500'), cursor('1700000500'))).toBe(false);
    expect(sociavault.advances(cursor('1700000500'), cursor('1700000600'))).toBe(false);
  });

  it('stalls after two pages without a new ID; on X after three', () => {
    expect(sociavault.pages('tiktok').withoutNewUntilStalled).toBe(2);
    expect(sociavault.pages('x').withoutNewUntilStalled).toBe(3);
  });
});

describe('lists', () => {
  it.each([
    ['an array', [row]],
    ['an object keyed "0"', { 0: row }],
    ['an object with an unknown field', { 0: row, __proto__x: 7 }],
  ])('may be %s', async (_, followings) => {
    expect(await read({ followings, has_more: false })).toMatchObject({ value: { accounts: [{ id: '1' }] } });
  });

  it.each([[[]], [{}], [null]])('may be empty as %j', async (followings) => {
    expect(await read({ followings, has_more: false })).toMatchObject({
      value: { accounts: [], unreadable: 0, next: null },
    });
  });

  it.each([
    ['missing', {}],
    ['under the other relation’s name', { followers: [row] }],
    ['no list', { followings: 'x' }],
    ['an object of something else', { followings: { user: row } }],
  ])('that are %s are unreadable, with a known cost', async (_, data) => {
    expect(await read(data)).toMatchObject({ failure: { trouble: { kind: 'unreadable' }, charged: 1 } });
  });

  it('report how many accounts have a list where an object is expected', async () => {
    const followings = [{ ...row, avatar_medium: [] }, { uid: '2', avatar_medium: {} }, [row]];
    expect(await read({ followings, has_more: false })).toMatchObject({
      value: {
        accounts: [{ id: '1' }, { id: '2' }],
        unreadable: 1,
        unexpected: { 'list-for-object': 2 },
      },
    });
  });

  it('count an account without an ID and keep the rest', async () => {
    expect(await read({ followings: [{ unique_id: 'x' }, row, null], has_more: false })).toMatchObject({
      value: { accounts: [{ id: '1' }], unreadable: 2 },
    });
  });
});

describe('accounts', () => {
  const one = async (user: object) => {
    const result = await read({ followings: [{ uid: '1', ...user }], has_more: false });
    return result.ok ? result.value.accounts[0] : undefined;
  };

  it('keep IDs beyond 2^53 that were unquoted numbers', async () => {
    const body = '{"success":true,"data":{"followings":[{"uid":6620791754290315269}],"has_more":false}}';
    const result = await sociavault.fetchPage(following, cannedConnection(sociavault, { body }).connection);
    expect(result).toMatchObject({ value: { accounts: [{ id: '6620791754290315269' }] } });
  });

  it.each([
    [{ unique_id: 'u', short_id: '7' }, 'u'],
    [{ unique_id: '', short_id: '7' }, null],
    [{ unique_id: ' ' }, null],
    [{}, null],
  ])('%j has the handle %j: an ID is not a handle', async (user, handle) => {
    expect((await one(user))?.handle).toBe(handle);
  });

  it.each([
    [{ custom_verify: 'Verified account', enterprise_verify_reason: '' }, true],
    [{ custom_verify: '', enterprise_verify_reason: 'Institution' }, true],
    [{ custom_verify: '', enterprise_verify_reason: '' }, false],
    [{ verification_type: 1, custom_verify: '' }, false],
    [{ verification_type: 1 }, null],
  ])('%j is verified: %j', async (user, verified) => {
    expect((await one(user))?.verified).toBe(verified);
  });

  it.each([
    [{ secret: 1 }, true],
    [{ secret: 0 }, false],
    [{ secret: true }, true],
    [{ secret: 2 }, null],
    [{}, null],
  ])('%j is private: %j', async (user, expected) => {
    expect((await one(user))?.private).toBe(expected);
  });

  it.each([
    [1546820065, 1546820065000],
    ['1546820065', 1546820065000],
    [1550594547000, 1550594547000],
    ['1550594547000', 1550594547000],
    [0, null],
    ['0', null],
    [-1, null],
    [1550594547000000, null],
    [9007199254740991, null],
    ['soon', null],
  ])('create_time %j seconds is %j', async (create_time, expected) => {
    expect((await one({ create_time }))?.createdAt).toBe(expected);
  });

  it('use the largest picture that a browser can display', async () => {
    const avatar_larger = { url_list: { 0: 'https://p/a.heic?x-expires=1', 1: 'https://p/a.webp?x' } };
    expect((await one({ avatar_larger }))?.avatarUrl).toBe('https://p/a.webp?x');
    const heic = { url_list: ['https://p/a.heic'] };
    expect((await one({ avatar_medium: heic }))?.avatarUrl).toBe('https://p/a.heic');
    expect((await one({ avatar_thumb: { url_list: 7 } }))?.avatarUrl).toBeNull();
  });
});

describe('success responses that are failures', () => {
  it.each([
    [2096, 'hidden-list'],
    [3002060, 'hidden-list'],
    ['3002060', 'hidden-list'],
    [2065, 'no-such-profile'],
    [10202, 'no-such-profile'],
    [10221, 'no-such-profile'],
    ['10221', 'no-such-profile'],
    [10222, 'private-profile'],
    [10101, 'provider-broken'],
    [-1, 'provider-broken'],
  ])('status_code %j is %s, and charged', async (status_code, kind) => {
    expect(await read({ status_code, status_msg: '', followings: [] })).toMatchObject({
      failure: { trouble: { kind }, charged: 1, retryable: kind === 'provider-broken' },
    });
  });

  it.each([
    [{ statusCode: 10222, status_code: 0, has_more: false }, 'private-profile'],
    [{ statusCode: 0, status_code: 2096, has_more: false }, 'hidden-list'],
    [{ statusCode: '10221', status_code: '0' }, 'no-such-profile'],
    [{ statusCode: 10101, status_code: 0, has_more: false }, 'provider-broken'],
    [{ statusCode: 10222, status_code: 1, has_more: false }, 'private-profile'],
  ])('%j: a 0 next to a code is ignored, and so is an unknown code', async (codes, kind) => {
    expect(await read({ ...codes, status_msg: '', followings: [] })).toMatchObject({
      failure: { trouble: { kind }, charged: 1, retryable: kind === 'provider-broken' },
    });
  });

  it('are not a list, whatever rows they contain', async () => {
    expect(await read({ statusCode: 10222, followings: [row], has_more: false })).toMatchObject({
      failure: { trouble: { kind: 'private-profile' } },
    });
  });

  it.each([
    ['creditkarma', 'User creditkarma not found', 'no-such-profile'],
    ['apikey_dev', 'Account @apikey_dev was not found', 'no-such-profile'],
    ['route66', 'Profile route66 not found', 'no-such-profile'],
    ['头文字m', 'User 头文字m not found', 'no-such-profile'],
    ['someone', 'User not available', 'no-such-profile'],
  ])('a message is read without the handle %s that it repeats: %s', async (handle, status_msg, kind) => {
    const request = { ...following, profile: { ...profile, handle: handleSchema.parse(handle) } };
    expect(await read({ status_code: 7, status_msg }, request)).toMatchObject({
      failure: { trouble: { kind }, charged: 1, retryable: false },
    });
  });

  it('an unknown code is interpreted by its message', async () => {
    expect(await read({ status_code: 2149, status_msg: 'This account is private' })).toMatchObject({
      failure: { trouble: { kind: 'private-profile', said: 'This account is private' } },
    });
  });

  it.each([
    [{ error: true, message: 'User not available' }, 'no-such-profile'],
    [{ error: 'The scraper failed.' }, 'provider-broken'],
  ])('an error inside a success envelope takes precedence over the list: %j', async (error, kind) => {
    expect(await read({ ...error, followings: [], has_more: false })).toMatchObject({
      failure: { trouble: { kind }, charged: 1 },
    });
  });

  it('success: false inside a success envelope', async () => {
    expect(await read({ success: false, followings: [] })).toMatchObject({
      failure: { trouble: { kind: 'provider-broken' }, charged: 1 },
    });
  });
});

describe('the documented errors', () => {
  const errors = JSON.parse(vendorText('sociavault-tiktok-following-errors')) as Record<string, object>;

  it.each([
    ['400', { kind: 'refused-request', said: 'Missing required parameter: handle' }, false],
    ['401', { kind: 'bad-key', said: 'Invalid API key' }, false],
    ['402', { kind: 'no-credit', required: 1, available: 0 }, false],
    ['500', { kind: 'provider-broken', said: 'Service configuration error' }, true],
  ])('%s', async (status, runError, retryable) => {
    const { connection } = cannedConnection(sociavault, json(errors[status], { status: Number(status) }));
    expect(await sociavault.fetchPage(following, connection)).toMatchObject({
      failure: { trouble: runError, retryable, charged: 0 },
    });
  });
});

describe('handle to ID', () => {
  const user = {
    id: '6659752019493208069',
    uniqueId: 'StoolPresidente',
    nickname: 'Dave',
    signature: 's',
    verified: true,
    privateAccount: false,
    createTime: 1550594547,
    avatarLarger: 'https://p/a.webp',
  };
  const stats = { followerCount: 9, followingCount: 8, videoCount: 7 };
  const resolve = (data: unknown) =>
    sociavault.resolve(
      profile,
      cannedConnection(sociavault, json({ success: true, data, credits_used: 1 })).connection,
    );

  it('prefers the exact figures, which are text, to the rounded ones', async () => {
    const rounded = { followerCount: 156_500_000, followingCount: 8, videoCount: 1_200 };
    const statsV2 = { followerCount: '156537139', followingCount: '8', videoCount: '1234' };
    const exact = { followers: 156_537_139, following: 8, posts: 1_234 };
    const responses = [{ user, stats: rounded, statsV2 }, { userInfo: { user, stats: rounded, statsV2 } }];
    for (const data of responses) expect(await resolve(data)).toMatchObject({ value: { facts: exact } });
    const broken = { followerCount: '156.5M', followingCount: '', videoCount: '9007199254740993' };
    expect(await resolve({ user, stats: rounded, statsV2: broken })).toMatchObject({
      value: { facts: { followers: 156_500_000, following: 8, posts: 1_200 } },
    });
  });

  it('recognizes milliseconds', async () => {
    expect(await resolve({ user: { ...user, createTime: 1550594547000 }, stats })).toMatchObject({
      value: { facts: { createdAt: 1550594547000 } },
    });
  });

  it.each([
    ['user and stats', { success: true, status_code: 0, user, stats }],
    ['userInfo', { userInfo: { user, stats } }],
  ])('reads %s', async (_, data) => {
    expect(await resolve(data)).toEqual({
      ok: true,
      value: {
        id: '6659752019493208069',
        handle: 'StoolPresidente',
        facts: {
          name: 'Dave',
          bio: 's',
          location: null,
          website: null,
          avatarUrl: 'https://p/a.webp',
          followers: 9,
          following: 8,
          posts: 7,
          verified: true,
          private: false,
          createdAt: 1550594547000,
        },
        charged: 1,
      },
    });
  });

  it.each([
    ['a code', { status_code: 2065 }, 'no-such-profile'],
    ['a code in the other spelling', { statusCode: 2065 }, 'no-such-profile'],
    ['the code of the web', { statusCode: 10221, userInfo: {} }, 'no-such-profile'],
    ['its other code', { statusCode: 10202, userInfo: {} }, 'no-such-profile'],
    [
      'a code next to a 0',
      { statusCode: 10221, status_code: 0, status_msg: '', userInfo: {} },
      'no-such-profile',
    ],
    ['a private code with a user', { statusCode: 10222, userInfo: { user, stats } }, 'private-profile'],
    ['an empty user', { userInfo: { user: {}, stats: {} } }, 'no-such-profile'],
    ['an empty user outside', { user: {}, stats: {} }, 'no-such-profile'],
    ['no user', { user: null }, 'no-such-profile'],
    ['an empty userInfo', { userInfo: {} }, 'no-such-profile'],
    ['figures without a user', { userInfo: { stats } }, 'unreadable'],
    ['figures with an empty user', { userInfo: { user: {}, stats } }, 'unreadable'],
    ['only other fields', { itemList: [], extra: {} }, 'unreadable'],
    ['nothing', null, 'no-such-profile'],
    ['an empty object', {}, 'no-such-profile'],
    ['a private account', { user: { ...user, privateAccount: true } }, 'private-profile'],
    ['a user without an id', { user: { uniqueId: 'x' } }, 'unreadable'],
    ['infinitely nested user objects', { userInfo: { userInfo: { userInfo: {} } } }, 'unreadable'],
  ])('interprets %s', async (_, data, kind) => {
    expect(await resolve(data)).toMatchObject({ failure: { trouble: { kind }, charged: 1 } });
  });
});
