/** What the server needs to know of a provider. One file a provider; a new one is a line in `all.ts`. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderName, Reply } from '../exchange.ts';
import type { Allowance, KeySettings, KeyState } from '../keys.ts';
import type { World } from '../populations.ts';

/** A request that carries a good key. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly key: KeyState;
  readonly world: World;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Why a request gets no data, to be said in the provider's own error shape. */
export interface Refusal {
  readonly status: number;
  /** The request carried no key at all. */
  readonly keyless?: boolean;
  /** Instead of the provider's usual sentence. */
  readonly message?: string;
  readonly required?: number;
  readonly available?: number;
  /** X API v1.1 and older answers of v2. */
  readonly code?: number;
  /** X API v2: the end of the problem's type. */
  readonly problem?: string;
}

export interface Provider {
  readonly id: ProviderName;
  readonly name: string;
  readonly unit: 'credits' | 'usd' | 'requests';
  readonly hosts: readonly string[];
  /** Where it is served on the plain HTTP port, e.g. `/x`. */
  readonly prefix: string;
  /** The start of every path it answers: providers may share a host and a prefix. */
  readonly root: string;
  readonly defaultKey: string;
  readonly settings: KeySettings;
  keyIn(headers: IncomingHttpHeaders): string | null;
  /** What rate limits are counted by. */
  bucket(path: string): string;
  answer(ask: Ask): Reply;
  refuse(refusal: Refusal, path: string, key: KeyState | null): Reply;
  /** Headers that tell the client how fast it may ask; `null` where no limit is set. */
  limitHeaders(allowance: Allowance | null, now: number): Readonly<Record<string, string>>;
}
