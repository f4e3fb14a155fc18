/**
 * Encrypts API keys with a passphrase: AES-GCM with a key that PBKDF2-SHA-256 derives from it.
 *
 * All API keys of a browser share one passphrase, salt, and derived key. Each secret has its own IV and is bound to the
 * provider and base URL that it was saved for: moved to another row, it can't be decrypted.
 */
import type { ProviderId } from '../model/ids.ts';
import type { KeyLock, LockedSecret } from '../model/key.ts';

/** OWASP's recommendation for PBKDF2-SHA-256. It takes about 70 ms. */
export const ROUNDS = 600_000;

/** Shorter passphrases can be guessed by an attacker with access to the disk. Counted as the user sees characters. */
export const LEAST_CHARACTERS = 8;

const SALT_BYTES = 16;
const IV_BYTES = 12;

const utf8 = new TextEncoder();

/** The associated data that a secret is bound to. */
export function bindingOf({ provider, baseUrl }: { provider: ProviderId; baseUrl: string }): string {
  return `followledger key 1\n${provider}\n${baseUrl}`;
}

/** Encrypted in the lock itself, so that a passphrase can be verified even if no key is saved. */
const CHECK = { text: 'followledger', binding: 'followledger lock 1' } as const;

/**
 * Derives the key of a lock from a passphrase, whose Unicode form doesn't matter. The key can be exported, to be saved
 * for the session.
 */
export async function deriveKey(
  passphrase: string,
  { salt, rounds }: Pick<KeyLock, 'salt' | 'rounds'>,
): Promise<CryptoKey> {
  const bytes = utf8.encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    true,
    ['encrypt', 'decrypt'],
  );
}

/** Encrypts a text with a new random IV. */
export async function seal(key: CryptoKey, text: string, binding: string): Promise<LockedSecret> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8.encode(binding) };
  const data = await crypto.subtle.encrypt(parameters, key, utf8.encode(text));
  return { kind: 'locked', iv, data: new Uint8Array(data) };
}

/** Decrypts a secret; `null` if the key, the binding, or the bytes are not those of its encryption. */
export async function unseal(
  key: CryptoKey,
  { iv, data }: LockedSecret,
  binding: string,
): Promise<string | null> {
  try {
    const parameters = { name: 'AES-GCM', iv, additionalData: utf8.encode(binding) };
    return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, data));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

/** Creates a lock and its key. */
export async function makeLock(
  passphrase: string,
  rounds = ROUNDS,
): Promise<{ readonly lock: KeyLock; readonly key: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = await deriveKey(passphrase, { salt, rounds });
  return { lock: { salt, rounds, check: await seal(key, CHECK.text, CHECK.binding) }, key };
}

/** Whether a key belongs to a lock. */
export async function fits(key: CryptoKey, { check }: KeyLock): Promise<boolean> {
  return (await unseal(key, check, CHECK.binding)) === CHECK.text;
}

/** The key of a lock; `null` if the passphrase is wrong. */
export async function openLock(passphrase: string, lock: KeyLock): Promise<CryptoKey | null> {
  const key = await deriveKey(passphrase, lock);
  return (await fits(key, lock)) ? key : null;
}
