/** Reads and saves API keys, which are stored in plain text or encrypted with a passphrase. */
import type { ProviderId } from '../model/ids.ts';
import type { KeyLock, Secret } from '../model/key.ts';
import type { KeyRow } from '../store/database.ts';
import type { Keys } from '../store/keys.ts';
import { bindingOf, makeLock, openLock, seal, unseal } from './lock.ts';
import { forgetUnlocked, keepUnlocked, unlockedKey } from './unlocked.ts';

/** The key in a row, ready to be sent; `null` while it is locked. */
export async function readSecret(keys: Pick<Keys, 'lock'>, row: KeyRow): Promise<string | null> {
  const { secret } = row;
  if (secret.kind === 'open') return secret.key;
  const lock = await keys.lock();
  const key = lock === null ? null : await unlockedKey(lock);
  return key === null ? null : unseal(key, secret, bindingOf(row));
}

/** The form in which a key is saved: plain text if there is no lock; `null` if there is one and it is locked. */
export async function secretFor(
  keys: Pick<Keys, 'lock'>,
  row: { readonly provider: ProviderId; readonly baseUrl: string },
  text: string,
): Promise<Secret | null> {
  const lock = await keys.lock();
  if (lock === null) return { kind: 'open', key: text };
  const key = await unlockedKey(lock);
  return key === null ? null : seal(key, text, bindingOf(row));
}

export type LockState = 'none' | 'locked' | 'unlocked';

export async function lockState(keys: Pick<Keys, 'lock'>): Promise<LockState> {
  const lock = await keys.lock();
  if (lock === null) return 'none';
  return (await unlockedKey(lock)) === null ? 'locked' : 'unlocked';
}

/** Decrypts the secrets of all rows with `before` and encrypts them with `after`. `null` means plain text. */
async function rekeyed(
  rows: readonly KeyRow[],
  before: CryptoKey | null,
  after: CryptoKey | null,
): Promise<Map<ProviderId, Secret>> {
  const secrets = new Map<ProviderId, Secret>();
  for (const row of rows) {
    const { secret } = row;
    const text =
      secret.kind === 'open' ? secret.key : before && (await unseal(before, secret, bindingOf(row)));
    // A row that was tampered with can't be decrypted. It stays unchanged.
    if (text === null) continue;
    secrets.set(
      row.provider,
      after === null ? { kind: 'open', key: text } : await seal(after, text, bindingOf(row)),
    );
  }
  return secrets;
}

/** Encrypts all keys, including future ones, with a passphrase. They stay unlocked until the browser closes. */
export async function setPassphrase(keys: Keys, passphrase: string): Promise<void> {
  const { lock, key } = await makeLock(passphrase);
  await keys.replaceSecrets(lock, await rekeyed(await keys.rows(), null, key));
  await keepUnlocked(key);
}

/** Unlocks the keys. @returns false if the passphrase is wrong */
export async function unlock(keys: Keys, passphrase: string): Promise<boolean> {
  const key = await keyOf(keys, passphrase);
  if (key !== null) await keepUnlocked(key);
  return key !== null;
}

/** Locks the keys at once. Active runs are blocked before their next request. */
export function lockNow(): Promise<void> {
  return forgetUnlocked();
}

/** Replaces the passphrase and the salt. @returns false if the old passphrase is wrong */
export async function changePassphrase(keys: Keys, old: string, passphrase: string): Promise<boolean> {
  const before = await keyOf(keys, old);
  if (before === null) return false;
  const { lock, key } = await makeLock(passphrase);
  await keys.replaceSecrets(lock, await rekeyed(await keys.rows(), before, key));
  await keepUnlocked(key);
  return true;
}

/** Removes the lock and saves the keys in plain text. @returns false if the passphrase is wrong */
export async function removePassphrase(keys: Keys, passphrase: string): Promise<boolean> {
  const before = await keyOf(keys, passphrase);
  if (before === null) return false;
  await keys.replaceSecrets(null, await rekeyed(await keys.rows(), before, null));
  await forgetUnlocked();
  return true;
}

/** Removes the lock and the encrypted keys, for users who forgot the passphrase. */
export async function removeLocked(keys: Keys): Promise<void> {
  await keys.removeLocked();
  await forgetUnlocked();
}

async function keyOf(keys: Keys, passphrase: string): Promise<CryptoKey | null> {
  const lock: KeyLock | null = await keys.lock();
  return lock === null ? null : openLock(passphrase, lock);
}
