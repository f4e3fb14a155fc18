/** The examples are written from SocialData's documentation; the people, IDs, and cursors in them are made up. */
import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { socialData } from '../../../lib/providers/socialdata.ts';
import { cannedConnection, json, KEY, type CannedResponse } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('paper_lantern'),
  id: accountIdSchema.parse('860426339742650369'),
} as const;
const request = { profile, relation: 'followers', cursor: null, limit: 200 } as const;
const CURSOR = '1882454880579593159|2126617782828138512';

/** As text, because the number in `id` has more digits than JavaScript's numbers. */
const KETTLE = `{"id": 1692793518289850369, "id_str": "1692793518289850369", "name": "Kettle Nine", "screen_name": "kettle_nine",
  "location": "", "url": null, "description": null, "protected": false, "verified": false, "followers_count": 3,
  "friends_count": 61, "listed_count": 0, "favourites_count": 12, "statuses_count": 5,
  "created_at": "2023-08-19T07:00:00.000000Z", "profile_banner_url": null,
  "profile_image_url_https": "https://pbs.twimg.com/profile_images/2/b_normal.jpg", "can_dm": true}`;
const JUNIPER = `{"id": 1102529116369850369, "id_str": "1102529116369850369", "name": "Juniper Ledger",
  "screen_name": "juniper_ledger", "location": "Bergen", "url": "https://t.co/abc", "description": "Maps and moths",
  "protected": true, "verified": true, "followers_count": 412, "friends_count": 388, "listed_count": 4,
  "favourites_count": 9120, "statuses_count": 2304, "created_at": "2019-03-04T11:20:00.000000Z",
  "profile_banner_url": null, "profile_image_url_https": "https://pbs.twimg.com/profile_images/3/c_normal.jpg",
  "can_dm": false}`;
const OWNER = `{"id": 860426339742650369, "id_str": "860426339742650369", "name": "Paper Lantern",
  "screen_name": "Paper_Lantern", "location": "Ghent", "url": null, "description": "Small press", "protected": false,
  "verified": false, "followers_count": 1204, "friends_count": 318, "listed_count": 9, "favourites_count": 4410,
  "statuses_count": 2950, "created_at": "2017-05-05T09:30:00.000000Z", "profile_banner_url": null,
  "profile_image_url_https": "https://pbs.twimg.com/profile_images/1/a_normal.jpg", "can_dm": true}`;

function page(...responses: CannedResponse[]) {
  return socialData.fetchPage(request, cannedConnection(socialData, ...responses).connection);
}

describe('a list', () => {
  it('first page: accounts in order, the cursor, and their price', async () => {
    const { connection, requested } = cannedConnection(socialData, {
      body: `{"next_cursor": "${CURSOR}", "users": [${KETTLE}, ${JUNIPER}]}`,
    });
    expect(await socialData.fetchPage(request, connection)).toEqual({
      ok: true,
      value: {
        accounts: [
          {
            id: '1692793518289850369',
            handle: 'kettle_nine',
            name: 'Kettle Nine',
            bio: null,
            location: null,
            website: null,
            followers: 3,
            following: 61,
            posts: 5,
            likes: 12,
            listed: 0,
            verified: false,
            verifiedType: null,
            private: false,
            createdAt: Date.UTC(2023, 7, 19, 7),
            language: null,
            region: null,
            avatarUrl: 'https://pbs.twimg.com/profile_images/2/b_normal.jpg',
            unavailable: null,
          },
          expect.objectContaining({
            id: '1102529116369850369',
            bio: 'Maps and moths',
            location: 'Bergen',
            website: 'https://t.co/abc',
            private: true,
            verified: true,
            verifiedType: null,
          }),
        ],
        unreadable: 0,
        next: CURSOR,
        expected: null,
        charged: 400,
      },
    });
    expect(requested[0]?.url.href).toBe(
      'https://api.socialdata.tools/twitter/followers/list?user_id=860426339742650369',
    );
    expect(requested[0]?.headers.get('authorization')).toBe(`Bearer ${KEY}`);
    expect(requested[0]?.headers.get('accept')).toBe('application/json');
  });

  it('following is requested from the other path, and the cursor is encoded', async () => {
    const { connection, requested } = cannedConnection(socialData, json({ next_cursor: null, users: [] }));
    const cursor = cursorSchema.parse(CURSOR);
    await socialData.fetchPage({ ...request, relation: 'following', cursor }, connection);
    expect(requested[0]?.url.href).toBe(
      `https://api.socialdata.tools/twitter/friends/list?user_id=860426339742650369&cursor=1882454880579593159%7C2126617782828138512`,
    );
  });

  it.each([null, '', '0', '0|2126617788654026752'])('ends with %j', async (next_cursor) => {
    const user = { id_str: '1355640682705850369', screen_name: 'moss_and_tin' };
    expect(await page(json({ next_cursor, users: [user] }))).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1355640682705850369', followers: null, private: null }], next: null },
    });
  });

  it.each([undefined, {}, true, 7.5])(
    'does not end with %j: the page is unreadable, and paid for',
    async (next) => {
      expect(await page(json({ next_cursor: next, users: [{ id_str: '1' }] }))).toMatchObject({
        ok: false,
        failure: { trouble: { kind: 'unreadable' }, charged: 200, retryable: false },
      });
    },
  );

  it('continues after a page without accounts, which may have been charged', async () => {
    expect(await page(json({ next_cursor: CURSOR, users: [] }))).toEqual({
      ok: true,
      value: { accounts: [], unreadable: 0, next: CURSOR, expected: null, charged: 0, maybeCharged: 200 },
    });
  });

  it.each([{}, { next_cursor: null }, { next_cursor: null, users: null }, { users: {} }, []])(
    'without a list is unreadable, not empty: %j',
    async (body) => {
      expect(await page(json(body))).toMatchObject({
        ok: false,
        failure: { trouble: { kind: 'unreadable' }, charged: null },
      });
    },
  );

  it('takes IDs only from their text: a number may have lost digits', async () => {
    const users = [{ id: 7, screen_name: 'a' }, { id_str: '8' }, 'text'];
    expect(await page(json({ next_cursor: null, users }))).toMatchObject({
      value: { accounts: [{ id: '8' }], unreadable: 2, charged: 600 },
    });
  });

  it('is not requested without an ID', async () => {
    const { connection, requested } = cannedConnection(socialData);
    const result = await socialData.fetchPage({ ...request, profile: { ...profile, id: null } }, connection);
    expect(result).toMatchObject({ failure: { trouble: { kind: 'no-such-profile' }, charged: 0 } });
    expect(requested).toEqual([]);
  });
});

describe('a profile', () => {
  const look = (handle: string, ...responses: CannedResponse[]) => {
    const canned = cannedConnection(socialData, ...responses);
    const wanted = { ...profile, handle: handleSchema.parse(handle), id: null };
    return { ...canned, result: socialData.resolve(wanted, canned.connection) };
  };

  it('is looked up by its handle', async () => {
    const { result, requested } = look('paper_lantern', { body: OWNER });
    expect(await result).toMatchObject({
      ok: true,
      value: {
        id: '860426339742650369',
        handle: 'Paper_Lantern',
        facts: { followers: 1204, following: 318, bio: 'Small press' },
        charged: 200,
      },
    });
    expect(requested[0]?.url.pathname).toBe('/twitter/user/paper_lantern');
  });

  it('with a handle of digits, which would be taken for an ID, is requested in another way', async () => {
    const { result, requested } = look('2024', { body: `{"users": [${OWNER}]}` });
    expect(await result).toMatchObject({ ok: true, value: { id: '860426339742650369' } });
    expect(requested[0]?.url.pathname).toBe('/twitter/users-by-usernames');
    expect(requested[0]?.init).toMatchObject({ method: 'POST', body: '{"usernames":["2024"]}' });
    expect(await look('2024', { body: '{"users": []}' }).result).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' }, charged: null },
    });
  });

  it('that is protected ends the run before its list is paid for', async () => {
    const { result } = look('paper_lantern', {
      body: OWNER.replace('"protected": false', '"protected": true'),
    });
    expect(await result).toMatchObject({
      failure: { trouble: { kind: 'private-profile' }, charged: 200, retryable: false },
    });
  });

  it('without an ID is unreadable', async () => {
    for (const body of ['{}', '[]', 'null', '{"id": 5}', 'text']) {
      expect(await look('someone', { body }).result).toMatchObject({
        failure: { trouble: { kind: 'unreadable' }, charged: null },
      });
    }
  });
});

const own = (message: string) => ({ status: 'error', message });

describe('refusals', () => {
  it.each([
    [401, own('Unauthenticated.'), 'bad-key', false],
    [401, { message: 'Unauthenticated.' }, 'bad-key', false],
    [402, own('Insufficient balance'), 'no-credit', false],
    [403, own('Access to this endpoint is limited'), 'not-allowed', false],
    [404, own('User not found'), 'no-such-profile', false],
    [404, { message: 'The route twitter/x could not be found.' }, 'refused-request', false],
    [404, own('This account is protected'), 'private-profile', false],
    [
      422,
      { message: 'The user id field is required.', errors: { user_id: ['x'] } },
      'refused-request',
      false,
    ],
    [429, { message: 'Too Many Attempts.' }, 'too-fast', true],
    [500, own('Failed to fetch data from Twitter'), 'provider-broken', true],
    [502, own('Bad gateway'), 'provider-broken', true],
    [503, own('Service unavailable'), 'provider-broken', true],
  ])('%i %j is %s, and free', async (status, body, kind, retryable) => {
    for (const result of [
      await page(json(body, { status })),
      await socialData.resolve(profile, cannedConnection(socialData, json(body, { status })).connection),
      await socialData.checkKey(cannedConnection(socialData, json(body, { status })).connection),
    ]) {
      expect(result).toMatchObject({ ok: false, failure: { trouble: { kind }, charged: 0, retryable } });
    }
  });

  it('says that a profile is suspended if the message does', async () => {
    expect(await page(json(own('User is suspended'), { status: 404 }))).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile', suspended: true, said: 'User is suspended' } },
    });
  });

  it.each([
    ['a gateway’s page', { status: 502, body: '<html>' }],
    ['a message alone with a server error', json({ message: 'Internal server error' }, { status: 500 })],
    ['another status of success', json({ users: [] }, { status: 206 })],
    ['a lost response', json(own('timeout'), { status: 504 })],
    ['an error with status 200', json(own('Something went wrong'))],
  ])('may have been charged: %s', async (_, response) => {
    expect(await page(response)).toMatchObject({ ok: false, failure: { charged: null } });
  });

  it('waits as long as the provider says', async () => {
    const response = json(
      { message: 'Too Many Attempts.' },
      { status: 429, headers: { 'retry-after': '23' } },
    );
    expect(await page(response)).toMatchObject({ failure: { retryAfter: 23_000 } });
  });
});

describe('a key', () => {
  it.each([
    ['{"balance_usd": 4.8124}', 4_812_400],
    ['{"balance_usd": 0}', 0],
    ['{"balance_usd": -0.5}', 0],
    ['{"balance_usd": 0.0000004}', 0],
  ])('is valid, with its balance in dollars: %s', async (body, balance) => {
    const { connection, requested } = cannedConnection(socialData, { body });
    expect(await socialData.checkKey(connection)).toEqual({ ok: true, value: { balance } });
    expect(requested[0]?.url.pathname).toBe('/user/balance');
  });

  it.each(['{}', '[]', '{"balance_usd": "4"}'])('is not confirmed by %s', async (body) => {
    expect(await socialData.checkKey(cannedConnection(socialData, { body }).connection)).toMatchObject({
      ok: false,
      failure: { trouble: { kind: 'unreadable' } },
    });
  });

  it('is cleaned of what is copied along', () => {
    expect(socialData.key.clean(' Bearer 123|AbC \n')).toBe('123|AbC');
  });
});

describe('the position of a list', () => {
  const advances = (before: string | null, next: string) =>
    socialData.advances(before === null ? null : cursorSchema.parse(before), cursorSchema.parse(next));

  it('falls, if cursors contain one', () => {
    expect(advances(null, CURSOR)).toBe(true);
    expect(advances(CURSOR, '1882454880579593158|2126617782828138513')).toBe(true);
    expect(advances(CURSOR, '1882454880579593159|9')).toBe(false);
    expect(advances(CURSOR, '1882454880579593160|9')).toBe(false);
  });

  it('of cursors whose first part is no position only has to change', () => {
    expect(advances('4611686018541662731|1', '4611686018541662999|2')).toBe(true);
    expect(advances('4611686018541662731|1', '4611686018541662731|1')).toBe(false);
    expect(advances('abc', 'abd')).toBe(true);
  });
});
