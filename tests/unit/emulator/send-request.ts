/** Sends requests to the emulator as a client does: through its plain HTTP port, with the default key. */
import { readFileSync } from 'node:fs';
import type { Emulator } from '../../emulator/emulator.ts';
import type { ProviderName } from '../../emulator/exchange.ts';

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

function keyHeader(provider: ProviderName, key: string): Record<string, string> {
  return provider.startsWith('x-') || provider === 'socialdata'
    ? { authorization: `Bearer ${key}` }
    : { 'x-api-key': key };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Some responses are not JSON on purpose; tests check their text.
    return undefined;
  }
}

export async function request(
  emulator: Emulator,
  provider: ProviderName,
  path: string,
  options: { readonly key?: string; readonly signal?: AbortSignal } = {},
): Promise<ReceivedResponse> {
  const response = await fetch(emulator.baseUrl(provider) + path, {
    headers: keyHeader(provider, options.key ?? emulator.defaultKey(provider)),
    redirect: 'manual',
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** The value at a path of keys; `undefined` if there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Reflect.get(here, String(step));
  }
  return here;
}

/** The items of a list, whether it is an array or an object keyed by index. */
export function items(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** A vendor's documented example response. */
export function example(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../vendor/${name}.json`, import.meta.url), 'utf8'));
}

/** Every place of a value with the type found there, e.g. `data.page.hasMore: boolean`. List positions count as one. */
export function shape(value: unknown, path = ''): Set<string> {
  const places = new Set<string>();
  if (typeof value !== 'object' || value === null)
    return places.add(`${path}: ${value === null ? 'null' : typeof value}`);
  for (const [key, inner] of Object.entries(value)) {
    const step = /^\d+$/.test(key) ? '*' : key;
    for (const place of shape(inner, path === '' ? step : `${path}.${step}`)) places.add(place);
  }
  return places;
}
