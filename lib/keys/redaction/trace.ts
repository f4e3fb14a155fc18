/**
 * What is kept of a key once it was in use, so that it is recognized when a provider repeats it later: locked, replaced
 * or removed, when it cannot be read any more. A key cannot be made from its trace.
 *
 * A trace holds the key's length, 28 bits of a sum of sixteen of its characters in no order, and a salted digest of all
 * of it. Of keys under {@link LEAST_TRACED} characters there is none: they could
 * be guessed; nor of those with quotes or spaces in them.
 */
import { plainForm } from './decodings.ts';
import { isKeyByte, windowOf, type Sought } from './windows.ts';

/** As it is stored. */
export interface KeyTrace extends Sought {
  /** Of the trace itself: the digest in hex. */
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** PBKDF2-SHA-256 of the whole key. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

const LEAST_TRACED = 20;
const SALT_BYTES = 16;
const DIGEST_BITS = 256;
/** A millisecond: what is taken for a key is checked while an answer is waited for. */
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

/** The forms of a key that a text is searched for: the key, and where it has escapes of its own, what these stand for. */
export function formsOf(key: string): Uint8Array<ArrayBuffer>[] {
  const bytes = utf8.encode(key);
  const plain = plainForm(bytes);
  return equal(bytes, plain) ? [bytes] : [bytes, plain];
}

function traceable(key: string): Uint8Array<ArrayBuffer>[] {
  return formsOf(key).filter((form) => form.length >= LEAST_TRACED && form.every(isKeyByte));
}

/** Makes the traces of a key, one for each of its forms; none of a key that is too short. */
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

/** Whether a trace is one of these bytes. */
export async function isTraceOf(trace: KeyTrace, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return equal(await digestOf(bytes, trace.salt), trace.digest);
}

/** Whether a key has all its traces among some. */
export async function isTraced(key: string, traces: readonly KeyTrace[]): Promise<boolean> {
  const forms = traceable(key);
  const found = await Promise.all(
    forms.map(async (form) => {
      const { sum, length } = windowOf(form);
      const alike = traces.filter((trace) => trace.sum === sum && trace.length === length);
      return (await Promise.all(alike.map((trace) => isTraceOf(trace, form)))).includes(true);
    }),
  );
  return !found.includes(false);
}
