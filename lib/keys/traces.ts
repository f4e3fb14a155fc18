/**
 * Saves traces of keys, so that keys can be redacted that are no longer readable: see `redaction/trace.ts`. A trace is
 * saved before a key is sent or stored for the first time, and stays until everything is deleted.
 */
import { redact } from './redaction/redact.ts';
import { isTraced, tracesOf, type KeyTrace } from './redaction/trace.ts';
import type { Store } from '../store/index.ts';
import type { Keys } from '../store/keys.ts';
import { readSecret } from './storage.ts';

type TraceStore = Pick<Store, 'keys' | 'rawResponses'>;

/** Saves a key's traces, and redacts the key in responses that are already stored. */
export async function rememberKey(store: TraceStore, key: string): Promise<void> {
  if (await isTraced(key, await store.keys.traces())) return;
  await store.keys.addTraces(await tracesOf(key));
  await store.rawResponses.each(async (raw) => {
    const clean = await redact(raw.bytes, key, []);
    if (clean !== raw.bytes) await store.rawResponses.replaceBytes(raw, clean);
  });
}

/** Saves the traces of all readable keys, because earlier versions did not. */
export async function rememberKeys(store: TraceStore): Promise<void> {
  for (const row of await store.keys.rows()) {
    const key = await readSecret(store.keys, row);
    if (key !== null) await rememberKey(store, key);
  }
}

/**
 * Creates a function that reads the traces of all keys for a connection. It never rejects: if the database can't be read
 * while a response arrives, it returns the traces that were read last.
 */
export function readingTraces(keys: Pick<Keys, 'traces'>): () => Promise<readonly KeyTrace[]> {
  let last: readonly KeyTrace[] = [];
  return async () => {
    try {
      last = await keys.traces();
    } catch (error) {
      console.warn('Could not read the traces of keys.', error instanceof Error ? error.name : '');
    }
    return last;
  };
}
