/** The trash, the log of recent collections, and what users write about a list. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scheduleDeletion } from '../../../entrypoints/background/purge-deleted-lists.ts';
import { handleKey } from '../../../lib/model/handles.ts';
import { snapshotIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { collectedNothing, MAX_FILES, TRASH_TIME, type Snapshot } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { FRESH } from '../collector/machine-simulator.ts';

let store: Store;
let made = 0;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store('trash');
  made = 0;
});
afterEach(() => {
  store.close();
  vi.useRealTimers();
});

const COMPLETE: Snapshot['state'] = { kind: 'ended', outcome: { kind: 'complete' } };
const STOPPED: Snapshot['state'] = { kind: 'ended', outcome: { kind: 'stopped' } };
const NO_PROFILE: Snapshot['state'] = {
  kind: 'ended',
  outcome: { kind: 'failed', trouble: { kind: 'no-such-profile', said: null } },
};

async function stored(fields: Partial<Snapshot>): Promise<SnapshotId> {
  made += 1;
  const id = snapshotIdSchema.parse(`00000000-0000-4000-8000-${String(made).padStart(12, '0')}`);
  const handle = handleSchema.parse(`person_${String(made)}`);
  await store.snapshots.addFinished({ ...FRESH, id, handle, handleKey: handleKey(handle), ...fields }, []);
  return id;
}

async function ids(): Promise<readonly SnapshotId[]> {
  return [...(await store.snapshots.all()), ...(await store.snapshots.deleted())].map(({ id }) => id).sort();
}

describe('what the user writes about a list', () => {
  it('is stored without blanks around it, and removed by empty text', async () => {
    const id = await stored({ state: COMPLETE });
    expect(await store.snapshots.describe(id, { name: ' Team \u0000 ', notes: 'one\ntwo' })).toBe(true);
    expect(await store.snapshots.get(id)).toMatchObject({ name: 'Team \uFFFD', notes: 'one\ntwo' });
    await store.snapshots.describe(id, { name: '  ', notes: '' });
    const after = await store.snapshots.get(id);
    expect(after).not.toHaveProperty('name');
    expect(after).not.toHaveProperty('notes');
  });

  it('stays, as the files that were exported do: newest first, each once, at most 50', async () => {
    const id = await stored({ state: COMPLETE, name: 'Team' });
    const file = (n: number, writtenAt = n) => ({
      name: `${String(n)}.csv`,
      rows: n,
      bytes: 10 * n,
      sha256: n.toString(16).padStart(64, '0'),
      writtenAt,
    });
    for (let n = 1; n <= MAX_FILES + 2; n += 1) await store.snapshots.addFile(id, file(n));
    await store.snapshots.addFile(id, file(7, 1000));
    const { files = [], name } = (await store.snapshots.get(id)) ?? {};
    expect(name).toBe('Team');
    expect(files).toHaveLength(MAX_FILES);
    expect(files.slice(0, 3)).toEqual([file(7, 1000), file(52), file(51)]);
    expect(files.filter(({ rows }) => rows === 7)).toHaveLength(1);
    await store.snapshots.addFile(snapshotIdSchema.parse('00000000-0000-4000-8000-00000000ffff'), file(1));
  });

  it('needs a list', async () => {
    const id = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000ffff');
    expect(await store.snapshots.describe(id, { name: 'x', notes: '' })).toBe(false);
  });
});

describe('a run that collected nothing', () => {
  it.each([
    ['no such profile', { state: NO_PROFILE, rows: 0 }, true],
    ['stopped before the first account', { state: STOPPED, rows: 0 }, true],
    ['stopped later', { state: STOPPED, rows: 1 }, false],
    ['a profile without followers', { state: COMPLETE, rows: 0 }, false],
    ['a failure later', { state: NO_PROFILE, rows: 70 }, false],
    ['still running', { state: { kind: 'running' }, rows: 0 }, false],
  ] as const)('%s', (_, snapshot, expected) => {
    expect(collectedNothing(snapshot)).toBe(expected);
  });

  it('is cleared without touching any list', async () => {
    const list = await stored({ state: COMPLETE, rows: 5 });
    const old = await stored({ state: NO_PROFILE, rows: 0, endedAt: 1_000 });
    const recent = await stored({ state: STOPPED, rows: 0, endedAt: 2_000 });
    await store.snapshots.clearRecent(1_999);
    expect(await ids()).toEqual([list, recent].sort());
    expect(await store.snapshots.get(old)).toBeUndefined();
  });
});

describe('the background', () => {
  it('deletes what was in the trash or in the log for 30 days, and nothing else', async () => {
    vi.stubGlobal('navigator', {
      locks: { request: (_: string, __: unknown, task: () => Promise<unknown>) => task() },
    });
    const now = 100 * 86_400_000;
    vi.useFakeTimers({ now, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const list = await stored({ state: COMPLETE, rows: 5 });
    const [due, later] = [await stored({ state: COMPLETE }), await stored({ state: COMPLETE })];
    await store.snapshots.hide(due, now - TRASH_TIME);
    await store.snapshots.hide(later, now - TRASH_TIME + 1);
    const oldLog = await stored({ state: NO_PROFILE, rows: 0, endedAt: now - TRASH_TIME });
    const newLog = await stored({ state: NO_PROFILE, rows: 0, endedAt: now });
    scheduleDeletion(store);
    await vi.waitUntil(async () => (await ids()).length === 3);
    expect(await ids()).toEqual([list, later, newLog].sort());
    expect(await ids()).not.toContain(oldLog);
    // It looks again by itself, because a background may stay alive for days.
    vi.advanceTimersByTime(7 * 3_600_000);
    await vi.waitUntil(async () => (await ids()).length === 2);
    expect(await ids()).toEqual([list, newLog].sort());
    vi.clearAllTimers();
    vi.unstubAllGlobals();
  });
});
