/** Connections with canned responses instead of the network, for the adapters' tests. */
import { readFileSync } from 'node:fs';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import { connect, type Connection } from '../../../lib/providers/http.ts';

export const KEY = 'sk_live_secret_of_the_test';

/** The text of a vendor's documented example response. */
export function vendorText(name: string): string {
  return readFileSync(new URL(`../../vendor/${name}.json`, import.meta.url), 'utf8');
}

export interface CannedResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Recorded {
  readonly url: URL;
  readonly headers: Headers;
  readonly init: RequestInit;
}

/** A connection whose responses come from `answer`, one call after the other; `asked` records the requests. */
export function cannedConnection(
  adapter: Adapter,
  ...responses: readonly (CannedResponse | Error)[]
): { readonly connection: Connection; readonly requested: Recorded[] } {
  const requested: Recorded[] = [];
  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    const response = responses[requested.length];
    requested.push({
      url: new URL(input instanceof Request ? input.url : input),
      headers: new Headers(init.headers),
      init,
    });
    if (response === undefined) return Promise.reject(new Error('The test expected no further request.'));
    if (response instanceof Error) return Promise.reject(response);
    const { status = 200, headers = {}, body } = response;
    return Promise.resolve(new Response(body, { status, headers }));
  };
  const connection = connect({
    adapter,
    key: KEY,
    baseUrl: adapter.origin,
    signal: new AbortController().signal,
    fetch,
    now: () => Date.UTC(2026, 10, 21),
  });
  return { connection, requested };
}

export function json(body: unknown, rest: Omit<CannedResponse, 'body'> = {}): CannedResponse {
  return { ...rest, body: JSON.stringify(body) };
}
