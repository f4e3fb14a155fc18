/**
 * A value in `storage.session`: in memory until the browser closes, shared by the extension's contexts, and not accessible
 * to content scripts.
 */
import { browser } from 'wxt/browser';
import type { z } from '../zod.ts';

export interface SessionValue<T> {
  /** `undefined` if nothing valid is stored. */
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
  /** Calls back with every change. @returns a function that stops this */
  watch(changed: (value: T | undefined) => void): () => void;
}

/** The value under a key, which is validated whenever it is read. */
export function sessionValue<Schema extends z.ZodMiniType>(
  key: string,
  schema: Schema,
): SessionValue<z.output<Schema>> {
  const valid = (stored: unknown): z.output<Schema> | undefined => schema.safeParse(stored).data;
  return {
    async read() {
      const stored: Record<string, unknown> = await browser.storage.session.get(key);
      return valid(stored[key]);
    },
    write: (value) => browser.storage.session.set({ [key]: value }),
    remove: () => browser.storage.session.remove(key),
    watch(changed) {
      const listener = (changes: Record<string, { newValue?: unknown }>, area: string): void => {
        const change = changes[key];
        if (area === 'session' && change !== undefined) changed(valid(change.newValue));
      };
      browser.storage.onChanged.addListener(listener);
      return () => {
        browser.storage.onChanged.removeListener(listener);
      };
    },
  };
}
