/** The key of an open lock, in memory until the browser closes. */
import type { KeyLock } from '../model/key.ts';
import { sessionValue } from '../settings/session-value.ts';
import { z } from '../zod.ts';
import { fits } from './lock.ts';

const BYTES = 32;
const stored = sessionValue(
  'unlocked',
  z.array(z.int().check(z.minimum(0), z.maximum(255))).check(z.length(BYTES)),
);

export async function keepUnlocked(key: CryptoKey): Promise<void> {
  const bytes = new Uint8Array(await crypto.subtle.exportKey('raw', key));
  await stored.write(Array.from(bytes));
}

export function forgetUnlocked(): Promise<void> {
  return stored.remove();
}

/** The key, if the lock is open; `null` if it is locked or was replaced. */
export async function unlockedKey(lock: KeyLock): Promise<CryptoKey | null> {
  const bytes = await stored.read();
  if (bytes === undefined) return null;
  const key = await crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', true, [
    'encrypt',
    'decrypt',
  ]);
  return (await fits(key, lock)) ? key : null;
}

/** Calls back whenever the keys are locked or unlocked. @returns a function that stops this */
export function watchUnlocked(changed: () => void): () => void {
  return stored.watch(changed);
}
