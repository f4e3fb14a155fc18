/** Providers' keys, the lock that encrypts them, and the traces by which they are redacted. */
import type { Table } from 'dexie';
import type { ProviderId } from '../model/ids.ts';
import type { KeyLock, LockedSecret, Secret } from '../model/key.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import { clean, type Clean } from './clean.ts';
import { Damage } from './damage.ts';
import { LOCK, type Database, type KeyRow, type LockRow } from './database.ts';
import { readable } from './readable.ts';

/** What may be shown of a stored key. */
export interface KeyInfo {
  readonly provider: ProviderId;
  /** Dots and the last four characters; only dots if the key is locked. */
  readonly masked: string;
  /** Whether it is encrypted with the user's passphrase. */
  readonly locked: boolean;
  readonly baseUrl: string;
  readonly savedAt: number;
  readonly checkedAt: number | null;
  readonly balance: number | null;
}

/** A key to be saved. */
export interface NewKey extends Omit<KeyRow, 'secret'> {
  /** The key in plain text, or locked. */
  readonly key: string | LockedSecret;
}

/** The end of a key, if what stays hidden is much longer than what is shown. */
function mask(key: string): string {
  return `••••${key.length >= 16 ? key.slice(-4) : ''}`;
}

export class Keys {
  /** How many keys were left out because they cannot be read. */
  readonly damage = new Damage();
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The key with its base URL. Only for code that is about to send the key to that base URL. */
  async get(provider: ProviderId): Promise<KeyRow | undefined> {
    return this.#db.keys.get(provider);
  }

  /** All keys with their secrets. Only for code that locks and unlocks them. */
  async rows(): Promise<KeyRow[]> {
    const rows = await this.#db.keys.toArray();
    const found = readable(rows);
    this.damage.note(rows.length - found.length);
    return found.filter((row) => 'secret' in row);
  }

  /** What may be shown of all keys. */
  async infos(): Promise<KeyInfo[]> {
    const rows = await this.rows();
    return rows.map(({ secret, ...rest }) => ({
      ...rest,
      masked: mask(secret.kind === 'open' ? secret.key : ''),
      locked: secret.kind === 'locked',
    }));
  }

  async save({ key, ...rest }: NewKey): Promise<void> {
    const secret: Secret = typeof key === 'string' ? { kind: 'open', key } : key;
    await this.#db.keys.put(clean.key({ ...rest, secret }));
  }

  async remove(provider: ProviderId): Promise<void> {
    await this.#db.keys.delete(provider);
  }

  async setBalance(provider: ProviderId, balance: number | null, checkedAt: number): Promise<void> {
    const { keys } = this.#db;
    await this.#db.transaction('rw', keys, () => this.#change(provider, { balance, checkedAt }));
  }

  /** Within a transaction of the keys. */
  async #change(provider: ProviderId, change: Partial<KeyRow>): Promise<void> {
    const row = await this.#db.keys.get(provider);
    if (row !== undefined) await this.#db.keys.put(clean.key({ ...row, ...change }));
  }

  get #locks(): Table<LockRow, string, Clean<LockRow>> {
    return this.#db.table('keys');
  }

  /** The lock of all keys; `null` if there is no passphrase. */
  async lock(): Promise<KeyLock | null> {
    return (await this.#locks.get(LOCK))?.lock ?? null;
  }

  /** Sets or removes the lock, and replaces the secrets that this changes, in one transaction. */
  async replaceSecrets(lock: KeyLock | null, secrets: ReadonlyMap<ProviderId, Secret>): Promise<void> {
    const { keys } = this.#db;
    await this.#db.transaction('rw', keys, async () => {
      for (const [provider, secret] of secrets) await this.#change(provider, { secret });
      if (lock === null) await this.#locks.delete(LOCK);
      else await this.#locks.put(clean.lock({ provider: LOCK, lock }));
    });
  }

  /** Removes the lock, and the keys that only its passphrase opens. */
  async removeLocked(): Promise<void> {
    await this.#db.transaction('rw', this.#db.keys, async () => {
      for (const { provider, secret } of await this.rows()) {
        if (secret.kind === 'locked') await this.#db.keys.delete(provider);
      }
      await this.#locks.delete(LOCK);
    });
  }

  /** Traces of all keys that were ever used here, including keys that were removed. */
  async traces(): Promise<KeyTrace[]> {
    return this.#db.traces.toArray();
  }

  async addTraces(traces: readonly KeyTrace[]): Promise<void> {
    await this.#db.traces.bulkPut(traces);
  }
}
