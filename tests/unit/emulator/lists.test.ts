/** Every provider lists exactly the accounts of the population, in order, and the population is as described. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { INDEX_SPACE, shuffle, unshuffle } from '../../emulator/population/random.ts';
import { request, at, items } from './send-request.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** Follows a list to its end. `read` takes the rows and the next query from a response. */
async function collect(
  provider: 'sociavault' | 'socialfetch' | 'x-v2' | 'x-v1.1',
  path: string,
  read: (json: unknown) => { readonly rows: unknown[]; readonly next: string | null },
): Promise<{ readonly ids: string[]; readonly pages: number }> {
  const ids: string[] = [];
  let next: string | null = '';
  let pages = 0;
  while (next !== null) {
    const page = read((await request(emulator, provider, path + next)).json);
    ids.push(...page.rows.map(String));
    next = page.next;
    pages += 1;
    if (pages > 1000) throw new Error('the list does not end');
  }
  return { ids, pages };
}

function readSociavaultX(json: unknown): { rows: unknown[]; next: string | null } {
  const entries = items(at(json, 'data', 'result', 'timeline', 'instructions')).flatMap((one) =>
    items(at(one, 'entries')),
  );
  const rows = entries
    .filter((entry) => String(at(entry, 'entryId')).startsWith('user-'))
    .map((entry) => at(entry, 'content', 'itemContent', 'user_results', 'result', 'rest_id'))
    .filter((id) => id !== undefined);
  const cursor = String(at(json, 'data', 'cursor', 'bottom'));
  return { rows, next: cursor.startsWith('0|') ? null : `&cursor=${encodeURIComponent(cursor)}` };
}

function readV2(json: unknown): { rows: unknown[]; next: string | null } {
  const token = at(json, 'meta', 'next_token');
  const rows = items(at(json, 'data')).map((user) => at(user, 'id'));
  return { rows, next: typeof token === 'string' ? `&pagination_token=${token}` : null };
}

describe('lists', () => {
  it.each([
    ['empty_zero', 1],
    ['one_only', 1],
    ['page_exact', 1],
    ['page_plus', 2],
    ['ada_research', 35],
    ['gaps_gus', 10],
  ])('SociaVault lists the followers of %s in %i pages', async (handle, pages) => {
    const { id } = emulator.population({ ...sample(handle) }).owner;
    const got = await collect('sociavault', `/v1/scrape/twitter/followers?user_id=${id}`, readSociavaultX);
    expect(got).toEqual({ ids: [...emulator.ids('x', handle, 'followers')], pages });
  });

  it('X API v2 lists the same accounts, with any page size', async () => {
    const { id } = emulator.population(sample('gaps_gus')).owner;
    const want = [...emulator.ids('x', 'gaps_gus', 'followers')];
    for (const size of [1000, 97]) {
      const got = await collect('x-v2', `/2/users/${id}/followers?max_results=${String(size)}`, readV2);
      expect(got.ids).toEqual(want);
    }
    const following = await collect('x-v2', `/2/users/${id}/following?max_results=100`, readV2);
    expect(following.ids).toEqual([...emulator.ids('x', 'gaps_gus', 'following')]);
  });

  it('X API v1.1 lists the same IDs', async () => {
    emulator.key({ provider: 'x-v1.1', pageSize: 300 });
    const got = await collect(
      'x-v1.1',
      '/1.1/followers/ids.json?screen_name=gaps_gus&stringify_ids=true',
      (json) => {
        const next = String(at(json, 'next_cursor_str'));
        return { rows: items(at(json, 'ids')), next: next === '0' ? null : `&cursor=${next}` };
      },
    );
    expect(got).toEqual({ ids: [...emulator.ids('x', 'gaps_gus', 'followers')], pages: 3 });
  });

  it('TikTok lists repeat rows at page borders, and contain every account once these are dropped', async () => {
    const want = [...emulator.ids('tiktok', 'ada.clips', 'followers')];
    const byVault = await collect('sociavault', '/v1/scrape/tiktok/followers?handle=ada.clips', (json) => ({
      rows: items(at(json, 'data', 'followers')).map((user) => at(user, 'uid')),
      next:
        at(json, 'data', 'has_more') === true ? `&min_time=${String(at(json, 'data', 'min_time'))}` : null,
    }));
    const byFetch = await collect('socialfetch', '/v1/tiktok/profiles/ada.clips/followers?', (json) => ({
      rows: items(at(json, 'data', 'followers')).map((user) => at(user, 'platformUserId')),
      next:
        at(json, 'data', 'page', 'hasMore') === true
          ? `&cursor=${String(at(json, 'data', 'page', 'nextCursor'))}`
          : null,
    }));
    for (const { ids } of [byVault, byFetch]) {
      expect(ids.length).toBeGreaterThan(want.length);
      expect([...new Set(ids)]).toEqual(want);
    }
  });

  it('a TikTok list can end long before its count', async () => {
    const first = await request(emulator, 'socialfetch', '/v1/tiktok/profiles/star_stella/followers');
    expect(at(first.json, 'data', 'totalFollowers')).toBe(9_400_000);
    expect([...emulator.ids('tiktok', 'star_stella', 'followers')]).toHaveLength(5_012);
  });

  it('a cursor of another list, or of a document, leads to the end', async () => {
    const { id } = emulator.population(sample('page_plus')).owner;
    const cursor = encodeURIComponent('1859209237637168512|2031099802887913420');
    const { json } = await request(
      emulator,
      'sociavault',
      `/v1/scrape/twitter/followers?user_id=${id}&cursor=${cursor}`,
    );
    expect(readSociavaultX(json)).toEqual({ rows: [], next: null });
  });
});

function sample(handle: string) {
  const sizes: Record<string, readonly [followers: number, following: number, suspendedEvery?: number]> = {
    empty_zero: [0, 0],
    one_only: [1, 1],
    page_exact: [70, 70],
    page_plus: [71, 71],
    ada_research: [2_450, 310],
    gaps_gus: [700, 140, 9],
  };
  const [followers = 0, following = 0, suspendedEvery = 0] = sizes[handle] ?? [];
  return { platform: 'x' as const, handle, followers, following, suspendedEvery };
}

describe('populations', () => {
  it('are the same for the same seed, and different for another', () => {
    const options = { platform: 'x', handle: 'twin', followers: 50, following: 0 } as const;
    const first = emulator.population(options).entries('followers', 0, 50);
    expect(emulator.population(options).entries('followers', 0, 50)).toEqual(first);
    expect(emulator.population({ ...options, seed: 'other' }).entries('followers', 0, 50)).not.toEqual(first);
  });

  it('share accounts if they share a seed, shifted by their offsets', () => {
    const base = { platform: 'x', followers: 100, following: 0, seed: 'town' } as const;
    emulator.population({ ...base, handle: 'before_it', offset: 10 });
    emulator.population({ ...base, handle: 'after_it', offset: 0, followers: 110 });
    const before = [...emulator.ids('x', 'before_it', 'followers')];
    expect([...emulator.ids('x', 'after_it', 'followers')].slice(10)).toEqual(before);
  });

  it('give every account of a large list a unique ID and handle', () => {
    const size = 60_000;
    emulator.population({ platform: 'x', handle: 'big', followers: size, following: 0, sequence: size });
    const ids = new Set<string>();
    const handles = new Set<string>();
    for (const account of emulator.accounts('x', 'big', 'followers')) {
      ids.add(account.id);
      handles.add(account.handle.toLowerCase());
    }
    expect([ids.size, handles.size]).toEqual([size, size]);
    const beyond = [...ids].filter((id) => id.length === 19 && String(Number(id)) !== id);
    expect(beyond.length).toBeGreaterThan(size / 2);
  });

  it('contain the texts that break careless software', () => {
    emulator.population({ platform: 'x', handle: 'texts', followers: 1_500, following: 0 });
    const accounts = [...emulator.accounts('x', 'texts', 'followers')];
    const names = accounts.map(({ name }) => name ?? '').join('\n');
    const bios = accounts.map(({ bio }) => bio ?? '').join('\t');
    for (const text of ['=cmd', '👩‍👩‍👧‍👦', 'محمد', '"', 'Comma, Inc.', '+49']) expect(names).toContain(text);
    for (const text of ['\n', '\r\n', '"quotes"']) expect(bios).toContain(text);
    expect(accounts.some(({ bio }) => bio === null)).toBe(true);
    expect(accounts.some(({ name }) => name === null)).toBe(true);
    expect(new Set(accounts.map(({ verifiedType }) => verifiedType))).toEqual(
      new Set([null, 'blue', 'business', 'government']),
    );
  });

  it('reach any position among a million followers immediately', () => {
    const entry = emulator.account('x', 'million_fan', 'followers', 999_999);
    expect(entry.kind === 'account' && entry.account.id).toMatch(/^\d+$/);
    expect(() => emulator.account('x', 'million_fan', 'followers', 1_000_000)).toThrow(RangeError);
  });

  it('number accounts by a reversible permutation', () => {
    for (const seed of [0, 1, 0xdeadbeef]) {
      for (const index of [0, 1, 2, 12_345, INDEX_SPACE - 1])
        expect(unshuffle(shuffle(index, seed), seed)).toBe(index);
    }
  });
});
