import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerIdSchema } from '../../../lib/model/ids.ts';
import {
  defaultPreferences,
  monthlyLimitOf,
  type FoundPreferences,
} from '../../../lib/settings/preferences.ts';
import { openDatabase, type Database } from '../../../lib/store/database.ts';
import { SettingsTable } from '../../../lib/store/settings-table.ts';

const A = providerIdSchema.parse('a');

let db: Database;
let settings: SettingsTable;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  db = openDatabase('settings', () => undefined);
  settings = new SettingsTable(db);
});
afterEach(() => {
  db.close();
});

describe('preferences in the database', () => {
  it('are the defaults at first, then what was written', async () => {
    expect(await settings.read()).toEqual({ preferences: defaultPreferences, unreadable: [] });
    await settings.change(() => ({ pictures: true, monthlyLimit: { a: 5 } }));
    expect(await settings.read()).toEqual({
      preferences: { ...defaultPreferences, pictures: true, monthlyLimit: { a: 5 } },
      unreadable: [],
    });
  });

  it('lose no change if there are many concurrent writes', async () => {
    const other = openDatabase('settings', () => undefined);
    const names = Array.from({ length: 20 }, (_, index) => `p${index.toString()}`);
    await Promise.all(
      names.map((name, index) =>
        (index % 2 === 0 ? settings : new SettingsTable(other)).change(({ monthlyLimit }) => ({
          monthlyLimit: { ...monthlyLimit, [name]: index },
        })),
      ),
    );
    expect(Object.keys((await settings.read()).preferences.monthlyLimit).sort()).toEqual([...names].sort());
    other.close();
  });

  it('can be read within a transaction that includes their table', async () => {
    await settings.change(() => ({ monthlyLimit: { a: 5 } }));
    await db.transaction('rw', db.settings, db.ledger, async () => {
      expect(monthlyLimitOf((await settings.read()).preferences, A)).toBe(5);
      await db.settings.put({ key: 'monthlyLimit', value: { a: 4 } });
      expect(monthlyLimitOf((await settings.read()).preferences, A)).toBe(4);
    });
  });

  it('that are damaged stay strict through other changes until they are reset; a reset keeps the valid ones', async () => {
    await settings.change(() => ({ askAbove: { credits: 7, usd: 7, requests: 7 } }));
    await db.settings.put({ key: 'monthlyLimit', value: 'nonsense' });
    await db.settings.put({ key: 'pageButton', value: ['on'] });
    await settings.change(({ monthlyLimit }) => ({
      pictures: true,
      monthlyLimit: { ...monthlyLimit, b: 9 },
    }));
    const { preferences, unreadable } = await settings.read();
    expect(monthlyLimitOf(preferences, A)).toBe(0);
    expect(preferences.pageButton).toBe(false);
    expect(unreadable).toEqual(['monthlyLimit', 'pageButton']);
    await settings.reset();
    expect(await settings.read()).toEqual({
      preferences: { ...defaultPreferences, pictures: true, askAbove: { credits: 7, usd: 7, requests: 7 } },
      unreadable: [],
    });
  });

  it('accept the preferences of an older version only once', async () => {
    await settings.change(() => ({ askAbove: { credits: 3, usd: 3, requests: 3 } }));
    await settings.moveIn(new Map([['askAbove', { credits: 9_999, usd: 9_999, requests: 9_999 }]]));
    expect((await settings.read()).preferences.askAbove).toEqual({ credits: 3, usd: 3, requests: 3 });
  });

  it('notify about changes', async () => {
    const seen: FoundPreferences[] = [];
    let heard = Promise.withResolvers<undefined>();
    const stop = settings.watch(
      (found) => {
        seen.push(found);
        heard.resolve(undefined);
      },
      (error) => {
        heard.reject(error);
      },
    );
    await heard.promise;
    heard = Promise.withResolvers();
    await settings.change(() => ({ pictures: true }));
    await heard.promise;
    stop();
    expect(seen.map(({ preferences }) => preferences.pictures)).toEqual([false, true]);
  });
});
