/**
 * What the background knows of a storage that does not work, kept for the browser session in memory: that is there
 * when the database is not.
 */
import { browser } from 'wxt/browser';
import { storageTroubles, type StorageTrouble } from '../model/error.ts';
import { z } from '../zod.ts';

const KEY = 'storage-trouble';
const troubleSchema = z.enum(storageTroubles);

function read(stored: unknown): StorageTrouble | null {
  const parsed = troubleSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

export async function noteStorageTrouble(trouble: StorageTrouble | null): Promise<void> {
  if (trouble === null) await browser.storage.session.remove(KEY);
  else await browser.storage.session.set({ [KEY]: trouble });
}

/** What the background suffers from; `null` where the storage works. */
export async function readStorageTrouble(): Promise<StorageTrouble | null> {
  const stored: Record<string, unknown> = await browser.storage.session.get(KEY);
  return read(stored[KEY]);
}

/** Calls back with every change. @returns a function that ends it. */
export function watchStorageTrouble(changed: (trouble: StorageTrouble | null) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string): void => {
    const change = changes[KEY];
    if (area === 'session' && change !== undefined) changed(read(change.newValue));
  };
  browser.storage.onChanged.addListener(listener);
  return () => {
    browser.storage.onChanged.removeListener(listener);
  };
}
