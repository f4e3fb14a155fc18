/** The emulator responds in the formats of the vendors' own documentation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { request, at, example, items, shape } from './send-request.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function ownerId(platform: 'x' | 'tiktok', handle: string): string {
  return emulator.population({ platform, handle, followers: 400, following: 90 }).owner.id;
}

/** Places of the example that are missing in the response. */
function missing(response: unknown, documented: unknown): string[] {
  const has = shape(response);
  return [...shape(documented)].filter((place) => !has.has(place));
}

describe('SociaVault, X', () => {
  it('returns followers with every field of the documented example', async () => {
    emulator.key({ provider: 'sociavault', style: { userShape: 'A', lists: 'arrays' } });
    const { json } = await request(
      emulator,
      'sociavault',
      `/v1/scrape/twitter/followers?user_id=${ownerId('x', 'shape_a')}`,
    );
    expect(missing(json, example('sociavault-x-followers'))).toEqual([]);
    expect(at(json, 'endpoint')).toBe('twitter/followers');
  });

  it('returns users in the three shapes, and lists as objects, when configured', async () => {
    const path = `/v1/scrape/twitter/followings?user_id=${ownerId('x', 'shape_bc')}`;
    const firstUser = async (userShape: 'B' | 'C') => {
      emulator.key({ provider: 'sociavault', style: { userShape, lists: 'indexed' } });
      const { json } = await request(emulator, 'sociavault', path);
      const instructions = at(json, 'data', 'result', 'timeline', 'instructions');
      expect(Array.isArray(instructions)).toBe(false);
      const entries = items(at(instructions, '3', 'entries'));
      return at(entries[0], 'content', 'itemContent', 'user_results', 'result');
    };
    const b = await firstUser('B');
    expect(at(b, 'core', 'screen_name')).toBeTypeOf('string');
    expect(at(b, 'legacy', 'followers_count')).toBeTypeOf('number');
    expect(at(b, 'legacy', 'screen_name')).toBeUndefined();
    const c = await firstUser('C');
    expect(at(c, 'legacy')).toBeUndefined();
    expect(at(c, 'relationship_counts', 'followers')).toBeTypeOf('number');
    expect(at(c, 'core', 'created_at')).toMatch(/^\w{3} \w{3} \d\d [\d:]{8} \+0000 \d{4}$/);
  });

  it('returns short links together with their targets, in every shape', async () => {
    const id = ownerId('x', 'short_links');
    for (const userShape of ['A', 'B', 'C'] as const) {
      emulator.key({ provider: 'sociavault', style: { userShape, lists: 'arrays' } });
      const { text, json } = await request(
        emulator,
        'sociavault',
        `/v1/scrape/twitter/followers?user_id=${id}`,
      );
      const entries = items(at(json, 'data', 'result', 'timeline', 'instructions', 3, 'entries'));
      const users = entries.map((entry) => at(entry, 'content', 'itemContent', 'user_results', 'result'));
      const websites = users.flatMap((user) => {
        const place = userShape === 'C' ? at(user, 'website', 'url') : at(user, 'legacy', 'url');
        const entities =
          userShape === 'C' ? at(user, 'profile_bio', 'entities') : at(user, 'legacy', 'entities');
        return place === undefined ? [] : [[place, at(entities, 'url', 'urls', 0, 'expanded_url')]];
      });
      expect(websites.length).toBeGreaterThan(3);
      for (const [short, long] of websites) {
        expect(short).toMatch(/^https:\/\/t\.co\/\d+$/);
        expect(long).toMatch(/^https:\/\/example\.org\//);
      }
      expect(text).not.toContain('"url":"https://example.org');
      if (userShape !== 'C') continue;
      const blue = users.map((user) => [
        at(user, 'is_blue_verified'),
        at(user, 'verification', 'is_blue_verified'),
      ]);
      expect(blue.some(([beside, inside]) => beside === undefined && typeof inside === 'boolean')).toBe(true);
      expect(blue.some(([beside, inside]) => typeof beside === 'boolean' && inside === undefined)).toBe(true);
    }
  });

  it('ends a list with rows and a cursor whose first part is 0, and decreases until then', async () => {
    const id = ownerId('x', 'cursors');
    const heads: bigint[] = [];
    let cursor = '';
    do {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { json } = await request(
        emulator,
        'sociavault',
        `/v1/scrape/twitter/followers?user_id=${id}${query}`,
      );
      cursor = String(at(json, 'data', 'cursor', 'bottom'));
      expect(cursor).toMatch(/^\d+\|\d{19}$/);
      heads.push(BigInt(cursor.split('|')[0] ?? '-1'));
    } while (heads.at(-1) !== 0n);
    expect(heads).toHaveLength(Math.ceil(400 / 70));
    expect(heads.every((head, index) => index === 0 || head < (heads[index - 1] ?? 0n))).toBe(true);
  });

  it('returns the documented errors in the documented formats', async () => {
    const followers = '/v1/scrape/twitter/followers';
    const noId = await request(emulator, 'sociavault', followers);
    expect([noId.status, noId.json]).toEqual([
      400,
      { error: 'user_id (rest_id) is required', endpoint: 'twitter/followers', credits_required: 1 },
    ]);
    const badKey = await request(emulator, 'sociavault', followers, { key: 'sk_live_wrong' });
    expect([badKey.status, badKey.json]).toEqual([
      401,
      { error: 'Invalid API key', docs: 'https://docs.sociavault.com/authentication' },
    ]);
    emulator.key({ provider: 'sociavault', key: 'sk_live_poor', balance: 0 });
    const poor = await request(emulator, 'sociavault', `${followers}?user_id=${ownerId('x', 'poor')}`, {
      key: 'sk_live_poor',
    });
    expect([poor.status, poor.json]).toEqual([
      402,
      { error: 'Insufficient credits', required: 1, available: 0 },
    ]);
    emulator.fault({ when: ({ path }) => path === followers, do: { kind: 'status', status: 500 } });
    const broken = await request(emulator, 'sociavault', `${followers}?user_id=1`);
    expect([broken.status, broken.json]).toEqual([
      500,
      { error: 'Failed to fetch followers', endpoint: 'followers' },
    ]);
  });

  it('reports a missing user, a protected list, and the balance as seen by public clients', async () => {
    const nobody = await request(emulator, 'sociavault', '/v1/scrape/twitter/profile?handle=nobody_here');
    expect([nobody.status, at(nobody.json, 'success')]).toEqual([200, false]);
    emulator.key({ provider: 'sociavault', style: { missingUser: '404' } });
    expect(
      (await request(emulator, 'sociavault', '/v1/scrape/twitter/profile?handle=nobody_here')).status,
    ).toBe(404);
    const lena = await request(emulator, 'sociavault', '/v1/scrape/twitter/profile?handle=locked_lena');
    const list = await request(
      emulator,
      'sociavault',
      `/v1/scrape/twitter/followers?user_id=${String(at(lena.json, 'data', 'rest_id'))}`,
    );
    expect([at(list.json, 'success'), at(list.json, 'error')]).toEqual([
      false,
      expect.stringMatching(/protected/),
    ]);
    const credits = await request(emulator, 'sociavault', '/v1/credits');
    expect(Object.keys(credits.json ?? {})).toEqual(['credits', 'subscriptionStatus', 'subscriptionId']);
  });
});

describe('SociaVault, TikTok', () => {
  const path = '/v1/scrape/tiktok/following?handle=shape.whole';

  it('returns following with every emulated field, typed as in the documented example', async () => {
    ownerId('tiktok', 'shape.whole');
    const { json } = await request(emulator, 'sociavault', path);
    const documented = shape(example('sociavault-tiktok-following-full'));
    const invented = [...shape(json)].filter((place) => !documented.has(place));
    expect(invented).toEqual([]);
    for (const place of [
      'data.has_more: boolean',
      'data.min_time: number',
      'data.total: number',
      'data.followings.*.uid: string',
    ]) {
      expect(shape(json)).toContain(place);
    }
  });

  it('trims as in the documented trimmed example', async () => {
    const { json } = await request(emulator, 'sociavault', `${path}&trim=true`);
    const documented = example('sociavault-tiktok-following-trimmed');
    expect(missing(json, documented)).toEqual([]);
    expect(missing(documented, json)).toEqual([]);
  });

  it('reports hidden lists and missing users with success and a status code', async () => {
    const hidden = await request(emulator, 'sociavault', '/v1/scrape/tiktok/followers?handle=hidden_hana');
    expect([at(hidden.json, 'success'), at(hidden.json, 'data', 'status_code')]).toEqual([true, 3_002_060]);
    const nobody = await request(emulator, 'sociavault', '/v1/scrape/tiktok/followers?handle=nobody');
    expect(at(nobody.json, 'data', 'status_code')).toBe(2065);
  });

  it('reports missing profiles and private lists with the web’s code, next to a 0 of the app', async () => {
    const nobody = await request(emulator, 'sociavault', '/v1/scrape/tiktok/profile?handle=nobody');
    expect(nobody.json).toMatchObject({
      success: true,
      data: { statusCode: 10_221, status_code: 0, userInfo: {} },
    });
    const locked = await request(emulator, 'sociavault', '/v1/scrape/tiktok/followers?handle=locked_lena');
    expect(locked.json).toMatchObject({
      success: true,
      data: { statusCode: 10_222, status_code: 0, followers: [], has_more: false },
    });
  });

  it('states a profile’s figures rounded, and exactly as text', async () => {
    emulator.population({ platform: 'tiktok', handle: 'great.one', followers: 45_678, following: 3 });
    const { json } = await request(emulator, 'sociavault', '/v1/scrape/tiktok/profile?handle=great.one');
    expect(at(json, 'data', 'stats', 'followerCount')).toBe(45_600);
    expect(at(json, 'data', 'statsV2', 'followerCount')).toBe('45678');
  });
});

describe('SocialFetch', () => {
  it.each([
    ['first-page', '/v1/tiktok/profiles/first.page/followers'],
    ['trimmed', '/v1/tiktok/profiles/first.page/followers?trim=true'],
    ['empty', '/v1/tiktok/profiles/empty_zero/followers'],
    ['hidden', '/v1/tiktok/profiles/hidden_hana/followers'],
    ['private', '/v1/tiktok/profiles/locked_lena/followers'],
    ['not-found', '/v1/tiktok/profiles/nobody/followers'],
  ])('answers the documented example %s', async (name, path) => {
    ownerId('tiktok', 'first.page');
    const { json } = await request(emulator, 'socialfetch', path);
    const documented = example(`socialfetch-tiktok-followers-${name}`);
    expect(missing(json, documented)).toEqual([]);
    expect(at(json, 'data', 'lookupStatus')).toBe(at(documented, 'data', 'lookupStatus'));
    expect(at(json, 'meta', 'creditsCharged')).toBe(1);
  });

  it('asks for payment without a key, and rejects a wrong one', async () => {
    const keyless = await fetch(`${emulator.baseUrl('socialfetch')}/v1/balance`);
    expect(keyless.status).toBe(402);
    expect((await request(emulator, 'socialfetch', '/v1/whoami', { key: 'sfk_wrong' })).status).toBe(401);
    expect(at((await request(emulator, 'socialfetch', '/v1/balance')).json, 'data', 'balance')).toBeTypeOf(
      'number',
    );
  });
});

describe('X API v2', () => {
  it('returns followers with default fields as in the documented example', async () => {
    const { json, headers } = await request(
      emulator,
      'x-v2',
      `/2/users/${ownerId('x', 'v2_shape')}/followers?max_results=10`,
    );
    const documented = example('x-v2-followers-default-fields');
    expect(missing(json, documented)).toEqual([]);
    expect(missing(documented, json)).toEqual([]);
    expect(at(json, 'meta', 'result_count')).toBe(10);
    expect(at(json, 'meta', 'next_token')).toMatch(/^[0-9A-V]{13}ZZZ$/);
    expect(Number(headers.get('x-rate-limit-reset'))).toBeGreaterThan(
      Date.parse(headers.get('date') ?? '') / 1000,
    );
  });

  it('returns the requested fields, and rejects fields that do not exist', async () => {
    const id = ownerId('x', 'v2_fields');
    const path = `/2/users/${id}/followers?max_results=3&user.fields=`;
    const good = await request(emulator, 'x-v2', `${path}public_metrics,created_at,protected,verified_type`);
    expect(at(good.json, 'data', 0, 'public_metrics', 'tweet_count')).toBeTypeOf('number');
    expect(at(good.json, 'data', 0, 'created_at')).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/);
    expect(at(good.json, 'data', 0, 'description')).toBeUndefined();
    const bad = await request(emulator, 'x-v2', `${path}pinned_post_id`);
    expect([bad.status, at(bad.json, 'type')]).toEqual([400, expect.stringMatching(/invalid-request$/)]);
    emulator.key({ provider: 'x-v2', style: { fields: 'after' } });
    const renamed = await request(emulator, 'x-v2', `${path}public_metrics,pinned_post_id`);
    expect(at(renamed.json, 'data', 0, 'public_metrics', 'post_count')).toBeTypeOf('number');
    expect(at(renamed.json, 'data', 0, 'public_metrics', 'tweet_count')).toBeUndefined();
  });

  it('limits max_results to 1 to 1000, and accepts only its own tokens', async () => {
    const path = `/2/users/${ownerId('x', 'v2_limits')}/followers`;
    for (const query of [
      'max_results=0',
      'max_results=1001',
      'max_results=ten',
      'pagination_token=AAAAAAAAAAAAAAAA',
    ]) {
      expect((await request(emulator, 'x-v2', `${path}?${query}`)).status, query).toBe(400);
    }
    expect(at((await request(emulator, 'x-v2', path)).json, 'meta', 'result_count')).toBe(100);
  });

  it('reports a missing user and a protected list as errors with status 200', async () => {
    const nobody = await request(emulator, 'x-v2', '/2/users/by/username/nobody_here');
    expect([nobody.status, at(nobody.json, 'data')]).toEqual([200, undefined]);
    expect(at(nobody.json, 'errors', 0, 'type')).toMatch(/resource-not-found$/);
    const lena = await request(emulator, 'x-v2', '/2/users/by/username/LOCKED_lena');
    const list = `/2/users/${String(at(lena.json, 'data', 'id'))}/followers`;
    expect(at((await request(emulator, 'x-v2', list)).json, 'errors', 0, 'type')).toMatch(
      /not-authorized-for-resource$/,
    );
    emulator.key({ provider: 'x-v2', style: { protectedList: '403' } });
    expect((await request(emulator, 'x-v2', list)).status).toBe(403);
  });

  it('has no data on an empty page', async () => {
    const id = emulator.population({
      platform: 'x',
      handle: 'all_gone',
      followers: 5,
      following: 0,
      suspendedEvery: 1,
    }).owner.id;
    const { json } = await request(emulator, 'x-v2', `/2/users/${id}/followers?max_results=3`);
    expect(at(json, 'data')).toBeUndefined();
    expect([at(json, 'meta', 'result_count'), typeof at(json, 'meta', 'next_token')]).toEqual([0, 'string']);
  });
});

describe('X API v1.1', () => {
  it('returns followers/ids as documented, with numbers or with strings', async () => {
    const id = ownerId('x', 'v11_shape');
    const path = `/1.1/followers/ids.json?user_id=${id}&count=50`;
    const documented = example('x-v1.1-followers-ids');
    const numbers = await request(emulator, 'x-v1.1', path);
    expect(missing(numbers.json, documented)).toEqual([]);
    const want = [...emulator.ids('x', 'v11_shape', 'followers')].slice(0, 50);
    const digits = /"ids":\[([\d,]+)\]/.exec(numbers.text)?.[1]?.split(',');
    expect(digits).toEqual(want);
    const strings = await request(emulator, 'x-v1.1', `${path}&stringify_ids=true`);
    expect(at(strings.json, 'ids')).toEqual(want);
  });

  it('looks up to 100 IDs, omitting unavailable ones', async () => {
    emulator.population({ platform: 'x', handle: 'v11_gone', followers: 100, following: 0, goneEvery: 10 });
    const ids = [...emulator.ids('x', 'v11_gone', 'followers')];
    const { json, text } = await request(
      emulator,
      'x-v1.1',
      `/1.1/users/lookup.json?user_id=${ids.join(',')}`,
    );
    const found = items(json).map((user) => at(user, 'id_str'));
    expect(found).toEqual(ids.filter((_id, index) => (index + 1) % 10 !== 0));
    expect(text).toContain(`"id":${ids[0] ?? ''},"id_str"`);
    const many = await request(
      emulator,
      'x-v1.1',
      `/1.1/users/lookup.json?user_id=${[...ids, '1'].join(',')}`,
    );
    expect([many.status, at(many.json, 'errors', 0, 'code')]).toEqual([403, 18]);
  });

  it('rejects a protected list in its own format', async () => {
    const { status, json } = await request(
      emulator,
      'x-v1.1',
      '/1.1/followers/ids.json?screen_name=locked_lena',
    );
    expect([status, json]).toEqual([401, { request: '/1.1/followers/ids.json', error: 'Not authorized.' }]);
  });
});

describe('twitterapi.io', () => {
  const list = async (userShape: 'A' | 'B' | 'C', query = '') => {
    emulator.key({ provider: 'twitterapi-io', style: { userShape } });
    ownerId('x', 'api_io');
    const path = `/twitter/user/followers?userName=api_io${query}`;
    return (await request(emulator, 'twitterapi-io', path)).json;
  };

  it('returns users in both formats, and in a mixture', async () => {
    const documented = [
      'type', 'id', 'userName', 'name', 'url', 'isBlueVerified', 'verifiedType', 'profilePicture', 'coverPicture',
      'description', 'location', 'followers', 'following', 'canDm', 'createdAt', 'favouritesCount', 'mediaCount',
      'statusesCount', 'withheldInCountries', 'pinnedTweetIds', 'isAutomated', 'profile_bio',
    ]; // prettier-ignore
    const met = [
      'id', 'name', 'screen_name', 'location', 'url', 'description', 'email', 'protected', 'verified', 'followers_count',
      'following_count', 'friends_count', 'favourites_count', 'statuses_count', 'media_tweets_count', 'created_at',
      'profile_banner_url', 'profile_image_url_https', 'can_dm', 'isBlueVerified',
    ]; // prettier-ignore
    const keys = (json: unknown) => Object.keys(at(json, 'followers', 0) ?? {});
    expect(keys(await list('A')).toSorted()).toEqual(documented.toSorted());
    expect(keys(await list('B')).toSorted()).toEqual(met.toSorted());
    expect(keys(await list('C'))).toEqual(expect.arrayContaining(['userName', 'followers_count']));
  });

  it('returns 20 to 200 accounts, newest first, until has_next_page is false', async () => {
    const size = (json: unknown) => items(at(json, 'followers')).length;
    expect(size(await list('A'))).toBe(200);
    expect(size(await list('A', '&pageSize=1'))).toBe(20);
    expect(size(await list('A', '&pageSize=500'))).toBe(200);
    const first = await list('A');
    expect(at(first, 'has_next_page')).toBe(true);
    const last = await list('A', `&cursor=${encodeURIComponent(String(at(first, 'next_cursor')))}`);
    expect([size(last), at(last, 'has_next_page'), at(last, 'next_cursor')]).toEqual([200, false, '']);
    const [newest] = emulator.ids('x', 'api_io', 'followers');
    expect(at(first, 'followers', 0, 'id')).toBe(newest);
  });

  it('charges 15 credits for an account, at least 15 for a request, and 18 for a profile', async () => {
    const spent = () => emulator.charges('twitterapi-io').amount;
    const costs = async (path: string) => {
      const before = spent();
      const { status } = await request(emulator, 'twitterapi-io', path);
      return [status, spent() - before];
    };
    emulator.population({ platform: 'x', handle: 'api_empty', followers: 0, following: 1 });
    expect(await costs('/twitter/user/info?userName=api_io')).toEqual([200, 180]);
    expect(await costs('/twitter/user/info?userName=nobody_here')).toEqual([200, 150]);
    expect(await costs('/twitter/user/followers?userName=api_empty')).toEqual([200, 150]);
    expect(await costs('/twitter/user/followings?userName=api_empty')).toEqual([200, 150]);
    expect(await costs('/twitter/user/followers?userName=api_io')).toEqual([200, 30_000]);
    expect(await costs('/twitter/user/followers')).toEqual([400, 0]);
    expect(await costs('/oapi/my/info')).toEqual([200, 0]);
    expect(await costs('/twitter/nothing')).toEqual([404, 0]);
  });

  it('states a balance below zero', async () => {
    emulator.key({ provider: 'twitterapi-io', key: 'poor', balance: 10 });
    const { json } = await request(emulator, 'twitterapi-io', '/oapi/my/info', { key: 'poor' });
    expect(json).toEqual({ recharge_credits: -9_999, total_bonus_credits: 10_000 });
    const path = '/twitter/user/info?userName=api_io';
    const refused = await request(emulator, 'twitterapi-io', path, { key: 'poor' });
    expect([refused.status, at(refused.json, 'message')]).toEqual([
      402,
      'Credits is not enough.Please recharge',
    ]);
  });
});

describe('SocialData', () => {
  const get = async (path: string) => (await request(emulator, 'socialdata', path)).json;

  it('returns users with every documented field, and IDs as numbers too', async () => {
    const id = ownerId('x', 'social_data');
    const fields = [
      'id', 'id_str', 'name', 'screen_name', 'location', 'url', 'description', 'protected', 'verified', 'followers_count',
      'friends_count', 'listed_count', 'favourites_count', 'statuses_count', 'created_at', 'profile_banner_url',
      'profile_image_url_https', 'can_dm',
    ]; // prettier-ignore
    const profile = await get('/twitter/user/social_data');
    expect(Object.keys(profile ?? {}).toSorted()).toEqual(fields.toSorted());
    expect(at(profile, 'created_at')).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/);
    const list = await get(`/twitter/followers/list?user_id=${id}`);
    expect(Object.keys(at(list, 'users', 0) ?? {}).toSorted()).toEqual(fields.toSorted());
    expect(at(list, 'next_cursor')).toMatch(/^\d{19}\|\d{19}$/);
  });

  it.each([
    ['null', [null]],
    ['zero', ['0']],
    ['zero-pair', [expect.stringMatching(/^0\|\d+$/)]],
    ['empty-page', [expect.stringMatching(/^\d{19}\|/), '']],
  ] as const)('ends a list with %s', async (listEnd, ends) => {
    for (const cursorForm of ['position', 'number'] as const) {
      emulator.key({ provider: 'socialdata', style: { listEnd, cursorForm } });
      const id = ownerId('x', `social_${listEnd}`);
      const cursors: unknown[] = [];
      let rows = 0;
      for (let cursor: unknown; cursors.length < 20;) {
        const next = typeof cursor === 'string' ? `&cursor=${encodeURIComponent(cursor)}` : '';
        const json = await get(`/twitter/friends/list?user_id=${id}${next}`);
        rows += items(at(json, 'users')).length;
        cursor = at(json, 'next_cursor');
        cursors.push(cursor);
        if (cursor === null || cursor === '' || (typeof cursor === 'string' && cursor.startsWith('0'))) break;
      }
      expect([rows, cursors.slice(-ends.length)]).toEqual([90, ends]);
    }
    emulator.key({ provider: 'socialdata', style: { listEnd: 'null', cursorForm: 'position' } });
  });

  it('charges for accounts and profiles, and from the fourth answer of a minute without data', async () => {
    const { id } = emulator.population({
      platform: 'x',
      handle: 'social_empty',
      followers: 0,
      following: 0,
    }).owner;
    const costs = async (path: string) => {
      const before = emulator.charges('123|another').amount;
      await request(emulator, 'socialdata', path, { key: '123|another' });
      return emulator.charges('123|another').amount - before;
    };
    emulator.key({ provider: 'socialdata', key: '123|another' });
    expect(await costs('/twitter/user/social_empty')).toBe(200);
    expect(await costs('/twitter/user/nobody_here')).toBe(0);
    expect(await costs(`/twitter/followers/list?user_id=${ownerId('x', 'social_paid')}`)).toBe(10_000);
    const empty = [];
    for (let turn = 0; turn < 4; turn += 1) empty.push(await costs(`/twitter/followers/list?user_id=${id}`));
    expect(empty).toEqual([0, 0, 0, 200]);
    expect(await costs('/user/balance')).toBe(0);
  });
});
