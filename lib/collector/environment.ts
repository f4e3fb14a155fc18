/** What the collector needs from the world around it: the browser, the clock, chance, the store. */
import type { ProviderId } from '../model/ids.ts';
import type { Unit } from '../model/money.ts';
import type { Adapter } from '../providers/adapter.ts';
import type { Connection } from '../providers/http.ts';
import type { KeyRow } from '../store/database.ts';
import type { Store } from '../store/index.ts';
import type { Allowance } from '../store/money.ts';
import type { Keeping } from './unsaved-responses.ts';

/** A key in use: what may not change while requests with it are under way. */
export interface OpenKey {
  readonly key: string;
  readonly baseUrl: string;
}

/** What a step needs from the world. */
export interface World {
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
    /** Called with the bytes of each whole answer, before they are read. */
    received?: (bytes: Uint8Array<ArrayBuffer>) => void,
  ) => Connection;
  /** The key in a row; `null` while it is locked. */
  readonly readSecret: (row: KeyRow) => Promise<string | null>;
  /** Whether the browser lets the extension reach this base URL. */
  readonly mayReach: (baseUrl: string) => Promise<boolean>;
  /** The provider's monthly limit, and what it still allows; `null` where there is none. */
  readonly monthly: (provider: ProviderId) => Promise<Monthly | null>;
  /** What may be spent without asking, in a unit. */
  readonly unasked: (unit: Unit) => Promise<number>;
  /** Whether the storage has room for one more answer. */
  readonly hasRoom: () => Promise<boolean>;
  readonly keeping: Keeping;
}

export interface Monthly {
  readonly allowance: Allowance;
  readonly left: number;
}
