/** What the server needs to know about a provider. One file per provider; a new one is a line in `all.ts`. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderName, Reply } from '../exchange.ts';
import type { Allowance, KeySettings, KeyState } from '../keys.ts';
import type { Populations } from '../populations.ts';

/** A request with a valid key. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly key: KeyState;
  readonly populations: Populations;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Why a request gets no data, to be reported in the provider's own error format. */
export interface Refusal {
  readonly status: number;
  /** The request contained no key at all. */
  readonly keyless?: boolean;
  /** Instead of the provider's usual message. */
  readonly message?: string;
  readonly required?: number;
  readonly available?: number;
  /** X API v1.1 and older responses of v2. */
  readonly code?: number;
  /** X API v2: the end of the problem's type. */
  readonly problem?: string;
}

export interface Provider {
  readonly id: ProviderName;
  readonly name: string;
  readonly unit: 'credits' | 'usd' | 'requests';
  readonly hosts: readonly string[];
  /** Its prefix on the plain HTTP port, e.g. `/x`. */
  readonly prefix: string;
  /** The beginning of every path it answers, because providers may share a host and a prefix. */
  readonly root: string;
  readonly defaultKey: string;
  readonly settings: KeySettings;
  keyIn(headers: IncomingHttpHeaders): string | null;
  /** The bucket for rate limits. */
  bucket(path: string): string;
  respond(request: Ask): Reply;
  refuse(refusal: Refusal, path: string, key: KeyState | null): Reply;
  /** Headers that state the rate limit; `null` if there is no limit. */
  limitHeaders(allowance: Allowance | null, now: number): Readonly<Record<string, string>>;
}
