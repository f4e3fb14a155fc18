import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createNotifications } from '../../../entrypoints/background/notifications.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import type { Outcome, Snapshot, State } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { FRESH } from '../collector/machine-simulator.ts';
import { speakEnglish } from '../words/english.ts';

const ON = 1000;
const ID = snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001');
const COMPLETE: State = { kind: 'ended', outcome: { kind: 'complete' } };

function list(state: State, at: number): Snapshot {
  return { ...FRESH, id: ID, state, updatedAt: at, endedAt: state.kind === 'ended' ? at : null };
}

let allowed = true;
let settings: Store['settings'];
let database: Store;
beforeEach(async () => {
  fakeBrowser.reset();
  speakEnglish();
  allowed = true;
  Object.assign(browser.permissions, { contains: () => Promise.resolve(allowed) });
  vi.spyOn(browser.permissions.onAdded, 'addListener').mockImplementation(() => undefined);
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  database = new Store('notifications');
  ({ settings } = database);
  await settings.change(() => ({ notifySince: ON }));
});

/** A background that starts with these lists. It is terminated when nothing calls it any more. */
function start(...snapshots: readonly Snapshot[]) {
  const stored = { all: () => Promise.resolve([...snapshots]) };
  return createNotifications({ settings, snapshots: stored, part: database.part.bind(database) });
}

function shown(): readonly { readonly title?: string; readonly message?: string }[] {
  return Object.values(fakeBrowser.notifications.getAllCreateOptions());
}

async function dismissAll(): Promise<void> {
  for (const name of Object.keys(await fakeBrowser.notifications.getAll())) {
    await fakeBrowser.notifications.clear(name);
  }
}

describe('a notification', () => {
  const runError = { kind: 'lost-answers', times: 3, price: 1 } as const;
  it.each<[State, string]>([
    [COMPLETE, 'Complete'],
    [{ kind: 'ended', outcome: { kind: 'ended-early' } }, 'Partial list'],
    [{ kind: 'ended', outcome: { kind: 'capped', by: 'cap' } }, 'Stopped at your limit'],
    [{ kind: 'ended', outcome: { kind: 'stalled' } }, 'Repeating pages'],
    [{ kind: 'ended', outcome: { kind: 'failed', trouble: { kind: 'offline' } } }, 'Failed'],
    [{ kind: 'confirming' }, 'Needs your approval before spending more.'],
    [{ kind: 'blocked', trouble: { kind: 'bad-key', said: 'x' } }, 'Needs your attention to continue.'],
    [{ kind: 'blocked', trouble: runError }, 'Some responses were lost. Needs your approval to retry.'],
  ])('contains only the handle and the state: %j', async (state, message) => {
    const notifications = start();
    notifications.changed(list(state, ON + 1));
    await notifications.idle();
    expect(shown()).toEqual([
      {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icon/128.png'),
        title: `@${FRESH.handle}`,
        message,
      },
    ]);
  });

  it.each<State>([
    { kind: 'queued' },
    { kind: 'running' },
    { kind: 'waiting', until: 2, attempt: 1, trouble: { kind: 'offline' } },
    { kind: 'paused' },
    { kind: 'ended', outcome: { kind: 'stopped' } satisfies Outcome },
  ])('is not shown for %j', async (state) => {
    const notifications = start();
    notifications.changed(list(state, ON + 1));
    await notifications.idle();
    expect(shown()).toEqual([]);
  });

  it('is shown once, however often the list changes or the background restarts', async () => {
    const done = list(COMPLETE, ON + 1);
    const first = start();
    first.changed(done);
    first.changed({ ...done, openedAt: ON + 2 });
    await first.idle();
    expect(shown()).toHaveLength(1);
    await dismissAll();
    const second = start(done);
    second.changed(done);
    await second.idle();
    expect(shown()).toEqual([]);
  });

  it('is not lost if the background was terminated before showing it', async () => {
    const next = start(list(COMPLETE, ON + 1));
    await next.idle();
    expect(shown()).toHaveLength(1);
  });

  it('is not repeated if the background was terminated before recording it', async () => {
    const done = list(COMPLETE, ON + 1);
    const create = vi.spyOn(browser.notifications, 'create');
    const first = start();
    await first.idle();
    vi.spyOn(console, 'error').mockReturnValueOnce();
    vi.spyOn(browser.storage.local, 'set').mockImplementationOnce(() => {
      throw new Error('The background was terminated.');
    });
    first.changed(done);
    await first.idle();
    expect(shown()).toHaveLength(1);
    await start(done).idle();
    expect(create).toHaveBeenCalledTimes(1);
    await dismissAll();
    await start(done).idle();
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('appears again when the same error occurs again', async () => {
    const blocked: State = { kind: 'blocked', trouble: { kind: 'bad-key', said: null } };
    const notifications = start();
    notifications.changed(list(blocked, ON + 1));
    notifications.changed(list({ kind: 'running' }, ON + 2));
    await notifications.idle();
    expect(shown()).toEqual([]);
    notifications.changed(list(blocked, ON + 3));
    await notifications.idle();
    expect(shown()).toHaveLength(1);
  });

  it('is replaced by newer ones, and removed once the user has seen the list', async () => {
    const notifications = start();
    notifications.changed(list({ kind: 'confirming' }, ON + 1));
    notifications.changed(list(COMPLETE, ON + 2));
    await notifications.idle();
    expect(shown()).toMatchObject([{ message: 'Complete' }]);
    notifications.opened(ID);
    await notifications.idle();
    expect(shown()).toEqual([]);
  });

  it('is not shown for earlier events, when turned off, or without the browser’s permission', async () => {
    const notifications = start(list(COMPLETE, ON - 1));
    await notifications.idle();
    allowed = false;
    notifications.changed(list(COMPLETE, ON + 1));
    await notifications.idle();
    allowed = true;
    await settings.change(() => ({ notifySince: null }));
    notifications.changed(list(COMPLETE, ON + 1));
    await notifications.idle();
    expect(shown()).toEqual([]);
  });

  it('opens its list when clicked, and disappears', async () => {
    const create = vi.spyOn(browser.tabs, 'create');
    const notifications = start();
    notifications.changed(list(COMPLETE, ON + 1));
    await notifications.idle();
    const [name = ''] = Object.keys(await fakeBrowser.notifications.getAll());
    await fakeBrowser.notifications.onClicked.trigger(name);
    await vi.waitFor(() => {
      expect(create.mock.lastCall?.[0].url).toContain(`dashboard.html?list=${ID}`);
    });
    expect(shown()).toEqual([]);
  });
});
