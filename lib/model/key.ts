/** A provider's key, as it is stored. */

/** A key behind a passphrase. No part of it is readable, its end included. */
export interface LockedSecret {
  readonly kind: 'locked';
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A provider's key as it is stored. */
export type Secret = { readonly kind: 'open'; readonly key: string } | LockedSecret;

/** The data for checking a passphrase and for deriving a key from it. */
export interface KeyLock {
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Of PBKDF2-SHA-256. */
  readonly rounds: number;
  readonly check: LockedSecret;
}
