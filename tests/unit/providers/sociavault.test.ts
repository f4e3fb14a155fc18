import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { cannedConnection, json, KEY, vendorText } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('someone'),
  id: accountIdSchema.parse('44196397'),
} as const;
const cursor = (text: string) => cursorSchema.parse(text);
const firstPage = { profile, relation: 'followers', cursor: null, limit: 70 } as const;

function page(entries: unknown, bottom: unknown = '5|9', rest: object = {}) {
  return json({
    success: true,
    data: {
      error: false,
      cursor: { bottom, top: '-1|9' },
      result: { timeline: { instructions: [{ entries }] } },
    },
    credits_used: 1,
    ...rest,
  });
}

function entry(result: unknown, entryId = 'user-1') {
  return { entryId, content: { itemContent: { user_results: { result } } } };
}

describe('the documented example response', () => {
  const example = { body: vendorText('sociavault-x-followers') };

  it('is read as documented', async () => {
    const { connection, requested } = cannedConnection(sociavault, example);
    const result = await sociavault.fetchPage(firstPage, connection);
    expect(result).toEqual({
      ok: true,
      value: {
        accounts: [
          {
            id: '935125269261766657',
            handle: 'silverbackRilaa',
            name: 'Mike',
            bio: 'Just an investor wondering in the Metaverse.',
            location: 'Metaverse',
            website: null,
            followers: 55,
            following: 233,
            posts: 846,
            likes: 521,
            listed: 3,
            verified: false,
            verifiedType: null,
            private: false,
            createdAt: Date.UTC(2017, 10, 27, 12, 36, 52),
            language: null,
            region: null,
            avatarUrl: 'https://pbs.twimg.com/profile_images/1485601691718373377/qZUaiAtx_normal.jpg',
            unavailable: null,
          },
        ],
        unreadable: 0,
        next: '1859209237637168512|2031099802887913420',
        expected: null,
        charged: 1,
      },
    });
    expect(requested[0]?.url.href).toBe(
      'https://api.sociavault.com/v1/scrape/twitter/followers?user_id=44196397',
    );
    expect(requested[0]?.headers.get('x-api-key')).toBe(KEY);
  });

  it('does not end at TimelineTerminateTimeline with a live cursor', async () => {
    const result = await sociavault.fetchPage(firstPage, cannedConnection(sociavault, example).connection);
    expect(result.ok && result.value.next).not.toBeNull();
  });
});

describe('requests', () => {
  it('encode the cursor and use the plural for following', async () => {
    const { connection, requested } = cannedConnection(sociavault, page([]));
    await sociavault.fetchPage(
      { ...firstPage, relation: 'following', cursor: cursor('18|20+=') },
      connection,
    );
    expect(requested[0]?.url.href).toBe(
      'https://api.sociavault.com/v1/scrape/twitter/followings?user_id=44196397&cursor=18%7C20%2B%3D',
    );
  });

  it('send no cookie, follow no redirect, send no referrer, and use no cache', async () => {
    const { connection, requested } = cannedConnection(sociavault, page([]));
    await sociavault.fetchPage(firstPage, connection);
    expect(requested[0]?.init).toMatchObject({
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  });
});

describe('the three shapes of the user object', () => {
  const shapes = {
    'everything in legacy': {
      rest_id: '12345678901234567890',
      is_blue_verified: true,
      legacy: {
        name: 'N',
        screen_name: 'h',
        description: 'b',
        location: 'l',
        followers_count: 1,
        friends_count: 2,
        statuses_count: 3,
        favourites_count: 4,
        created_at: 'Mon Nov 27 12:36:52 +0000 2017',
        profile_image_url_https: 'https://pbs.twimg.com/a.jpg',
        protected: true,
      },
    },
    'names and flags outside of it': {
      rest_id: '12345678901234567890',
      is_blue_verified: true,
      core: { name: 'N', screen_name: 'h', created_at: 'Mon Nov 27 12:36:52 +0000 2017' },
      avatar: { image_url: 'https://pbs.twimg.com/a.jpg' },
      location: { location: 'l' },
      privacy: { protected: true },
      verification: { verified: false },
      legacy: {
        description: 'b',
        followers_count: 1,
        friends_count: 2,
        statuses_count: 3,
        favourites_count: 4,
      },
    },
    'no legacy at all': {
      rest_id: '12345678901234567890',
      is_blue_verified: true,
      core: { name: 'N', screen_name: 'h', created_at: 'Mon Nov 27 12:36:52 +0000 2017' },
      avatar: { image_url: 'https://pbs.twimg.com/a.jpg' },
      location: { location: 'l' },
      privacy: { protected: true },
      relationship_counts: { followers: 1, following: 2 },
      tweet_counts: { tweets: 3, media_tweets: 1 },
      action_counts: { favorites_count: 4 },
      profile_bio: { description: 'b' },
    },
  };

  it.each(Object.entries(shapes))('%s', async (_, user) => {
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, page([entry(user)])).connection,
    );
    expect(result.ok && result.value.accounts[0]).toEqual({
      id: '12345678901234567890',
      handle: 'h',
      name: 'N',
      bio: 'b',
      location: 'l',
      website: null,
      followers: 1,
      following: 2,
      posts: 3,
      likes: 4,
      listed: null,
      verified: true,
      verifiedType: 'blue',
      private: true,
      createdAt: Date.UTC(2017, 10, 27, 12, 36, 52),
      language: null,
      region: null,
      avatarUrl: 'https://pbs.twimg.com/a.jpg',
      unavailable: null,
    });
  });
});

describe('entries', () => {
  it('may be keyed "0", "1", … instead of a list', async () => {
    const { connection } = cannedConnection(
      sociavault,
      page({ 0: entry({ rest_id: '1' }), 1: entry({ rest_id: '2' }) }),
    );
    const result = await sociavault.fetchPage(firstPage, connection);
    expect(result.ok && result.value.accounts.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it.each([{}, null, []])('may be empty as %j', async (empty) => {
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, page(empty)).connection,
    );
    expect(result).toMatchObject({ ok: true, value: { accounts: [], unreadable: 0, next: '5|9' } });
  });

  it.each(['cursor-bottom-1', 'cursor-top-1', 'messageprompt-1', 'module-1', 'who-to-follow-1'])(
    'skip %s',
    async (entryId) => {
      const entries = [entry({ rest_id: '1' }), entry({ rest_id: '2' }, entryId)];
      const result = await sociavault.fetchPage(
        firstPage,
        cannedConnection(sociavault, page(entries)).connection,
      );
      expect(result).toMatchObject({ ok: true, value: { accounts: [{ id: '1' }], unreadable: 0 } });
    },
  );

  it('skip accounts that X no longer shows', async () => {
    const entries = [
      entry({ __typename: 'UserUnavailable' }),
      { content: { itemContent: { user_results: {} } } },
    ];
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, page(entries)).connection,
    );
    expect(result).toMatchObject({ ok: true, value: { accounts: [], unreadable: 0 } });
  });

  it('without a readable ID are counted, and the rest of the page is kept', async () => {
    const entries = [entry({ rest_id: null }), entry({ rest_id: '2' }), entry('nonsense'), 7];
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, page(entries)).connection,
    );
    expect(result).toMatchObject({ ok: true, value: { accounts: [{ id: '2' }], unreadable: 3 } });
  });

  it('keep null for missing values and values of another type', async () => {
    const entries = [entry({ rest_id: '1', legacy: { followers_count: '55', name: 7, protected: 'no' } })];
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, page(entries)).connection,
    );
    expect(result).toMatchObject({
      ok: true,
      value: { accounts: [{ followers: null, name: null, private: null }] },
    });
  });
});

describe('the end of a list', () => {
  it.each([null, '', ' ', 0, '0|2031099802887913420', '0'])('is a cursor %j', async (bottom) => {
    const { connection } = cannedConnection(sociavault, page([entry({ rest_id: '1' })], bottom));
    const result = await sociavault.fetchPage(firstPage, connection);
    expect(result).toMatchObject({ ok: true, value: { accounts: [{ id: '1' }], next: null } });
  });

  it('is not assumed if the cursor cannot be read: the response is saved instead', async () => {
    const odd = [{}, [], true, 1.5, 'x'.repeat(9000)];
    for (const bottom of odd) {
      const { connection } = cannedConnection(sociavault, page([entry({ rest_id: '1' })], bottom));
      expect(await sociavault.fetchPage(firstPage, connection)).toMatchObject({
        ok: false,
        failure: { trouble: { kind: 'unreadable' }, charged: 1, retryable: false },
      });
    }
  });

  it('is not assumed for a short or empty page with a live cursor', async () => {
    for (const entries of [[], [entry({ rest_id: '1' })]]) {
      const { connection } = cannedConnection(
        sociavault,
        page(entries, '1859209237637168512|2031099802887913420'),
      );
      expect(await sociavault.fetchPage(firstPage, connection)).toMatchObject({
        value: { next: '1859209237637168512|2031099802887913420' },
      });
    }
  });

  it.each([
    ['no cursors', { result: { timeline: { instructions: [] } } }],
    ['null for cursors', { cursor: null, result: { timeline: { instructions: {} } } }],
    ['cursors without a bottom', { cursor: { top: '5|9' }, result: { timeline: { instructions: null } } }],
  ])('is %s', async (_, data) => {
    const { connection } = cannedConnection(sociavault, json({ success: true, data }));
    expect(await sociavault.fetchPage(firstPage, connection)).toMatchObject({
      ok: true,
      value: { next: null },
    });
  });

  it('accepts a numeric cursor', async () => {
    const { connection } = cannedConnection(sociavault, page([], 7));
    expect(await sociavault.fetchPage(firstPage, connection)).toMatchObject({ value: { next: '7' } });
  });

  it('a cursor below 0, where a list would start again, does not advance', () => {
    expect(sociavault.advances(cursor('9|1'), cursor('-1|5'))).toBe(false);
  });

  it('a cursor can advance by a number beyond 2^53', () => {
    expect(sociavault.advances(cursor('1859209237637168512|1'), cursor('1859209237637168511|1'))).toBe(true);
    expect(sociavault.advances(cursor('1859209237637168511|1'), cursor('1859209237637168512|1'))).toBe(false);
  });

  it('a cursor advances only if its first number decreases', () => {
    expect(sociavault.advances(null, cursor('9|1'))).toBe(true);
    expect(sociavault.advances(cursor('9|1'), cursor('8|1'))).toBe(true);
    expect(sociavault.advances(cursor('9|1'), cursor('9|2'))).toBe(false);
    expect(sociavault.advances(cursor('9|1'), cursor('10|1'))).toBe(false);
  });
});

describe('the provider’s own figure', () => {
  it('overrides the price list', async () => {
    const { connection } = cannedConnection(sociavault, page([], '5|9', { credits_used: 3 }));
    expect(await sociavault.fetchPage(firstPage, connection)).toMatchObject({ value: { charged: 3 } });
  });
});

describe('errors', () => {
  const errors: Record<string, object> = JSON.parse(vendorText('sociavault-x-followers-errors')) as Record<
    string,
    object
  >;
  const kinds = {
    400: { trouble: { kind: 'refused-request', said: 'user_id (rest_id) is required' }, retryable: false },
    401: { trouble: { kind: 'bad-key', said: 'Invalid API key' }, retryable: false },
    402: { trouble: { kind: 'no-credit', required: 1, available: 0 }, retryable: false },
    500: { trouble: { kind: 'provider-broken', status: 500 }, retryable: true },
  };

  it.each(Object.entries(kinds))('the documented %s', async (status, expected) => {
    const { connection } = cannedConnection(sociavault, json(errors[status], { status: Number(status) }));
    const result = await sociavault.fetchPage(firstPage, connection);
    expect(result).toMatchObject({ ok: false, failure: { ...expected, charged: 0 } });
  });

  it.each([
    ['403 that mentions credits', json({ error: 'Not enough credits' }, { status: 403 }), 'no-credit'],
    ['403', json({ error: 'Forbidden' }, { status: 403 }), 'not-allowed'],
    [
      '403 that states the available credits',
      json({ required: 1, available: 0 }, { status: 403 }),
      'no-credit',
    ],
    ['404', json({ error: 'Not found' }, { status: 404 }), 'no-such-profile'],
    ['404 of the address', json({ error: 'Endpoint not found' }, { status: 404 }), 'refused-request'],
    ['404 of another server', { status: 404, body: '<h1>nginx</h1>' }, 'refused-request'],
    ['503', { status: 503, body: '' }, 'provider-broken'],
    [
      'a 200 without success: no credit',
      json({ success: false, error: 'Insufficient credits' }),
      'no-credit',
    ],
    ['a 200 without success: bad key', json({ success: false, error: 'Invalid API key' }), 'bad-key'],
    ['a 200 without success: too fast', json({ success: false, error: 'Too many requests' }), 'too-fast'],
    [
      'a 200 without success: protected',
      json({ success: false, error: 'It is protected' }),
      'private-profile',
    ],
    ['a 200 without success: hidden', json({ success: false, error: 'The list is hidden' }), 'hidden-list'],
    ['a 200 without success, unexplained', json({ success: false }), 'provider-broken'],
    ['data with an error', json({ success: true, data: { error: true } }), 'provider-broken'],
    ['429', json({ error: 'Slow down' }, { status: 429 }), 'too-fast'],
    [
      'a 200 without success: not found',
      json({ success: false, error: 'User not found' }),
      'no-such-profile',
    ],
    ['HTML', { body: '<!doctype html><title>Hello</title>' }, 'unreadable'],
    ['an empty 200', { body: '' }, 'unreadable'],
    ['a list in no known form', page('nonsense'), 'unreadable'],
    ['a missing list', json({ success: true, data: { cursor: {} } }), 'unreadable'],
    ['a network failure', new TypeError('Failed to fetch'), 'unreachable'],
  ])('%s', async (_, response, kind) => {
    const result = await sociavault.fetchPage(firstPage, cannedConnection(sociavault, response).connection);
    expect(result).toMatchObject({ ok: false, failure: { trouble: { kind } } });
  });

  it('wait as long as the headers say, by the provider’s clock', async () => {
    const date = new Date(Date.UTC(2020, 0, 1)).toUTCString();
    const response = json({ error: 'Slow' }, { status: 429, headers: { date, 'retry-after': '90' } });
    const result = await sociavault.fetchPage(firstPage, cannedConnection(sociavault, response).connection);
    expect(result).toMatchObject({ failure: { retryable: true, retryAfter: 90_000 } });
  });

  it('never repeat the key', async () => {
    const response = json({ error: `The key ${KEY} is unknown` }, { status: 401 });
    const result = await sociavault.fetchPage(firstPage, cannedConnection(sociavault, response).connection);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });
});

describe('instructions', () => {
  const response = (instructions: unknown) =>
    json({ success: true, data: { cursor: { bottom: '5|9' }, result: { timeline: { instructions } } } });
  const add = { type: 'TimelineAddEntries', entries: [entry({ rest_id: '1' })] };

  it.each([
    ['keyed "0", "1", …', { 0: { type: 'TimelineClearCache' }, 1: add }],
    ['with others of an unknown kind', [{ type: 'TimelineShowAlert' }, 7, null, add]],
  ])('%s', async (_, instructions) => {
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, response(instructions)).connection,
    );
    expect(result).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1' }], unreadable: 0, next: '5|9' },
    });
  });

  it.each([
    ['invalid entries', [{ ...add, entries: 'x' }]],
    ['entries under another name', [{ type: 'TimelineAddEntries', items: [] }]],
    ['an invalid instruction', ['x']],
  ])('%s are not an empty list', async (_, instructions) => {
    const result = await sociavault.fetchPage(
      firstPage,
      cannedConnection(sociavault, response(instructions)).connection,
    );
    expect(result).toMatchObject({ failure: { trouble: { kind: 'unreadable' } } });
  });
});

describe('verification', () => {
  const read = async (user: object) => {
    const { connection } = cannedConnection(sociavault, page([entry({ rest_id: '1', ...user })]));
    const result = await sociavault.fetchPage(firstPage, connection);
    const account = result.ok ? result.value.accounts[0] : undefined;
    return [account?.verified, account?.verifiedType];
  };

  it.each([
    [{}, [null, null]],
    [{ is_blue_verified: false }, [false, null]],
    [{ is_blue_verified: true }, [true, 'blue']],
    [{ is_blue_verified: true, verification: { verified_type: 'Business' } }, [true, 'business']],
    [{ is_blue_verified: false, legacy: { verified_type: 'Government' } }, [true, 'government']],
    [{ is_blue_verified: false, verification: { verified_type: 'None' } }, [false, null]],
    [{ legacy: { verified: true } }, [true, null]],
  ])('%j is %j, with one spelling for all providers', async (user, expected) => {
    expect(await read(user)).toEqual(expected);
  });
});

describe('handle to ID', () => {
  it('recognizes a missing profile by data with an error', async () => {
    const { connection } = cannedConnection(
      sociavault,
      json({ success: true, data: { error: true, message: 'User not found' } }),
    );
    expect(await sociavault.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' }, charged: 1 },
    });
  });

  const user = { rest_id: '9', legacy: { screen_name: 'SomeOne', followers_count: 12, friends_count: 3 } };

  it.each([
    ['the user itself', user],
    ['data.user', { user }],
    ['data.user.result', { user: { result: user } }],
    ['data.result', { result: user }],
  ])('reads %s', async (_, data) => {
    const { connection, requested } = cannedConnection(
      sociavault,
      json({ success: true, data, credits_used: 1 }),
    );
    expect(await sociavault.resolve(profile, connection)).toMatchObject({
      ok: true,
      value: { id: '9', handle: 'SomeOne', charged: 1, facts: { followers: 12, following: 3 } },
    });
    expect(requested[0]?.url.href).toBe(
      'https://api.sociavault.com/v1/scrape/twitter/profile?handle=someone',
    );
  });

  it('reports that a protected profile cannot be listed, and what the lookup cost', async () => {
    const data = { rest_id: '9', legacy: { protected: true } };
    const { connection } = cannedConnection(sociavault, json({ success: true, data, credits_used: 1 }));
    expect(await sociavault.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind: 'private-profile' }, charged: 1 },
    });
  });

  it.each([null, {}, { user: { result: { __typename: 'UserUnavailable' } } }])(
    'finds no profile in %j',
    async (data) => {
      const { connection } = cannedConnection(sociavault, json({ success: true, data, credits_used: 1 }));
      expect(await sociavault.resolve(profile, connection)).toMatchObject({
        failure: { trouble: { kind: 'no-such-profile' }, charged: 1 },
      });
    },
  );
});

describe('the key check', () => {
  it('reads the balance, which has no envelope', async () => {
    const { connection, requested } = cannedConnection(
      sociavault,
      json({ credits: 4210, subscriptionStatus: 'active' }),
    );
    expect(await sociavault.checkKey(connection)).toEqual({ ok: true, value: { balance: 4210 } });
    expect(requested[0]?.url.pathname).toBe('/v1/credits');
  });

  it('recognizes a bad key', async () => {
    const { connection } = cannedConnection(sociavault, json({ error: 'Invalid API key' }, { status: 401 }));
    expect(await sociavault.checkKey(connection)).toMatchObject({
      failure: { trouble: { kind: 'bad-key' } },
    });
  });
});
