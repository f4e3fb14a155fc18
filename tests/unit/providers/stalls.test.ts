/** Lists that never end: the real adapters with a real collector and generated responses. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { createCollector } from '../../../lib/collector/index.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import { connect } from '../../../lib/providers/http.ts';
import { socialFetch } from '../../../lib/providers/socialfetch.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { xV11 } from '../../../lib/providers/x-v1.1.ts';
import { xV2 } from '../../../lib/providers/x-v2.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';

/** The responses of one provider whose list contains these IDs and continues at this cursor. */
interface ProviderStub {
  readonly adapter: Adapter;
  readonly platform: Platform;
  /** The number of pages after which a cursor that moves without new accounts is given up. */
  readonly patience: number;
  /** The cursors that the provider would return on page 0, 1, …; they move. */
  readonly cursor: (page: number) => string;
  readonly isPage: (url: URL) => boolean;
  readonly page: (ids: readonly string[], cursor: string) => unknown;
  /** Any other request: a profile or a lookup. */
  readonly other: (url: URL) => unknown;
}

/** X pages may be empty for a while: suspended accounts are removed after paging. */
const PATIENT = 20;

const stubs: Readonly<Record<string, ProviderStub>> = {
  'SociaVault on X': {
    adapter: sociavault,
    platform: 'x',
    patience: 5,
    cursor: (page) => `${String(1859209237637168512n - BigInt(page))}|2031099802887913420`,
    isPage: (url) => url.pathname.endsWith('/followers'),
    page: (ids, bottom) => {
      const entries = ids.map((rest_id) => ({
        entryId: `user-${rest_id}`,
        content: { itemContent: { user_results: { result: { rest_id } } } },
      }));
      const instructions = [{ type: 'TimelineAddEntries', entries }];
      return {
        success: true,
        data: { cursor: { bottom }, result: { timeline: { instructions } } },
        credits_used: 1,
      };
    },
    other: () => ({
      success: true,
      data: { rest_id: '9', legacy: { followers_count: 1000 } },
      credits_used: 1,
    }),
  },
  'SociaVault on TikTok': {
    adapter: sociavault,
    platform: 'tiktok',
    patience: 5,
    cursor: (page) => String(1734470383 - page),
    isPage: (url) => url.pathname.endsWith('/followers'),
    page: (ids, min_time) => ({
      success: true,
      data: {
        followers: ids.map((uid) => ({ uid })),
        has_more: true,
        min_time: Number(min_time),
        total: 1000,
      },
      credits_used: 1,
    }),
    other: () => ({
      success: true,
      data: { user: { id: '9' }, stats: { followerCount: 1000 } },
      credits_used: 1,
    }),
  },
  SocialFetch: {
    adapter: socialFetch,
    platform: 'tiktok',
    patience: 5,
    cursor: (page) => String(1779246345 - page),
    isPage: (url) => url.pathname.endsWith('/followers'),
    page: (ids, nextCursor) => ({
      data: {
        lookupStatus: 'found',
        followers: ids.map((platformUserId) => ({ platformUserId })),
        page: { nextCursor, hasMore: true },
        totalFollowers: 1000,
      },
      meta: { creditsCharged: 1 },
    }),
    other: () => ({}),
  },
  'X API v2': {
    adapter: xV2,
    platform: 'x',
    patience: PATIENT,
    cursor: (page) => `TOKEN${String(page)}`,
    isPage: (url) => url.pathname.endsWith('/followers'),
    page: (ids, next_token) => ({ data: ids.map((id) => ({ id })), meta: { next_token } }),
    other: () => ({ data: { id: '9', username: 'someone', public_metrics: { followers_count: 1000 } } }),
  },
  'X API v1.1': {
    adapter: xV11,
    platform: 'x',
    patience: PATIENT,
    cursor: (page) => String(1591087837626119954n + BigInt(page)),
    isPage: (url) => url.pathname.endsWith('/ids.json'),
    page: (ids, next_cursor_str) => ({ ids, next_cursor_str }),
    other: (url) =>
      url.pathname.endsWith('/lookup.json')
        ? (url.searchParams.get('user_id') ?? '').split(',').map((id_str) => ({ id_str }))
        : { id_str: '9', screen_name: 'someone', followers_count: 1000 },
  },
};

const FIRST = ['947576438684872705', '850839346009780224'];
const SECOND = ['958850376630910976'];

interface Ended {
  readonly snapshot: Snapshot;
  readonly ids: readonly string[];
  /** Requests for a page. */
  readonly requested: number;
}

/** Collects a list whose pages come from `answer`, until the run ends by itself. */
async function collect(
  stub: ProviderStub,
  response: (page: number) => { ids: readonly string[]; cursor: string },
): Promise<Ended> {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const store = new Store('stalls');
  const { adapter, platform } = stub;
  await store.keys.save({
    provider: adapter.id,
    key: 'secret',
    baseUrl: adapter.origin,
    savedAt: 0,
    checkedAt: null,
    balance: null,
  });
  let requested = 0;
  let ids = 0;
  let now = Date.UTC(2026, 10, 21);
  const fetch: typeof globalThis.fetch = (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!stub.isPage(url)) return Promise.resolve(Response.json(stub.other(url)));
    const page = response(requested);
    requested += 1;
    if (requested > 100) throw new RangeError('The list is never given up.');
    return Promise.resolve(Response.json(stub.page(page.ids, page.cursor)));
  };
  const collector = createCollector({
    store,
    adapters: [adapter],
    now: () => now,
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    online: () => true,
    connect: (of, { key, baseUrl }, signal) => connect({ adapter: of, key, baseUrl, signal, fetch }),
    mayReach: () => Promise.resolve(true),
    readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
    preferences: () => Promise.resolve(defaultPreferences),
    withLock: async (_, task) => {
      await task();
      return true;
    },
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
    setAlarm: () => Promise.resolve(),
    keepAlive: () => () => undefined,
    changed: () => undefined,
    freeSpace: () => Promise.resolve(null),
    reportStorage: () => undefined,
  });
  const started = await collector.start({
    platform,
    handle: handleSchema.parse('someone'),
    relation: 'followers',
    provider: null,
    howMany: null,
    cap: 1_000_000_000,
    again: false,
    hint: null,
    startedFrom: 'own',
  });
  if (started.kind === 'no-key') throw new Error('The key was saved.');
  await collector.wakeAll();
  const snapshot = await store.snapshots.get(started.snapshot.id);
  if (snapshot === undefined) throw new Error('The snapshot is missing.');
  const pages = await store.pages.read(snapshot.id, 0, 1000);
  return {
    snapshot,
    ids: pages.flatMap(({ accounts }) => accounts.map(({ id }) => String(id))),
    requested,
  };
}

describe.each(Object.entries(stubs))('%s', (_, stub) => {
  const stalled = { kind: 'ended', outcome: { kind: 'stalled' } };

  it('a cursor that never advances stalls within five pages, with everything kept', async () => {
    const pages = [FIRST, SECOND];
    const { snapshot, ids, requested } = await collect(stub, (page) => ({
      ids: pages[page] ?? [],
      cursor: stub.cursor(0),
    }));
    expect(snapshot.state).toEqual(stalled);
    expect(requested).toBeLessThanOrEqual(5);
    expect(ids).toEqual([...FIRST, ...SECOND]);
  });

  it('alternating cursors stall within five pages, with everything kept', async () => {
    const pages = [FIRST, SECOND];
    const { snapshot, ids, requested } = await collect(stub, (page) => ({
      ids: pages[page] ?? [],
      cursor: stub.cursor(page % 2),
    }));
    expect(snapshot.state).toEqual(stalled);
    expect(requested).toBeLessThanOrEqual(5);
    expect(ids).toEqual([...FIRST, ...SECOND]);
  });

  it('cursors that move forever without a new ID stall, with everything kept', async () => {
    const { snapshot, ids, requested } = await collect(stub, (page) => ({
      ids: FIRST,
      cursor: stub.cursor(page),
    }));
    expect(snapshot.state).toEqual(stalled);
    expect(requested).toBeLessThanOrEqual(stub.patience);
    expect(ids).toEqual(FIRST);
    expect(snapshot.duplicates).toBe((requested - 1) * FIRST.length);
  });

  it('empty pages whose cursors move forever stall', async () => {
    const { snapshot, requested } = await collect(stub, (page) => ({
      ids: [],
      cursor: stub.cursor(page),
    }));
    expect(snapshot.state).toEqual(stalled);
    expect(requested).toBeLessThanOrEqual(stub.patience);
  });

  it('a single empty page in the middle does not end the list', async () => {
    const pages = [FIRST, [], SECOND];
    const { ids } = await collect(stub, (page) => ({ ids: pages[page] ?? [], cursor: stub.cursor(page) }));
    expect(ids).toEqual([...FIRST, ...SECOND]);
  });
});
