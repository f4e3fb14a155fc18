import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { xV2 } from '../../../lib/providers/x-v2.ts';
import { cannedConnection, json, vendorText } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('TwitterDev'),
  id: accountIdSchema.parse('2244994945'),
} as const;
const firstPage = { profile, relation: 'followers', cursor: null, limit: 100 } as const;
const FIELDS =
  'created_at,description,entities,id,location,name,profile_image_url,protected,public_metrics,url,username,verified,verified_type,withheld';

describe('the documented example responses', () => {
  it('with default fields', async () => {
    const { connection, requested } = cannedConnection(xV2, {
      body: vendorText('x-v2-followers-default-fields'),
    });
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result).toMatchObject({
      ok: true,
      value: { unreadable: 0, next: 'DFEDBNRFT3MHCZZZ', charged: 100_000 },
    });
    expect(
      result.ok &&
        result.value.accounts.map(({ id, handle, name }) => `${id} ${String(handle)} ${String(name)}`),
    ).toEqual([
      '6253282 TwitterAPI Twitter API',
      '2244994945 TwitterDev Twitter Dev',
      '783214 Twitter Twitter',
      '95731075 TwitterSafety Twitter Safety',
      '3260518932 TwitterMoments Twitter Moments',
      '373471064 TwitterMusic Twitter Music',
      '791978718 OfficialPartner Twitter Official Partner',
      '17874544 TwitterSupport Twitter Support',
      '234489024 TwitterComms Twitter Comms',
      '1526228120 TwitterData Twitter Data',
    ]);
    expect(requested[0]?.url.pathname).toBe('/2/users/2244994945/followers');
    expect(requested[0]?.url.searchParams.get('max_results')).toBe('100');
    expect(requested[0]?.url.searchParams.get('user.fields')).toBe(FIELDS);
    expect(requested[0]?.headers.get('authorization')).toMatch(/^Bearer /);
  });

  it('with optional fields and included posts', async () => {
    const { connection } = cannedConnection(xV2, { body: vendorText('x-v2-followers-optional-fields') });
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result).toMatchObject({ ok: true, value: { unreadable: 0, next: 'DFEDBNRFT3MHCZZZ' } });
    expect(result.ok && result.value.accounts).toHaveLength(10);
  });
});

describe('pages', () => {
  it('contain the token of the next page', async () => {
    const { connection, requested } = cannedConnection(xV2, json({ meta: { result_count: 0 } }));
    const cursor = cursorSchema.parse('DFEDBNRFT3MHCZZZ');
    await xV2.fetchPage({ ...firstPage, relation: 'following', cursor, limit: 7 }, connection);
    expect(requested[0]?.url.pathname).toBe('/2/users/2244994945/following');
    expect(requested[0]?.url.searchParams.get('pagination_token')).toBe('DFEDBNRFT3MHCZZZ');
    expect(requested[0]?.url.searchParams.get('max_results')).toBe('7');
  });

  it('end without a token, and may be empty before the end', async () => {
    const last = await xV2.fetchPage(
      firstPage,
      cannedConnection(xV2, json({ meta: { result_count: 0 } })).connection,
    );
    expect(last).toMatchObject({ ok: true, value: { accounts: [], next: null, charged: 0 } });
    const meta = { result_count: 0, next_token: 'ABCDEFGHIJKLMNOP' };
    const empty = await xV2.fetchPage(firstPage, cannedConnection(xV2, json({ meta })).connection);
    expect(empty).toMatchObject({ ok: true, value: { accounts: [], next: 'ABCDEFGHIJKLMNOP' } });
  });

  it('read every field, with the old and the new name of the post count', async () => {
    const user = {
      id: '9223372036854775807',
      name: 'N',
      username: 'h',
      created_at: '2013-12-14T04:35:55.000Z',
      description: 'b',
      entities: { url: { urls: [{ url: 'https://t.co/1', expanded_url: 'https://example.org/' }] } },
      location: 'l',
      profile_image_url: 'https://pbs.twimg.com/a.png',
      protected: false,
      url: 'https://t.co/1',
      verified: true,
      verified_type: 'business',
    };
    const counts = { followers_count: 1, following_count: 2, listed_count: 4, like_count: 5 };
    const data = [
      { ...user, public_metrics: { ...counts, tweet_count: 3 } },
      { ...user, id: '2', public_metrics: { ...counts, post_count: 3 } },
    ];
    const result = await xV2.fetchPage(
      firstPage,
      cannedConnection(xV2, json({ data, meta: { result_count: 1 } })).connection,
    );
    const account = {
      handle: 'h',
      name: 'N',
      bio: 'b',
      location: 'l',
      website: 'https://example.org/',
      followers: 1,
      following: 2,
      posts: 3,
      likes: 5,
      listed: 4,
      verified: true,
      verifiedType: 'business',
      private: false,
      createdAt: Date.UTC(2013, 11, 14, 4, 35, 55),
      language: null,
      region: null,
      avatarUrl: 'https://pbs.twimg.com/a.png',
      unavailable: null,
    };
    expect(result.ok && result.value.accounts).toEqual([
      { id: '9223372036854775807', ...account },
      { id: '2', ...account },
    ]);
  });

  it('keep their rows despite errors about single accounts', async () => {
    const errors = [
      { type: 'https://api.twitter.com/2/problems/resource-not-found', title: 'Not Found Error' },
    ];
    const { connection } = cannedConnection(
      xV2,
      json({ data: [{ id: '1' }, { username: 'no id' }], errors, meta: { result_count: 1 } }),
    );
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1' }], unreadable: 1, charged: 20_000 },
    });
  });

  it('are requested without fields if a field is rejected', async () => {
    const refused = json(
      { errors: [{ message: 'The `user.fields` query parameter value [entities] is not one of …' }] },
      { status: 400 },
    );
    const { connection, requested } = cannedConnection(
      xV2,
      refused,
      json({ data: [{ id: '1' }], meta: { result_count: 1 } }),
    );
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1' }] },
    });
    expect(requested[1]?.url.searchParams.has('user.fields')).toBe(false);
  });
});

describe('problems', () => {
  const problem = (kind: string) => ({
    title: 'T',
    detail: 'D',
    type: `https://api.anything/2/problems/${kind}`,
  });

  it.each([
    ['resource-not-found', 'no-such-profile'],
    ['not-authorized-for-resource', 'private-profile'],
  ])('%s in a 200', async (kind, runError) => {
    const { connection } = cannedConnection(xV2, json({ errors: [problem(kind)] }));
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: runError, said: 'D' }, charged: 0 },
    });
  });

  it.each([
    [400, 'invalid-request', 'refused-request'],
    [401, 'anything', 'bad-key'],
    [402, 'credits-depleted', 'no-credit'],
    [403, 'client-forbidden', 'not-allowed'],
    [403, 'unsupported-authentication', 'not-allowed'],
    [403, 'credits', 'no-credit'],
    [404, 'resource-not-found', 'no-such-profile'],
    [429, 'usage-capped', 'no-credit'],
    [429, 'rate-limit-exceeded', 'too-fast'],
    [500, 'internal-error', 'provider-broken'],
    [503, 'operational', 'provider-broken'],
  ])('%s %s', async (status, kind, runError) => {
    const { connection } = cannedConnection(xV2, json(problem(kind), { status }));
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: runError }, charged: 0 },
    });
  });

  it('429 in the older format waits until the reset, in epoch seconds by the provider’s clock', async () => {
    const now = Date.UTC(2026, 0, 1);
    const headers = { date: new Date(now).toUTCString(), 'x-rate-limit-reset': String(now / 1000 + 300) };
    const { connection } = cannedConnection(
      xV2,
      json({ errors: [{ code: 88, message: 'Rate limit exceeded' }] }, { status: 429, headers }),
    );
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: {
        trouble: { kind: 'too-fast', said: 'Rate limit exceeded' },
        retryable: true,
        retryAfter: 300_000,
      },
    });
  });

  it.each([
    ['HTML', '<html>'],
    ['an empty response', ''],
    ['a list of the wrong type', '{"data":"x","meta":{}}'],
    ['neither list nor end', '{}'],
    ['a list without its end', '{"data":[{"id":"1"}]}'],
    ['a list whose end counts no results', '{"data":[{"id":"1"}],"meta":{}}'],
    ['an end without the results that it counts', '{"meta":{"result_count":10}}'],
    ['a page without the results that it counts', '{"meta":{"result_count":10,"next_token":"ABC"}}'],
  ])('%s is unreadable', async (_, body) => {
    const { connection } = cannedConnection(xV2, { body });
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: null },
    });
  });
});

describe('errors with an empty page', () => {
  const about = (resource_id: string) => ({
    type: 'https://api.x.com/2/problems/resource-not-found',
    title: 'Not Found Error',
    resource_id,
  });

  it.each([
    ['a list that continues', { errors: [about('5')], meta: { next_token: 'ABC' } }, 'ABC'],
    ['a last page of unavailable accounts', { errors: [about('5')], meta: { result_count: 0 } }, null],
    ['no errors at all', { errors: [], meta: { result_count: 0 } }, null],
    ['explicitly no rows', { data: null, meta: { result_count: 0 } }, null],
  ])('%s', async (_, body, next) => {
    const result = await xV2.fetchPage(firstPage, cannedConnection(xV2, json(body)).connection);
    expect(result).toMatchObject({ ok: true, value: { accounts: [], next, charged: 0 } });
  });

  it.each([
    ['field-hydration-failure', 'refused-request'],
    ['internal-error', 'provider-broken'],
  ])('%s without an account is not the end of the list', async (kind, runError) => {
    const errors = [{ type: `https://api.x.com/2/problems/${kind}`, title: 'T' }];
    const body = { errors, meta: { result_count: 0 } };
    expect(await xV2.fetchPage(firstPage, cannedConnection(xV2, json(body)).connection)).toMatchObject({
      failure: { trouble: { kind: runError }, charged: 0 },
    });
  });

  it('about the profile itself are the result', async () => {
    const body = { data: null, errors: [about(profile.id)], meta: { result_count: 0 } };
    expect(await xV2.fetchPage(firstPage, cannedConnection(xV2, json(body)).connection)).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' } },
    });
  });

  it.each([{ next_token: {} }, { next_token: true }, 'x', []])(
    'a page with meta %j is saved as unreadable',
    async (meta) => {
      const { connection } = cannedConnection(xV2, json({ data: [{ id: '1' }], meta }));
      expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
        failure: { trouble: { kind: 'unreadable' }, charged: null },
      });
    },
  );

  it.each([
    ['internal-error', 'provider-broken'],
    ['disallowed-resource', 'not-allowed'],
    ['resource-unavailable', 'no-such-profile'],
    ['rate-limit-exceeded', 'too-fast'],
    ['unsupported-authentication', 'not-allowed'],
    ['usage-capped', 'no-credit'],
    ['field-hydration-failure', 'refused-request'],
  ])('%s in a 200 without rows', async (kind, runError) => {
    const body = { errors: [{ type: `https://api.x.com/2/problems/${kind}`, title: 'T' }] };
    expect(await xV2.fetchPage(firstPage, cannedConnection(xV2, json(body)).connection)).toMatchObject({
      failure: { trouble: { kind: runError }, charged: 0 },
    });
  });

  it('404 from another server is not a missing profile', async () => {
    const { connection } = cannedConnection(xV2, { status: 404, body: '<h1>nginx</h1>' });
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: 'refused-request', status: 404 } },
    });
  });

  it('a 503 does not wait for a rate limit that is not used up', async () => {
    const headers = { 'x-rate-limit-remaining': '299', 'x-rate-limit-reset': '99999999999' };
    const { connection } = cannedConnection(xV2, { status: 503, headers, body: '' });
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { retryable: true, retryAfter: null },
    });
  });
});

describe('links', () => {
  const read = async (user: object) => {
    const { connection } = cannedConnection(
      xV2,
      json({ data: [{ id: '1', ...user }], meta: { result_count: 1 } }),
    );
    const result = await xV2.fetchPage(firstPage, connection);
    return result.ok ? result.value.accounts[0] : undefined;
  };

  it('in a bio are expanded', async () => {
    const urls = [{ start: 4, end: 27, url: 'https://t.co/a', expanded_url: 'https://ada.example/' }];
    expect(
      await read({ description: 'Me: https://t.co/a', entities: { description: { urls } } }),
    ).toMatchObject({
      bio: 'Me: https://ada.example/',
    });
  });

  it('of a profile stay short if they are not listed', async () => {
    expect(await read({ url: 'https://t.co/a', entities: { url: { urls: [{}] } } })).toMatchObject({
      website: 'https://t.co/a',
    });
  });
});

describe('unexpected entries', () => {
  it('are counted by kind', async () => {
    const data = [{ id: '1', entities: [], public_metrics: [] }, { id: '2', entities: {} }, ['3']];
    const { connection } = cannedConnection(xV2, json({ data, meta: { result_count: 3 } }));
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      value: { accounts: [{ id: '1' }, { id: '2' }], unreadable: 1, unexpected: { 'list-for-object': 2 } },
    });
  });

  it('are omitted if there are none', async () => {
    const { connection } = cannedConnection(xV2, json({ data: [{ id: '1' }], meta: { result_count: 1 } }));
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result.ok && 'unexpected' in result.value).toBe(false);
  });
});

describe('verified_type', () => {
  it.each([
    ['none', null],
    ['None', null],
    ['Business', 'business'],
    ['blue', 'blue'],
    [7, null],
  ])('%j is %j', async (verified_type, expected) => {
    const { connection } = cannedConnection(
      xV2,
      json({ data: [{ id: '1', verified_type }], meta: { result_count: 1 } }),
    );
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result.ok && result.value.accounts[0]?.verifiedType).toBe(expected);
  });
});

describe('handle to ID', () => {
  it('reports neither a profile nor a missing one for an empty response', async () => {
    expect(await xV2.resolve(profile, cannedConnection(xV2, { body: '{}' }).connection)).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: null },
    });
  });

  it('costs one user', async () => {
    const data = {
      id: '9',
      username: 'SomeOne',
      public_metrics: { followers_count: 12, following_count: 3 },
    };
    const { connection, requested } = cannedConnection(xV2, json({ data }));
    expect(await xV2.resolve(profile, connection)).toMatchObject({
      ok: true,
      value: { id: '9', handle: 'SomeOne', charged: 10_000, facts: { followers: 12 } },
    });
    expect(requested[0]?.url.pathname).toBe('/2/users/by/username/TwitterDev');
  });

  it.each([
    ['User has been suspended: [someone].', 'someone', true],
    ['Could not find user with username: [suspended].', 'suspended', false],
  ])('“%s” about @%s: suspended is %s', async (detail, handle, suspended) => {
    const type = 'https://api.twitter.com/2/problems/resource-not-found';
    const { connection } = cannedConnection(xV2, json({ errors: [{ type, title: 'T', detail }] }));
    expect(await xV2.resolve({ ...profile, handle: handleSchema.parse(handle) }, connection)).toEqual({
      ok: false,
      failure: {
        trouble: { kind: 'no-such-profile', said: detail, ...(suspended ? { suspended } : {}) },
        charged: 0,
        retryable: false,
        retryAfter: null,
      },
    });
  });

  it('recognizes a missing user by a 200 with errors and no data', async () => {
    const errors = [{ type: 'https://api.x.com/2/problems/resource-not-found', title: 'Not Found Error' }];
    const { connection } = cannedConnection(xV2, json({ errors }));
    expect(await xV2.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' }, charged: 0 },
    });
  });
});

describe('the key check', () => {
  it('uses the key as pasted, without white space and a leading "Bearer"', () => {
    expect(xV2.key.clean('  Bearer AAAA%2Bb%3D \n')).toBe('AAAA%2Bb%3D');
  });

  it('does not accept a response that is not JSON', async () => {
    const { connection } = cannedConnection(xV2, { body: '<html>' });
    expect(await xV2.checkKey(connection)).toMatchObject({ failure: { trouble: { kind: 'unreadable' } } });
  });

  it('waits for the reset of a daily limit', async () => {
    const now = Date.UTC(2026, 0, 1);
    const headers = {
      date: new Date(now).toUTCString(),
      'x-rate-limit-remaining': '1199990',
      'x-rate-limit-reset': String(now / 1000 + 900),
      'x-app-limit-24hour-limit': '25',
      'x-app-limit-24hour-remaining': '0',
      'x-app-limit-24hour-reset': String(now / 1000 + 72_000),
    };
    const body = {
      title: 'Too Many Requests',
      detail: 'Too Many Requests',
      type: 'about:blank',
      status: 429,
    };
    const { connection } = cannedConnection(xV2, json(body, { status: 429, headers }));
    expect(await xV2.checkKey(connection)).toMatchObject({
      failure: { trouble: { kind: 'too-fast' }, charged: 0, retryAfter: 72_000_000 },
    });
  });

  it('is free', async () => {
    const { connection, requested } = cannedConnection(xV2, json({ data: { project_cap: '100' } }));
    expect(await xV2.checkKey(connection)).toEqual({ ok: true, value: { balance: null } });
    expect(requested[0]?.url.pathname).toBe('/2/usage/tweets');
  });
});
