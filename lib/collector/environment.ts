/** What the collector needs from its environment: the browser, the clock, randomness, the store. */
import type { StorageError } from '../model/error.ts';
import type { ProviderId } from '../model/ids.ts';
import type { Unit } from '../model/money.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import type { Connection } from '../providers/http.ts';
import type { Preferences } from '../settings/preferences.ts';
import type { KeyRow } from '../store/database.ts';
import type { Store } from '../store/index.ts';
import type { Allowance } from '../store/money.ts';
import type { UnsavedResponses } from './unsaved-responses.ts';

/** A key in use, with the only base URL that it may be sent to. */
export interface OpenKey {
  readonly key: string;
  readonly baseUrl: string;
}

/** A provider's monthly limit, and what it leaves. */
export interface Monthly {
  readonly allowance: Allowance;
  readonly left: number;
}

/** What the browser, the clock, and the store provide. */
interface Platform {
  readonly store: Store;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly online: () => boolean;
  readonly connect: (
    adapter: Adapter,
    key: OpenKey,
    signal: AbortSignal,
    /** Called with the bytes of each complete response, before they are parsed. */
    received?: (bytes: Uint8Array<ArrayBuffer>) => void,
  ) => Connection;
  /** The key in a row; `null` while it is locked. */
  readonly readSecret: (row: KeyRow) => Promise<string | null>;
  /** Whether the browser permits requests to this base URL. */
  readonly mayReach: (baseUrl: string) => Promise<boolean>;
}

/** What a step needs. */
export interface Environment extends Platform {
  /** The provider's monthly limit; `null` if there is none. */
  readonly monthly: (provider: ProviderId) => Promise<Monthly | null>;
  /** What may be spent without approval, in a unit. */
  readonly spendableUnapproved: (unit: Unit) => Promise<number>;
  /** Whether the storage has room for one more response. */
  readonly hasRoom: () => Promise<boolean>;
  readonly unsaved: UnsavedResponses;
}

export interface CollectorOptions extends Platform {
  readonly adapters: readonly Adapter[];
  readonly preferences: () => Promise<Preferences>;
  /** Runs the task if the lock is free; resolves to whether it ran. */
  readonly withLock: (name: string, task: () => Promise<void>) => Promise<boolean>;
  /** Makes sure that the background starts at this time even if it is terminated; `null` if nothing is left to do. */
  readonly setAlarm: (at: number | null) => Promise<void>;
  /** Keeps the background alive until the returned function is called. */
  readonly keepAlive: () => () => void;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Called with every changed snapshot. */
  readonly changed: (snapshot: Snapshot) => void;
  /** How many bytes the storage can still take; `null` if the browser does not say. */
  readonly freeSpace: () => Promise<number | null>;
  /** Called when the storage as a whole stops working, and with `null` when it works. */
  readonly reportStorage: (storageError: StorageError | null) => void;
}
