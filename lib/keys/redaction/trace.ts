/**
 * A trace is stored for every key that was in use, so that the key is recognized in a response even when it is no longer
 * readable because it was locked, replaced, or removed. The key can't be derived from its trace.
 *
 * A trace contains the key's length, 28 bits of an order-independent sum of sixteen of its characters, and a salted
 * digest of the whole key. Keys shorter than {@link MIN_TRACED_LENGTH} have no trace, because they could be guessed. Keys
 * with quotes or spaces have none either.
 */
import { plainForm } from './decodings.ts';
import { isKeyByte, windowOf, type Sought } from './windows.ts';

/** The stored form of a trace. */
export interface KeyTrace extends Sought {
  /** The digest in hex. */
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** PBKDF2-SHA-256 of the whole key. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

const MIN_TRACED_LENGTH = 20;
const SALT_BYTES = 16;
const DIGEST_BITS = 256;
/** Takes about a millisecond. Candidates are checked while a response is awaited. */
const ROUNDS = 10_000;

const utf8 = new TextEncoder();

async function digestOf(
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, DIGEST_BITS));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** The forms of a key to search for: the key itself and, if it contains escapes, the key with escapes decoded. */
export function formsOf(key: string): Uint8Array<ArrayBuffer>[] {
  const bytes = utf8.encode(key);
  const plain = plainForm(bytes);
  return equal(bytes, plain) ? [bytes] : [bytes, plain];
}

function traceable(key: string): Uint8Array<ArrayBuffer>[] {
  return formsOf(key).filter((form) => form.length >= MIN_TRACED_LENGTH && form.every(isKeyByte));
}

/** Creates the traces of a key, one for each of its forms; none if it is too short. */
export async function tracesOf(key: string): Promise<KeyTrace[]> {
  const forms = traceable(key);
  return Promise.all(
    forms.map(async (form) => {
      const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
      const digest = await digestOf(form, salt);
      const id = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return { ...windowOf(form), id, salt, digest };
    }),
  );
}

/** Whether a trace belongs to these bytes. */
export async function isTraceOf(trace: KeyTrace, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return equal(await digestOf(bytes, trace.salt), trace.digest);
}

/** Whether all traces of a key are among the given ones. */
export async function isTraced(key: string, traces: readonly KeyTrace[]): Promise<boolean> {
  const forms = traceable(key);
  const found = await Promise.all(
    forms.map(async (form) => {
      const { sum, length } = windowOf(form);
      const similar = traces.filter((trace) => trace.sum === sum && trace.length === length);
      return (await Promise.all(similar.map((trace) => isTraceOf(trace, form)))).includes(true);
    }),
  );
  return !found.includes(false);
}
