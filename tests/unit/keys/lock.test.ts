import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bindingOf,
  deriveKey,
  fits,
  makeLock,
  openLock,
  ROUNDS,
  seal,
  unseal,
} from '../../../lib/keys/lock.ts';
import { providerIdSchema } from '../../../lib/model/ids.ts';

const BINDING = bindingOf({ provider: providerIdSchema.parse('sociavault'), baseUrl: 'https://api.example' });
/** A thousand derivations at the real count would take a minute; one test below uses the real count. */
const FEW = 100;

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 200 })
  .filter((each) => each.isWellFormed());

/** Whether any piece of `text` of this many bytes is in `bytes`. */
function holdsAPieceOf(bytes: Uint8Array, whole: string, length: number): boolean {
  const haystack = Buffer.from(bytes).toString('latin1');
  const needle = Buffer.from(whole, 'utf8').toString('latin1');
  for (let at = 0; at + length <= needle.length; at++) {
    if (haystack.includes(needle.slice(at, at + length))) return true;
  }
  return false;
}

describe('a key protected by a passphrase', () => {
  test('is restored unchanged for 1,000 random keys and passphrases, and no other passphrase unlocks it', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, async (secret, passphrase, other) => {
        n += 1;
        const { lock, key } = await makeLock(passphrase, FEW);
        const sealed = await seal(key, secret, BINDING);
        expect(holdsAPieceOf(sealed.data, secret, 5)).toBe(false);
        const again = await openLock(passphrase, lock);
        expect(again === null ? null : await unseal(again, sealed, BINDING)).toBe(secret);
        if (other.normalize('NFKC') === passphrase.normalize('NFKC')) return;
        expect(await openLock(other, lock)).toBeNull();
        expect(await unseal(await deriveKey(other, lock), sealed, BINDING)).toBeNull();
      }),
      { numRuns: 1000 },
    );
    expect(n).toBe(1000);
  }, 120_000);

  test('is unlocked by the passphrase in any Unicode composition', async () => {
    const { lock } = await makeLock('Cafe\u0301 Zu\u0308rich', FEW);
    expect(await openLock('Caf\u00e9 Z\u00fcrich', lock)).not.toBeNull();
  });

  test('is not unlocked if one bit changed, or in another place', async () => {
    const { key } = await makeLock('correct horse', FEW);
    const sealed = await seal(key, 'sk_live_0123456789', BINDING);
    for (let bit = 0; bit < sealed.data.length * 8; bit++) {
      const data = new Uint8Array(sealed.data);
      data[bit >> 3] = (data[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await unseal(key, { ...sealed, data }, BINDING)).toBeNull();
    }
    const elsewhere = bindingOf({
      provider: providerIdSchema.parse('sociavault'),
      baseUrl: 'https://evil.example',
    });
    expect(await unseal(key, sealed, elsewhere)).toBeNull();
    expect(await unseal(key, sealed, BINDING)).toBe('sk_live_0123456789');
  });

  test('never reuses a salt or an IV', async () => {
    const locks = await Promise.all(Array.from({ length: 50 }, () => makeLock('same', FEW)));
    const sealed = await Promise.all(
      Array.from({ length: 200 }, () => seal(locks[0]?.key ?? expect.fail(), 'same', BINDING)),
    );
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    expect(new Set(locks.map(({ lock }) => hex(lock.salt))).size).toBe(50);
    expect(new Set(sealed.map(({ iv }) => hex(iv))).size).toBe(200);
  });

  test('is derived with at least the recommended number of rounds', async () => {
    expect(ROUNDS).toBeGreaterThanOrEqual(600_000);
    const { lock, key } = await makeLock('correct horse battery');
    expect(lock.rounds).toBe(ROUNDS);
    expect(await fits(key, lock)).toBe(true);
    expect(await openLock('correct horse battery', lock)).not.toBeNull();
    expect(await openLock('correct horse batterz', lock)).toBeNull();
  });
});
