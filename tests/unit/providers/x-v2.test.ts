import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema, handleSchema } from '../../../lib/model.ts';
import { xV2 } from '../../../lib/providers/x-v2.ts';
import { canned, json, vendorText } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('TwitterDev'),
  id: accountIdSchema.parse('2244994945'),
} as const;
const firstPage = { profile, relation: 'followers', cursor: null, limit: 100 } as const;
const FIELDS =
  'created_at,description,entities,id,location,name,profile_image_url,protected,public_metrics,url,username,verified,verified_type,withheld';

describe('the document’s example answers', () => {
  it('with default fields', async () => {
    const { connection, asked } = canned(xV2, { body: vendorText('x-v2-followers-default-fields') });
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
    expect(asked[0]?.url.pathname).toBe('/2/users/2244994945/followers');
    expect(asked[0]?.url.searchParams.get('max_results')).toBe('100');
    expect(asked[0]?.url.searchParams.get('user.fields')).toBe(FIELDS);
    expect(asked[0]?.headers.get('authorization')).toMatch(/^Bearer /);
  });

  it('with optional fields and included posts', async () => {
    const { connection } = canned(xV2, { body: vendorText('x-v2-followers-optional-fields') });
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result).toMatchObject({ ok: true, value: { unreadable: 0, next: 'DFEDBNRFT3MHCZZZ' } });
    expect(result.ok && result.value.accounts).toHaveLength(10);
  });
});

describe('pages', () => {
  it('name the page that follows by its token', async () => {
    const { connection, asked } = canned(xV2, json({ meta: { result_count: 0 } }));
    const cursor = cursorSchema.parse('DFEDBNRFT3MHCZZZ');
    await xV2.fetchPage({ ...firstPage, relation: 'following', cursor, limit: 7 }, connection);
    expect(asked[0]?.url.pathname).toBe('/2/users/2244994945/following');
    expect(asked[0]?.url.searchParams.get('pagination_token')).toBe('DFEDBNRFT3MHCZZZ');
    expect(asked[0]?.url.searchParams.get('max_results')).toBe('7');
  });

  it('end without a token, and may be empty before the end', async () => {
    const last = await xV2.fetchPage(firstPage, canned(xV2, json({ meta: { result_count: 0 } })).connection);
    expect(last).toMatchObject({ ok: true, value: { accounts: [], next: null, charged: 0 } });
    const meta = { result_count: 0, next_token: 'ABCDEFGHIJKLMNOP' };
    const empty = await xV2.fetchPage(firstPage, canned(xV2, json({ meta })).connection);
    expect(empty).toMatchObject({ ok: true, value: { accounts: [], next: 'ABCDEFGHIJKLMNOP' } });
  });

  it('read every field, by the old and the new name of the count of posts', async () => {
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
    const result = await xV2.fetchPage(firstPage, canned(xV2, json({ data, meta: {} })).connection);
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

  it('keep their rows when errors about single accounts stand beside them', async () => {
    const errors = [
      { type: 'https://api.twitter.com/2/problems/resource-not-found', title: 'Not Found Error' },
    ];
    const { connection } = canned(
      xV2,
      json({ data: [{ id: '1' }, { username: 'no id' }], errors, meta: {} }),
    );
    const result = await xV2.fetchPage(firstPage, connection);
    expect(result).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1' }], unreadable: 1, charged: 20_000 },
    });
  });

  it('are asked for without fields when a field is refused', async () => {
    const refused = json(
      { errors: [{ message: 'The `user.fields` query parameter value [entities] is not one of …' }] },
      { status: 400 },
    );
    const { connection, asked } = canned(xV2, refused, json({ data: [{ id: '1' }], meta: {} }));
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1' }] },
    });
    expect(asked[1]?.url.searchParams.has('user.fields')).toBe(false);
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
  ])('%s in a 200', async (kind, trouble) => {
    const { connection } = canned(xV2, json({ errors: [problem(kind)] }));
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: trouble, said: 'D' }, charged: 0 },
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
  ])('%s %s', async (status, kind, trouble) => {
    const { connection } = canned(xV2, json(problem(kind), { status }));
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: trouble }, charged: 0 },
    });
  });

  it('429 in the old form waits until the reset, in epoch seconds by the answer’s clock', async () => {
    const now = Date.UTC(2026, 0, 1);
    const headers = { date: new Date(now).toUTCString(), 'x-rate-limit-reset': String(now / 1000 + 300) };
    const { connection } = canned(
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
    ['an empty answer', ''],
    ['a list that is none', '{"data":"x","meta":{}}'],
    ['neither list nor end', '{}'],
  ])('%s is unreadable', async (_, body) => {
    const { connection } = canned(xV2, { body });
    expect(await xV2.fetchPage(firstPage, connection)).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: null },
    });
  });
});

describe('handle to id', () => {
  it('costs one user', async () => {
    const data = {
      id: '9',
      username: 'SomeOne',
      public_metrics: { followers_count: 12, following_count: 3 },
    };
    const { connection, asked } = canned(xV2, json({ data }));
    expect(await xV2.resolve(profile, connection)).toMatchObject({
      ok: true,
      value: { id: '9', handle: 'SomeOne', charged: 10_000, facts: { followers: 12 } },
    });
    expect(asked[0]?.url.pathname).toBe('/2/users/by/username/TwitterDev');
  });

  it('knows a missing user by a 200 with errors and no data', async () => {
    const errors = [{ type: 'https://api.x.com/2/problems/resource-not-found', title: 'Not Found Error' }];
    const { connection } = canned(xV2, json({ errors }));
    expect(await xV2.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' }, charged: 0 },
    });
  });
});

describe('the key', () => {
  it('is used as pasted, but for white space and a leading "Bearer"', () => {
    expect(xV2.key.clean('  Bearer AAAA%2Bb%3D \n')).toBe('AAAA%2Bb%3D');
  });

  it('is checked for nothing', async () => {
    const { connection, asked } = canned(xV2, json({ data: { project_cap: '100' } }));
    expect(await xV2.checkKey(connection)).toEqual({ ok: true, value: { balance: null } });
    expect(asked[0]?.url.pathname).toBe('/2/usage/tweets');
  });
});
