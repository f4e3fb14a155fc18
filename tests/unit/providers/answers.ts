/** Connections that answer from a table instead of the network, for the adapters' tests. */
import { readFileSync } from 'node:fs';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import { connect, type Connection } from '../../../lib/providers/http.ts';

export const KEY = 'sk_live_secret_of_the_test';

/** A vendor document's example answer, as text. */
export function vendorText(name: string): string {
  return readFileSync(new URL(`../../vendor/${name}.json`, import.meta.url), 'utf8');
}

export interface Canned {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Recorded {
  readonly url: URL;
  readonly headers: Headers;
  readonly init: RequestInit;
}

/** A connection whose answers come from `answer`, one call after the other; `asked` records them. */
export function canned(
  adapter: Adapter,
  ...answers: readonly (Canned | Error)[]
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

export function json(body: unknown, rest: Omit<Canned, 'body'> = {}): Canned {
  return { ...rest, body: JSON.stringify(body) };
}
