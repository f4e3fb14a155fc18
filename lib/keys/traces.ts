/**
 * What is remembered of keys that can no longer be read: see {@link ./redaction/trace.ts}. A key is remembered before it is
 * sent or stored for the first time, and stays so until everything is deleted.
 */
import { redact } from './redaction/redact.ts';
import { isTraced, tracesOf, type KeyTrace } from './redaction/trace.ts';
import type { Store } from '../store/index.ts';
import type { Keys } from '../store/keys.ts';
import { readSecret } from './storage.ts';

type TraceStore = Pick<Store, 'keys' | 'rawResponses'>;

/** Remembers a key, and takes it out of the answers that were kept before it was remembered. */
export async function rememberKey(store: TraceStore, key: string): Promise<void> {
  if (await isTraced(key, await store.keys.traces())) return;
  await store.keys.addTraces(await tracesOf(key));
  await store.rawResponses.each(async (raw) => {
    const clean = await redact(raw.bytes, key, []);
    if (clean !== raw.bytes) await store.rawResponses.replaceBytes(raw, clean);
  });
}

/** Remembers all keys that can be read now: versions before this one did not. */
export async function rememberKeys(store: TraceStore): Promise<void> {
  for (const row of await store.keys.rows()) {
    const key = await readSecret(store.keys, row);
    if (key !== null) await rememberKey(store, key);
  }
}

/**
 * Makes what gives the traces of all keys to a connection. Never rejects: where the database cannot be read while an
 * answer is in hand, those that were read last count.
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
