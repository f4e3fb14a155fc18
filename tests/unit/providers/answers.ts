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
  ...answers: readonly (CannedResponse | Error)[]
): { readonly connection: Connection; readonly asked: Recorded[] } {
  const asked: Recorded[] = [];
  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    const answer = answers[asked.length];
    asked.push({
      url: new URL(input instanceof Request ? input.url : input),
      headers: new Headers(init.headers),
      init,
    });
    if (answer === undefined) return Promise.reject(new Error('The test expected no further request.'));
    if (answer instanceof Error) return Promise.reject(answer);
    const { status = 200, headers = {}, body } = answer;
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
  return { connection, asked };
}

export function json(body: unknown, rest: Omit<CannedResponse, 'body'> = {}): CannedResponse {
  return { ...rest, body: JSON.stringify(body) };
}
