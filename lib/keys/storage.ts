/** Keys as they are used and kept: open, or behind a passphrase. */
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

/** How a key is to be kept: as it is where there is no lock; `null` where there is one and it is not open. */
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

/** Seals, or opens, the secrets of all rows: `key` is what they are locked with so far. */
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
    // A row that somebody changed does not open under its own passphrase either: it stays as it is.
    if (text === null) continue;
    secrets.set(
      row.provider,
      after === null ? { kind: 'open', key: text } : await seal(after, text, bindingOf(row)),
    );
  }
  return secrets;
}

/** Puts all keys, and those to come, behind a passphrase. Unlocked until the browser closes. */
export async function setPassphrase(keys: Keys, passphrase: string): Promise<void> {
  const { lock, key } = await makeLock(passphrase);
  await keys.replaceSecrets(lock, await rekeyed(await keys.rows(), null, key));
  await keepUnlocked(key);
}

/** Unlocks. @returns false for a wrong passphrase */
export async function unlock(keys: Keys, passphrase: string): Promise<boolean> {
  const key = await keyOf(keys, passphrase);
  if (key !== null) await keepUnlocked(key);
  return key !== null;
}

/** Locks at once: runs that go on are blocked before their next request. */
export function lockNow(): Promise<void> {
  return forgetUnlocked();
}

/** Replaces the passphrase, salt and all. @returns false for a wrong old one */
export async function changePassphrase(keys: Keys, old: string, passphrase: string): Promise<boolean> {
  const before = await keyOf(keys, old);
  if (before === null) return false;
  const { lock, key } = await makeLock(passphrase);
  await keys.replaceSecrets(lock, await rekeyed(await keys.rows(), before, key));
  await keepUnlocked(key);
  return true;
}

/** Takes the lock away; keys are kept as they are. @returns false for a wrong passphrase */
export async function removePassphrase(keys: Keys, passphrase: string): Promise<boolean> {
  const before = await keyOf(keys, passphrase);
  if (before === null) return false;
  await keys.replaceSecrets(null, await rekeyed(await keys.rows(), before, null));
  await forgetUnlocked();
  return true;
}

/** Takes the lock away with the keys behind it: what is left to who forgot the passphrase. */
export async function removeLocked(keys: Keys): Promise<void> {
  await keys.removeLocked();
  await forgetUnlocked();
}

async function keyOf(keys: Keys, passphrase: string): Promise<CryptoKey | null> {
  const lock: KeyLock | null = await keys.lock();
  return lock === null ? null : openLock(passphrase, lock);
}
