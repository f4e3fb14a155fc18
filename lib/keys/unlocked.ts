/**
 * The key of the lock while it is open: in `storage.session`, which lies in memory, is gone with the browser, and is
 * closed to content scripts in both browsers.
 */
import { browser } from 'wxt/browser';
import type { KeyLock } from '../model/key.ts';
import { z } from '../zod.ts';
import { fits } from './lock.ts';

const KEY = 'unlocked';

const BYTES = 32;
const storedSchema = z.array(z.int().check(z.minimum(0), z.maximum(255))).check(z.length(BYTES));

export async function keepUnlocked(key: CryptoKey): Promise<void> {
  const bytes = new Uint8Array(await crypto.subtle.exportKey('raw', key));
  await browser.storage.session.set({ [KEY]: Array.from(bytes) });
}

export async function forgetUnlocked(): Promise<void> {
  await browser.storage.session.remove(KEY);
}

/** The key, if the lock is open; `null` when it is locked, or was changed since. */
export async function unlockedKey(lock: KeyLock): Promise<CryptoKey | null> {
  const stored: Record<string, unknown> = await browser.storage.session.get(KEY);
  const bytes = storedSchema.safeParse(stored[KEY]);
  if (!bytes.success) return null;
  const key = await crypto.subtle.importKey('raw', new Uint8Array(bytes.data), 'AES-GCM', true, [
    'encrypt',
    'decrypt',
  ]);
  return (await fits(key, lock)) ? key : null;
}

/** Calls back whenever it is locked or unlocked. @returns a function that ends it */
export function watchUnlocked(changed: () => void): () => void {
  const listener = (changes: Record<string, unknown>, area: string): void => {
    if (area === 'session' && KEY in changes) changed();
  };
  browser.storage.onChanged.addListener(listener);
  return () => {
    browser.storage.onChanged.removeListener(listener);
  };
}
