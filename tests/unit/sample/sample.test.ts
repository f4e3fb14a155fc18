import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { isSample, type Snapshot } from '../../../lib/model/snapshot.ts';
import { findRuns } from '../../../lib/insight/runs.ts';
import { Engine } from '../../../lib/lists/engine.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { sampleAccounts, sampleFollowers } from '../../../lib/sample/accounts.ts';
import { provideSample } from '../../../lib/sample/sample.ts';
import { Store } from '../../../lib/store/index.ts';

/** The handles that X allows. */
const X_HANDLE = /^[A-Za-z0-9_]{1,15}$/;

let store: Store;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store('followledger');
});

async function storedSnapshot(): Promise<Snapshot> {
  const [snapshot] = await store.snapshots.all();
  if (snapshot === undefined) throw new Error('No list is stored.');
  return snapshot;
}

describe('sample accounts', () => {
  const accounts = sampleAccounts(2_400);

  it('are the same for everyone, and all different', () => {
    expect(sampleAccounts(2_400)).toEqual(accounts);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(2_400);
    expect(new Set(accounts.flatMap(({ handle }) => handle ?? [])).size).toBeGreaterThan(2_300);
  });

  it('are fictional: no handle that X allows, and only example addresses', () => {
    for (const { handle, website, avatarUrl } of accounts) {
      expect(handle === null || !X_HANDLE.test(handle)).toBe(true);
      expect(website ?? 'https://example.org/').toMatch(/^https:\/\/example\.org\//);
      expect(avatarUrl).toBeNull();
    }
  });

  it('show the variety of real lists: scripts, directions, symbols, long names, gaps', () => {
    const names = accounts.map(({ name }) => name ?? '');
    for (const script of [/\p{Script=Arabic}/u, /\p{Script=Hebrew}/u, /\p{Script=Han}/u, /\p{Script=Thai}/u])
      expect(names.some((name) => script.test(name))).toBe(true);
    expect(names.some((name) => /\p{Extended_Pictographic}/u.test(name))).toBe(true);
    expect(names.some((name) => name.length > 80)).toBe(true);
    expect(accounts.some(({ unavailable }) => unavailable === true)).toBe(true);
    expect(accounts.some(({ private: hidden }) => hidden === true)).toBe(true);
    expect(accounts.some(({ location }) => location === null)).toBe(true);
  });
});

describe('the sample list', () => {
  it('is complete, marked as a sample, and of a provider that does not exist', async () => {
    const id = await provideSample(store, 'Sample');
    const snapshot = await storedSnapshot();
    expect(snapshot).toMatchObject({
      id,
      rows: 2_400,
      expected: 2_400,
      charged: 0,
      state: { outcome: { kind: 'complete' } },
    });
    expect(isSample(snapshot)).toBe(true);
    expect(snapshot.handle).toMatch(/^sample/);
    expect(snapshot.handle).not.toMatch(X_HANDLE);
    expect(adapters.map(({ id: one }) => one)).not.toContain(snapshot.provider);
    const pages = await store.pages.read(id, 0, 200);
    expect(pages.flatMap(({ accounts }) => accounts)).toEqual(sampleAccounts(2_400));
    expect((await store.pages.pageAt(id, 2_399))?.first).toBe(2_380);
  });

  it('has follow times that contain the true ones, and shows what real lists show', async () => {
    const id = await provideSample(store, 'Sample');
    const extent = extentOf(await storedSnapshot());
    const engine = new Engine(store, id);
    const { signal } = new AbortController();
    const { times, basis } = await engine.followTimes(
      Array.from({ length: 2_400 }, (_, at) => at),
      extent,
      signal,
    );
    expect(basis).toEqual({ pages: 120, problem: null });
    const followers = sampleFollowers(2_400);
    times.forEach(({ followedAfter, followedBefore }, at) => {
      const truth = followers[at]?.followedAt ?? NaN;
      expect(followedAfter).toBeLessThanOrEqual(truth);
      expect(followedBefore).toBeGreaterThanOrEqual(truth);
    });
    // The batch is the only run; the week in which many came is none.
    const created = Float64Array.from(followers, ({ account }) => account.createdAt ?? NaN);
    const runs = findRuns(created);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.count).toBeGreaterThan(80);
    expect(runs[0]?.count).toBeLessThan(130);
    const weeks = new Map<number, number>();
    for (const { followedAt } of followers) {
      const week = Math.floor(followedAt / (7 * 86_400_000));
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
    }
    const counts = Array.from(weeks.values()).sort((a, b) => b - a);
    expect(counts[0]).toBeGreaterThan(5 * (counts[20] ?? Infinity));
  });

  it('is not part of the spending', async () => {
    const id = await provideSample(store, 'Sample');
    expect(await store.ledger.byMonth()).toEqual([]);
    expect(await store.ledger.ofSnapshot(id)).toEqual([]);
  });

  it('is created once, and again after it was deleted', async () => {
    const first = await provideSample(store, 'Sample');
    expect(await provideSample(store, 'Sample')).toBe(first);
    await store.snapshots.hide(first, 1);
    expect(await provideSample(store, 'Sample')).not.toBe(first);
  });
});

describe('a deleted list', () => {
  it('is hidden immediately, can be restored completely, and is deleted only after a while', async () => {
    const id = await provideSample(store, 'Sample');
    expect(await store.snapshots.hide(id, 1_000)).toBe(true);
    expect(await store.snapshots.all()).toEqual([]);
    const { platform, handleKey, relation } = (await store.snapshots.deleted())[0] ?? {};
    if (platform === undefined || handleKey === undefined || relation === undefined)
      throw new Error('Nothing is hidden.');
    expect(await store.snapshots.ofProfile(platform, handleKey, relation)).toEqual([]);

    await store.snapshots.emptyTrash(999);
    expect(await store.snapshots.unhide(id)).toBe(true);
    expect(await storedSnapshot()).not.toHaveProperty('deletedAt');
    expect(await store.pages.read(id, 0, 200)).toHaveLength(120);

    await store.snapshots.hide(id, 1_000);
    await store.snapshots.emptyTrash(1_000);
    expect(await store.snapshots.deleted()).toEqual([]);
    expect(await store.pages.read(id, 0, 100)).toEqual([]);
    expect(await store.snapshots.unhide(id)).toBe(false);
  });

  it('is never one that is still being collected', async () => {
    const id = await provideSample(store, 'Sample');
    await store.snapshots.change(id, (current) => ({ ...current, state: { kind: 'paused' } }));
    expect(await store.snapshots.hide(id, 1_000)).toBe(false);
    expect(await store.snapshots.all()).toHaveLength(1);
  });
});
