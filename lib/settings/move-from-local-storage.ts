/**
 * Preferences of versions before the third database lay in `storage.local`, where content scripts can write. They are
 * moved into the database once, after its upgrade; what lies there later was put there by somebody else, and goes
 * unread.
 */
import { browser } from 'wxt/browser';
import type { Store } from '../store/index.ts';
import { PREFERENCE_KEYS, UNREADABLE, type PreferenceKey, type Preferences } from './preferences.ts';

/** Where they lay. */
const PREFERENCES = 'preferences';
const TABLE = 'table';

/** What lay there, by key. What is no object at all reads strictly, whatever is asked for. */
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

/** Moves them, where that was not done yet, and removes whatever lies in the old place. */
export async function moveOldPreferences({ settings }: Pick<Store, 'settings'>): Promise<void> {
  if (await settings.areElsewhere()) {
    const stored: Record<string, unknown> = await browser.storage.local.get([PREFERENCES, TABLE]);
    await settings.moveIn(valuesOf(stored[PREFERENCES], stored[TABLE]));
  }
  await browser.storage.local.remove([PREFERENCES, TABLE]);
}

const moved = new WeakMap<object, Promise<void>>();

/**
 * The preferences, once those of an older version were moved. For everyone outside of a transaction; within one,
 * `store.settings.read()`.
 */
export async function readPreferences(store: Pick<Store, 'settings'>): Promise<Preferences> {
  const moving = moved.get(store.settings) ?? moveOldPreferences(store);
  moved.set(store.settings, moving);
  try {
    await moving;
  } catch (error) {
    // The next who asks tries again.
    moved.delete(store.settings);
    throw error;
  }
  return (await store.settings.read()).preferences;
}
