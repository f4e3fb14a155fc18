/**
 * The preferences, one row each. Only extension pages and the background can write them: content scripts cannot reach the
 * extension's database in any browser.
 */
import { liveQuery } from 'dexie';
import {
  PREFERENCE_KEYS,
  readPreferencesOf,
  readStored,
  type FoundPreferences,
  type PreferenceKey,
  type Preferences,
} from '../settings/preferences.ts';
import { FROM_STORAGE_LOCAL, type Database } from './database.ts';

export class SettingsTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * All preferences. Within a transaction that includes the table `settings`, it reads in that transaction. Never throws
   * because of a stored value: one that cannot be read counts as its strictest value. Until the preferences of an older
   * version are moved here (`lib/settings/move-from-local-storage.ts`), all of them are strict.
   */
  async read(): Promise<FoundPreferences> {
    const rows = new Map((await this.#db.settings.toArray()).map(({ key, value }) => [key, value]));
    if (rows.has(FROM_STORAGE_LOCAL)) return readPreferencesOf(null);
    return readStored((key) => rows.get(key));
  }

  /** Changes some preferences and leaves the others; reads and writes in one transaction. */
  async change(change: (now: Preferences) => Partial<Preferences>): Promise<void> {
    await this.#db.transaction('rw', this.#db.settings, async () => {
      const patch = change((await this.read()).preferences);
      await this.#put(patch);
    });
  }

  /** Resets preferences that cannot be read to their defaults. */
  async reset(): Promise<void> {
    await this.#db.transaction('rw', this.#db.settings, async () => {
      const { unreadable } = await this.read();
      await this.#db.settings.bulkDelete([...unreadable]);
    });
  }

  /**
   * Calls back with the preferences as they are, and after every change in any context.
   * @returns a function that ends it
   */
  watch(found: (now: FoundPreferences) => void, failed: (error: unknown) => void): () => void {
    const subscription = liveQuery(() => this.read()).subscribe({ next: found, error: failed });
    return () => {
      subscription.unsubscribe();
    };
  }

  /** Whether the preferences of an older version are still in `storage.local`. */
  async areElsewhere(): Promise<boolean> {
    return (await this.#db.settings.get(FROM_STORAGE_LOCAL)) !== undefined;
  }

  /** Moves the preferences of an older version here, once, as they were stored. They are validated when they are read. */
  async moveIn(older: ReadonlyMap<PreferenceKey, unknown>): Promise<void> {
    await this.#db.transaction('rw', this.#db.settings, async () => {
      if (!(await this.areElsewhere())) return;
      await this.#db.settings.delete(FROM_STORAGE_LOCAL);
      await this.#db.settings.bulkPut(Array.from(older, ([key, value]) => ({ key, value })));
    });
  }

  async #put(patch: Partial<Preferences>): Promise<void> {
    const changed: readonly PreferenceKey[] = PREFERENCE_KEYS.filter((key) => patch[key] !== undefined);
    await this.#db.settings.bulkPut(changed.map((key) => ({ key, value: patch[key] })));
  }
}
