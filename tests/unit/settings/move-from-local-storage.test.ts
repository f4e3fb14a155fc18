import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { providerIdSchema } from '../../../lib/model/ids.ts';
import { moveOldPreferences, readPreferences } from '../../../lib/settings/move-from-local-storage.ts';
import { defaultPreferences, monthlyLimitOf } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { storedDatabase, writeDatabase } from '../../harness/stored-database.ts';

const NAME = 'followledger';
const SOCIAVAULT = providerIdSchema.parse('sociavault');
/** As version 2 stored them. */
const OLDER = {
  askAbove: { credits: 20, usd: 1_000_000, requests: 30 },
  monthlyLimit: { sociavault: 400, 'x-v2': 'damaged' },
  creditPrice: {},
  notifySince: null,
  pageButton: true,
  pictures: true,
  preferredProvider: { 'x/followers': 'sociavault' },
};
const LOOSE = { askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 }, monthlyLimit: {} };

const stores: Store[] = [];
/** Another context that uses the extension's database. */
function open(): Store {
  const store = new Store(NAME);
  stores.push(store);
  return store;
}

beforeEach(() => {
  fakeBrowser.reset();
  const factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  Dexie.dependencies.indexedDB = factory;
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
});
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe.each([1, 2] as const)('after an update from version %i of the database', (version) => {
  beforeEach(async () => {
    await writeDatabase({ name: NAME, stored: await storedDatabase(version) });
  });

  it('preferences move into the database, and no limit becomes less strict', async () => {
    await browser.storage.local.set({
      preferences: OLDER,
      table: { columns: ['name'], compact: true },
      other: 1,
    });
    const moved = await readPreferences(open());
    expect(moved).toEqual({
      ...defaultPreferences,
      ...OLDER,
      monthlyLimit: { sociavault: 400, 'x-v2': 0 },
      table: { columns: ['name'], widths: {}, compact: true },
    });
    expect(await browser.storage.local.get()).toEqual({ other: 1 });
  });

  it('later writes to the old location are not read, but removed', async () => {
    await browser.storage.local.set({ preferences: OLDER });
    const before = await readPreferences(open());
    await browser.storage.local.set({ preferences: LOOSE });
    expect(await readPreferences(open())).toEqual(before);
    expect(await browser.storage.local.get()).toEqual({});
    await browser.storage.local.set({ preferences: LOOSE });
    expect(await readPreferences(open())).toEqual(before);
  });

  it('before the move, everything is strict for readers in a transaction', async () => {
    await browser.storage.local.set({ preferences: OLDER });
    const { preferences } = await open().settings.read();
    expect(preferences.askAbove).toEqual({ credits: 0, usd: 0, requests: 0 });
    expect(monthlyLimitOf(preferences, SOCIAVAULT)).toBe(0);
  });

  it('two contexts that move them at the same time, and one that was terminated midway, agree', async () => {
    await browser.storage.local.set({ preferences: OLDER });
    const remove = vi.spyOn(browser.storage.local, 'remove').mockRejectedValueOnce(new Error('It died.'));
    await expect(moveOldPreferences(open())).rejects.toThrow('It died.');
    expect(remove).toHaveBeenCalledOnce();
    const one = open();
    await one.settings.change(() => ({ askAbove: { credits: 3, usd: 3, requests: 3 } }));
    const [first, second] = await Promise.all([readPreferences(one), readPreferences(open())]);
    expect(first).toEqual(second);
    expect(first.askAbove).toEqual({ credits: 3, usd: 3, requests: 3 });
    expect(first.monthlyLimit).toEqual({ sociavault: 400, 'x-v2': 0 });
    expect(await browser.storage.local.get()).toEqual({});
  });

  it('if the old location cannot be read nothing is allowed, and the next reader tries again', async () => {
    await browser.storage.local.set({ preferences: OLDER });
    vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('The disk is ill.'));
    const store = open();
    await expect(readPreferences(store)).rejects.toThrow('ill');
    expect((await store.settings.read()).preferences.askAbove.credits).toBe(0);
    expect((await readPreferences(store)).askAbove.credits).toBe(20);
  });

  it.each(['text', 5, [1, 2], true])(
    '%j in the old location is strict until the user resets it',
    async (junk) => {
      await browser.storage.local.set({ preferences: junk });
      const store = open();
      expect(monthlyLimitOf(await readPreferences(store), SOCIAVAULT)).toBe(0);
      const { unreadable } = await store.settings.read();
      expect(unreadable).toContain('monthlyLimit');
      expect(unreadable).toContain('askAbove');
      await store.settings.reset();
      expect(await store.settings.read()).toEqual({ preferences: defaultPreferences, unreadable: [] });
    },
  );

  it('without old preferences the defaults apply', async () => {
    expect(await readPreferences(open())).toEqual(defaultPreferences);
  });
});

describe('a new database', () => {
  it('never reads the old location', async () => {
    await browser.storage.local.set({ preferences: LOOSE, table: 'text' });
    expect(await readPreferences(open())).toEqual(defaultPreferences);
    expect(await browser.storage.local.get()).toEqual({});
  });

  it('does not read it after everything was deleted either', async () => {
    await writeDatabase({ name: NAME, stored: await storedDatabase(2) });
    await browser.storage.local.set({ preferences: OLDER });
    const store = open();
    await readPreferences(store);
    await store.clear();
    await browser.storage.local.set({ preferences: LOOSE });
    expect(await readPreferences(open())).toEqual(defaultPreferences);
  });
});
