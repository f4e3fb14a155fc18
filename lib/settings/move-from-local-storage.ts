/**
 * Versions before the third database stored preferences in `storage.local`, where content scripts can write. They are
 * moved into the database once, after its upgrade. Anything found there later is not ours and is not read.
 */
import { browser } from 'wxt/browser';
import type { Store } from '../store/index.ts';
import { PREFERENCE_KEYS, UNREADABLE, type PreferenceKey, type Preferences } from './preferences.ts';

const PREFERENCES = 'preferences';
const TABLE = 'table';

/** The stored values by key. If the stored value is not an object, every preference takes its strict value. */
function valuesOf(older: unknown, table: unknown): Map<PreferenceKey, unknown> {
  const values = new Map<PreferenceKey, unknown>();
  if (older !== undefined) {
    const isObject = typeof older === 'object' && older !== null && !Array.isArray(older);
    const entries = new Map<string, unknown>(isObject ? Object.entries(older) : []);
    for (const key of PREFERENCE_KEYS) {
      if (!isObject) values.set(key, UNREADABLE);
      else if (entries.get(key) !== undefined) values.set(key, entries.get(key));
    }
  }
  if (table !== undefined) values.set('table', table);
  return values;
}

/** Moves the preferences if that was not done yet, and removes them from `storage.local`. */
export async function moveOldPreferences({ settings }: Pick<Store, 'settings'>): Promise<void> {
  if (await settings.areElsewhere()) {
    const stored: Record<string, unknown> = await browser.storage.local.get([PREFERENCES, TABLE]);
    await settings.moveIn(valuesOf(stored[PREFERENCES], stored[TABLE]));
  }
  await browser.storage.local.remove([PREFERENCES, TABLE]);
}

const moved = new WeakMap<object, Promise<void>>();

/** The preferences, after those of an older version were moved. Within a transaction, use `store.settings.read()`. */
export async function readPreferences(store: Pick<Store, 'settings'>): Promise<Preferences> {
  const moving = moved.get(store.settings) ?? moveOldPreferences(store);
  moved.set(store.settings, moving);
  try {
    await moving;
  } catch (error) {
    // The next call tries again.
    moved.delete(store.settings);
    throw error;
  }
  return (await store.settings.read()).preferences;
}
